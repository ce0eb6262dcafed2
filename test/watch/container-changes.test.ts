import { expect, it } from 'vitest'
import type { Diagnostic } from '../../src/model/errors.ts'
import { containerChanges, withChange } from '../../src/watch/rollout/container-changes.ts'
import { change, planStep } from '../specs.ts'

const db = 's/container/db'
const place = async (address: string, path?: string) =>
  path === '/labels' ? undefined : { file: 'shop.yaml', line: path === '/command' ? 16 : 12, column: address.length }
const textOf = async (...changes: readonly ReturnType<typeof change>[]) =>
  (await containerChanges([planStep(db, 'recreate', changes)], place)).get(db)

it('a changed container has its fields, as stack files call them, and the place of the first', async () => {
  expect(await textOf(change('/command'), change('/cpu_quota'))).toEqual({
    text: 'Changed: command, cpus.',
    place: { file: 'shop.yaml', line: 16, column: db.length },
  })
  expect((await textOf(change('/environment/LEVEL'), change('/command/0'), change('/command/1')))?.text).toBe(
    'Changed: environment.LEVEL, command.',
  )
  const many = ['/user', '/tty', '/init', '/expose', '/image_digest'].map((path) => change(path))
  expect((await textOf(...many))?.text).toBe('Changed: user, tty, init and 2 more.')
})

it('a changed config is named, and a removed field has the place of its container', async () => {
  const file = {
    kind: 'config',
    name: 'page',
    target: '/page',
    mode: '0444',
    uid: '',
    gid: '',
    content: 'text:x',
  } as const
  const changes = [change('/files/0/content'), change('/files/1')]
  const found = await containerChanges([planStep(db, 'update', changes, { spec: { files: [file] } })], place)
  expect(found.get(db)?.text).toBe('Changed: config page, configs, secrets.')
  expect((await textOf(change('/labels')))?.place?.line).toBe(12)
})

it('a new container is named; drift and a replacement because of a network are not changes of it', async () => {
  const created = { ...planStep(db, 'create'), reason: 'does not exist' }
  expect((await containerChanges([created], place)).get(db)).toMatchObject({ text: 'Added: db.', place: { line: 12 } })
  const replaced = [planStep(db, 'delete'), planStep(db, 'create')]
  expect((await containerChanges(replaced, place)).size).toBe(0)
  expect(await textOf(change('/host/process', { drift: 'it exited' }))).toBeUndefined()
})

it('a failure has the change of its container, without the lines of output', () => {
  const changes = new Map([
    [db, { text: 'Changed: command.', place: { file: 'shop.yaml', line: 16, column: 5 } }],
  ] as const)
  const error: Diagnostic = { code: 'container-exited', message: 'db has exited:\n  | no disk', address: db }
  expect(withChange(error, changes)).toEqual({
    ...error,
    message: 'db has exited. Changed: command.',
    place: { file: 'shop.yaml', line: 16, column: 5 },
  })
  expect(withChange({ ...error, address: 's/container/web' }, changes).message).toBe('db has exited:\n  | no disk')
})
