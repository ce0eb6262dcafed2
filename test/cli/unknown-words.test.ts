import { type Command, CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'
import { buildProgram } from '../../src/cli/program/program.ts'
import { otherCommands, otherOptions } from '../../src/cli/program/unknown/other-words.ts'
import { typoOf } from '../../src/cli/program/unknown/typo.ts'
import { usageError } from '../../src/cli/program/unknown/wrong-command-line.ts'

const program = buildProgram(() => async () => undefined)

/** The command that these words name, and the words behind it. */
function find(words: readonly string[], from: Command = program): { command: Command; rest: readonly string[] } {
  const [first, ...others] = words
  const next = from.commands.find((command) => command.name() === first)
  return next ? find(others, next) : { command: from, rest: words }
}

async function refusal(...argv: string[]): Promise<{ code: string; message: string; hint: string }> {
  const error: unknown = await buildProgram(() => async () => undefined)
    .parseAsync(argv, { from: 'user' })
    .catch((thrown: unknown) => thrown)
  if (!(error instanceof CommanderError)) throw new Error('accepted')
  const [first] = usageError(error, program, argv).diagnostics
  return { code: first?.code ?? '', message: first?.message ?? '', hint: first?.hint ?? '' }
}

describe('words of other tools', () => {
  it.each(Object.keys(otherCommands))('%s is not a command here', (typed) => {
    expect(find(typed.split(' ')).rest).not.toEqual([])
  })

  it.each([...Object.entries(otherCommands), ...Object.entries(otherOptions)])(
    '%s: the commands and options of its hint exist',
    (_, hint) => {
      for (const [, line = ''] of hint.matchAll(/`heropods ([^`]*)`/g)) {
        const words = line.split(' ')
        const { command, rest } = find(words)
        if (line.startsWith('--')) continue
        expect([line, command === program]).toEqual([line, false])
        const options = command.options.flatMap(({ short, long }) => [short ?? '', long ?? ''])
        const given = command.name() === 'exec' ? [] : rest.filter((word) => word.startsWith('-'))
        for (const option of given) expect(options, `${line}: ${option}`).toContain(option)
      }
    },
  )

  it.each([
    ['up', 'heropods apply'],
    ['down', 'heropods destroy'],
    ['plan', 'heropods diff'],
    ['show', 'heropods inspect'],
    ['kill', 'heropods stop -t 0'],
    ['pull', 'heropods apply'],
    ['sh', 'heropods exec -it NAME sh'],
    ['scale', 'replicas'],
    ['blame', 'heropods why NAME'],
    ['format', 'heropods fmt'],
    ['json-schema', 'heropods schema'],
    ['templates', 'heropods init --list'],
    ['template', 'heropods config'],
    ['df', 'heropods volume ls'],
    ['test', 'heropods validate'],
    ['heroscript', 'heropods play'],
  ])('%s points to %s', async (typed, expected) => {
    const { code, hint } = await refusal(typed)
    expect(code).toBe('unknown-command')
    expect(hint).toContain(expected)
    expect(hint).not.toContain('--help')
    expect(hint).not.toContain('Did you mean')
  })

  it('of a group point to that group', async () => {
    expect(await refusal('volume', 'inspect', 'x')).toEqual({
      code: 'unknown-command',
      message: '"inspect" is not a command of `heropods volume`.',
      hint: '`heropods volume ls --json` prints all data of volumes.',
    })
  })

  it('are options, too', async () => {
    expect((await refusal('apply', '-auto-approve')).hint).toContain('--yes')
    expect((await refusal('apply', '--dry-run')).hint).toContain('heropods diff')
    expect((await refusal('apply', '-d')).hint).toContain('background')
    expect((await refusal('apply', '-target=web')).hint).toContain('two dashes: `--target`')
    expect((await refusal('diff', '--detailed-exitcode')).hint).toContain('`heropods diff --exit-code`')
    expect((await refusal('config', '--services')).hint).toContain('under `containers`')
    expect((await refusal('history', '--stack', 'a')).hint).toContain('`heropods history STACK`')
    expect((await refusal('status', '--all')).hint).toBe('Remove it: `heropods status` shows all stacks.')
    expect(await refusal('ps', '--nonsense')).toEqual({
      code: 'unknown-option',
      message: '`heropods ps` does not have the option "--nonsense".',
      hint: '`heropods ps --help` lists its options.',
    })
  })
})

it('an option before the command belongs after it', async () => {
  expect((await refusal('--instance', 'tok', 'status')).hint).toBe(
    'Write it after the command: `heropods COMMAND --instance ...`.',
  )
})

describe('typing errors', () => {
  it.each([
    ['aply', 'apply'],
    ['detsroy', 'destroy'],
    ['stpo', 'stop'],
    ['log', 'logs'],
    ['stat', 'stats'],
    ['statu', 'status'],
    ['valdate', 'validate'],
  ])('%s is %s', (typed, meant) =>
    expect(
      typoOf(
        typed,
        program.commands.map((one) => one.name()),
      ),
    ).toBe(meant),
  )

  it.each(['show', 'attach', 'shell', 'xpply', 'pull', 'nothing'])('%s is none', (typed) =>
    expect(
      typoOf(
        typed,
        program.commands.map((one) => one.name()),
      ),
    ).toBeUndefined(),
  )

  it('of options', async () => {
    expect((await refusal('logs', '--tali', '3')).hint).toContain('Did you mean `--tail`?')
    expect((await refusal('rm', '-f', 'web')).hint).toContain('Did you mean `--force`?')
  })
})

it.each([
  [['destroy', 'a', 'b'], '`heropods destroy` takes one STACK.'],
  [['history', '1', '2'], '`heropods history` takes one GENERATION|STACK.'],
  [['doctor', 'a'], '`heropods doctor` takes no arguments.'],
  [['stop'], '`heropods stop` needs at least one NAME.'],
  [['why'], '`heropods why` needs the argument NAME.'],
  [['logs', '--tail'], 'The option `-n, --tail <lines>` of `heropods logs` needs a value.'],
])('%j: missing and superfluous arguments are sentences, with the help of their command', async (argv, message) => {
  expect(await refusal(...argv)).toEqual({
    code: 'usage',
    message,
    hint: `\`heropods ${argv[0]} --help\` shows its arguments and options.`,
  })
})
