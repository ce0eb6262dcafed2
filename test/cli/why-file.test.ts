import { Ajv } from 'ajv'
import { expect, it } from 'vitest'
import outputSchema from '../../schemas/output/why.schema.json' with { type: 'json' }
import { type FileUse, usesOfFile, whyFiles } from '../../src/cli/commands/stacks/why-file.ts'
import { unappliedStack } from '../../src/cli/commands/stacks/why-watch.ts'
import type { InjectedFile } from '../../src/model/kinds/container.ts'
import { makeStyle } from '../../src/report/style.ts'
import { renderWhyFile } from '../../src/report/why/why-text.ts'
import { containerSpec, ownedContainer } from '../specs.ts'
import { failedStack, readyStack, suspendedStack } from '../watch/fixtures.ts'

const file = (name: string, kind: InjectedFile['kind'] = 'config'): InjectedFile => ({
  ...{ kind, name, target: `/${name}`, mode: '0444', uid: '', gid: '', content: 'text:x' },
})
const container = (...files: readonly InjectedFile[]) => ownedContainer(containerSpec({ files }))
const observations = new Map([
  ['shop/container/web', container(file('logo'), file('page'))],
  ['shop/container/db', container(file('page'), file('pw', 'secret'))],
  ['mail/container/smtp', container(file('page'))],
] as const)
const place = { origin: null, fields: [], changedFiles: ['shop.yaml'] }

it('a config is found in the containers of each stack, by its name or as STACK/NAME', () => {
  expect(usesOfFile('page', { observations }).map(({ container }) => container)).toEqual([
    'shop/container/web',
    'shop/container/db',
    'mail/container/smtp',
  ])
  expect(usesOfFile('shop/page', { observations })).toHaveLength(2)
  expect(usesOfFile('shop/pw', { observations })).toMatchObject([{ kind: 'secret', index: 1, target: '/pw' }])
  expect(usesOfFile('web', { observations })).toEqual([])
})

it('a config has one explanation for each stack: its place, and the containers that use it', () => {
  const uses = usesOfFile('page', { observations })
  const fields = [{ path: '/files/1/content', file: 'page.html', line: 1 }]
  const readFrom = { commit: '292d8de801f6b7a8' }
  const files = whyFiles(uses, new Map([['shop/container/web', { ...place, fields, readFrom }]] as const))
  expect(new Ajv({ allowUnionTypes: true }).validate(outputSchema, { objects: [], files })).toBe(true)
  expect(files.map(({ stack, origin }) => [stack, origin])).toEqual([
    ['shop', { file: 'page.html', line: 1 }],
    ['mail', null],
  ])
  const [page, mail] = files.map((one) => renderWhyFile(one, makeStyle(false)))
  expect(page?.split('\n')).toEqual([
    'shop/config/page  config of stack shop',
    '  Set in        page.html:1 at commit 292d8de',
    '                shop.yaml has changed since commit 292d8de',
    '  Used by       shop/container/web as /page',
    '                shop/container/db as /page',
    '  Changes       `heropods why shop/container/web` shows the last change',
  ])
  expect(mail).toContain('Set in        unknown: no file of the last run declares it')
})

it('a config whose content has no place of its own has that of its container', () => {
  const uses: readonly FileUse[] = usesOfFile('shop/pw', { observations })
  const origin = { file: 'shop.yaml', line: 4, through: 'include' } as const
  expect(whyFiles(uses, new Map([['shop/container/db', { ...place, origin }]] as const))[0]?.origin).toEqual({
    file: 'shop.yaml',
    line: 4,
  })
})

it('only a stack whose files are not applied is named at its objects', () => {
  expect(unappliedStack(readyStack('shop'))).toEqual([])
  expect(unappliedStack(failedStack('shop'))).toEqual([])
  expect(unappliedStack(failedStack('shop', { undone: 4 }))).toMatchObject([['shop', { status: 'Undone' }]])
  expect(unappliedStack(suspendedStack('shop'))).toMatchObject([['shop', { status: 'Suspended' }]])
})
