import type { Command } from 'commander'
import { describe, expect, it, vi } from 'vitest'
import { buildProgram, runProgram } from '../../src/cli/program/program.ts'

const program = buildProgram(() => async () => undefined)

/** Commands that do something, with their whole names; groups have others below them. */
const commands = (command: Command, path: readonly string[] = []): readonly (readonly [string, Command])[] =>
  command.commands.flatMap((one) => {
    const name = [...path, one.name()]
    const below = commands(one, name)
    const isGroup = below.length > 0 && one.options.length === 0
    return one.name().startsWith('__') ? [] : [...(isGroup ? [] : [[name.join(' '), one] as const]), ...below]
  })

describe('every command takes --json and --instance', () => {
  it('there are many', () => expect(commands(program).length).toBeGreaterThan(30))

  it.each(commands(program))('%s', (_, command) => {
    expect(command.options.map(({ long }) => long)).toEqual(expect.arrayContaining(['--json', '--instance']))
  })
})

it('a completion script as JSON is the same script', async () => {
  const printed: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text))
    return true
  })
  try {
    for (const shell of ['bash', 'zsh', 'fish']) {
      expect(await runProgram(['completion', shell])).toBe(0)
      expect(await runProgram(['completion', shell, '--json'])).toBe(0)
      const [script = '', json = ''] = printed.splice(0)
      expect(JSON.parse(json)).toEqual({ shell, script: script.replace(/\n$/, '') })
    }
  } finally {
    write.mockRestore()
  }
})

it.each([['volume rm'], ['instance rm']])('%s has --yes, and says when it asks', (name) => {
  const found = new Map(commands(program).map(([path, command]) => [path, command])).get(name)
  expect(found?.options.find(({ short }) => short === '-y')?.description).toContain(
    'without a terminal nothing is asked',
  )
})
