import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { declaredIn } from '../../src/cli/commands/stacks/why-declared.ts'
import { whyView } from '../../src/cli/commands/stacks/why-view.ts'
import { makeStyle } from '../../src/report/style.ts'
import { renderWhy } from '../../src/report/why/why-text.ts'
import { failedStack } from '../watch/fixtures.ts'

const base = mkdtempSync('/tmp/hp-declared-')
afterAll(() => rmSync(base, { recursive: true, force: true }))

it('an object that a file declares and no run has created has its line and the state of its stack', async () => {
  const file = join(base, 'mail.yaml')
  writeFileSync(
    file,
    'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: mail }\ncontainers:\n  smtp:\n    image: localhost:5000/x:1\n',
  )
  const stacks = [failedStack('mail', { files: [file] }), failedStack('gone', { files: [join(base, 'gone.yaml')] })]
  const found = await declaredIn(stacks, 'smtp')
  expect(found).toMatchObject([{ address: 'mail/container/smtp', origin: { file, line: 5 } }])
  expect(await declaredIn(stacks, 'mail/smtp')).toHaveLength(1)
  expect(await declaredIn(stacks, 'blog/smtp')).toEqual([])
  expect(await declaredIn(stacks, 'other')).toEqual([])
  const [one] = found
  const view = whyView(
    'mail/container/smtp',
    {
      snapshot: { observations: new Map() },
      desired: undefined,
      last: undefined,
      stackState: { status: 'Degraded', message: 'ImagePullFailed: no.' },
    },
    { origin: one?.origin ?? null, fields: [], changedFiles: [] },
  )
  const text = renderWhy(view, { last: [], unapplied: undefined }, new Date(), makeStyle(false))
  expect(text).toContain('mail/container/smtp  does not exist')
  expect(text).toContain('Stack         Degraded. ImagePullFailed: no.')
  expect(text).toContain(`Set in        ${file}:5`)
})
