import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { LocalHost } from '../../src/host/local.ts'
import { recordSuspension, removeSuspension, suspensionsOnDisk } from '../../src/state/suspensions.ts'

const data = mkdtempSync(join(tmpdir(), 'suspensions-'))
const paths = { instance: 'default', id: '0a1b2c3d', data, run: data }
afterEach(() => rmSync(data, { recursive: true, force: true }))

it('a suspension has its user and its reason, also after an earlier version has written it', async () => {
  const host = new LocalHost()
  await recordSuspension(host, paths, 'shop', { by: 'ada', reason: 'disk work' })
  await recordSuspension(host, paths, 'mail')
  writeFileSync(join(data, 'records/suspended/odd'), '{"by": 3}')
  // Watch writes it again when it starts.
  await recordSuspension(host, paths, 'shop')
  expect(await suspensionsOnDisk(host, paths)).toEqual(
    new Map([
      ['mail', undefined],
      ['odd', undefined],
      ['shop', { by: 'ada', reason: 'disk work' }],
    ]),
  )
  await removeSuspension(host, paths, 'shop')
  expect([...(await suspensionsOnDisk(host, paths)).keys()]).toEqual(['mail', 'odd'])
})
