import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandsBelow } from '../../src/cli/program/help.ts'
import { buildProgram } from '../../src/cli/program/program.ts'

/** The man pages of the build, rendered by mandoc and by man. */
const folder = join(import.meta.dirname, '../../dist/man')
const files = readdirSync(folder)
const commands = commandsBelow(buildProgram(() => async () => undefined))

it('there is a page of the program and of each command', () =>
  expect([...files].sort()).toEqual(
    ['heropods.1', ...commands.map(([words]) => `heropods-${words.replaceAll(' ', '-')}.1`)].sort(),
  ))

it.each(files)('mandoc has no warning for %s', (file) => {
  const { status, stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', join(folder, file)], {
    encoding: 'utf8',
  })
  expect([status, stdout]).toEqual([0, ''])
})

describe('man', () => {
  const rendered = (file: string): string =>
    execFileSync('mandoc', ['-T', 'utf8', join(folder, file)], { encoding: 'utf8' }).replaceAll(/.\x08/g, '')

  it('shows every option of a command', () => {
    const [, apply] = commands.find(([words]) => words === 'apply') ?? []
    const text = rendered('heropods-apply.1')
    for (const { long } of apply?.options ?? []) expect(text).toContain(long)
    expect(text).toContain('heropods apply --yes --wait shop.yaml')
  })

  it('shows variables, files and exit codes of the program', () => {
    const text = rendered('heropods.1')
    for (const word of ['HEROPODS_DIR', '/etc/heropods/watch.env', '130', 'heropods-volume-ls(1)'])
      expect(text).toContain(word)
  })

  it('finds no unescaped line', () =>
    expect(files.filter((file) => /\n'(?!\\)/.test(readFileSync(join(folder, file), 'utf8')))).toEqual([]))
})
