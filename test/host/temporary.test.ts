import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { removeAbandoned, temporaryName } from '../../src/host/files/temporary.ts'
import { LocalHost } from '../../src/host/local.ts'

const folder = mkdtempSync(join(tmpdir(), 'heropods-temporary-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Above the highest pid_max of Linux: no process has it. */
const abandoned = '.4194305-0123456789ab.tmp'

it('removes the half-written files of ended processes, as deep as is asked for', async () => {
  const living = temporaryName(process.pid)
  for (const place of ['', 'a', 'a/root', 'a/b']) {
    mkdirSync(join(folder, place), { recursive: true })
    for (const name of [abandoned, living, '.own.tmp', 'record.json']) writeFileSync(join(folder, place, name), '')
  }
  await removeAbandoned(new LocalHost(), folder, 1, 'root')
  const left = readdirSync(folder, { recursive: true }).map(String)
  expect(left.filter((path) => path.endsWith(abandoned)).sort()).toEqual([`a/b/${abandoned}`, `a/root/${abandoned}`])
  expect(left.filter((path) => path.endsWith('.tmp')).length).toBe(10)
})
