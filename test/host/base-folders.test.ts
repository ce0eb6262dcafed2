import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { instanceFolders, makeFolders } from '../../src/host/files/base-folders.ts'
import { LocalHost } from '../../src/host/local.ts'
import { HeroPodsError } from '../../src/model/errors.ts'

const folder = mkdtempSync('/tmp/hp-base-')
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)
const environment = (data: string, run: string) => ({ HEROPODS_DIR: data, HEROPODS_RUN_DIR: run })

async function refusal(read: () => unknown): Promise<string> {
  try {
    await read()
  } catch (error) {
    if (!(error instanceof HeroPodsError)) throw error
    expect(error.refused).toBe(true)
    return error.diagnostics.map(({ code, message, hint }) => `${code}: ${message} -> ${hint}`).join('\n')
  }
  throw new Error('it was taken')
}

describe('the folders of an instance', () => {
  writeFileSync(at('file'), '')
  symlinkSync('circle', at('circle'))
  mkdirSync(at('taken'))
  writeFileSync(at('taken/default'), '')

  it('may be missing, and are made', async () => {
    const paths = instanceFolders(environment(at('new/data'), at('new/run')))
    expect(existsSync(at('new'))).toBe(false)
    await makeFolders(new LocalHost(), paths)
    expect(readdirSync(at('new')).sort()).toEqual(['data', 'run'])
    await makeFolders(new LocalHost(), paths)
  })

  for (const [name, code] of [
    ['file', 'not-a-folder'],
    ['file/below', 'not-a-folder'],
    ['taken', 'not-a-folder'],
    ['circle/below', 'link-loop'],
  ] as const)
    it(`are refused before anything is made: ${name}`, async () => {
      const [data, run] = [environment(at(name), at('r')), environment(at('d'), at(name))]
      expect(await refusal(() => instanceFolders(data))).toMatch(`${code}: The data folder ${at(name)}/default cannot`)
      expect(await refusal(() => instanceFolders(run))).toMatch(/The run folder.* -> Set HEROPODS_RUN_DIR to another/)
    })

  it('are refused where the kernel lets nobody make one, and nothing is left', async () => {
    const paths = instanceFolders(environment(at('left/data'), '/proc/nobody'))
    expect(await refusal(() => makeFolders(new LocalHost(), paths))).toMatch(
      /The run folder \/proc\/nobody\/default cannot be used/,
    )
    expect(existsSync(at('left'))).toBe(false)
  })
})
