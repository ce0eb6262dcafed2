import type { Command, CommanderError } from 'commander'
import { type Diagnostic, type HeroPodsError, refusedError } from '../../../model/errors.ts'
import { ownValue } from '../../../model/values/own-value.ts'
import { otherCommands, otherOptions } from './other-words.ts'
import { typoOf } from './typo.ts'

/**
 * The error for a command line that commander refuses (codes `unknown-command`, `unknown-option`, `usage`). For words of other tools it
 * names the command that does the same here; it suggests a similar word only if the typed one is a typing error.
 */
export function usageError(error: CommanderError, program: Command, argv: readonly string[]): HeroPodsError {
  const command = commandOf(program, argv)
  const [, quoted = ''] = /'(.*)'/s.exec(error.message) ?? []
  if (error.code === 'commander.unknownCommand') return refusedError(unknownCommand(quoted, command))
  if (error.code === 'commander.unknownOption') return refusedError(unknownOption(quoted, command))
  return refusedError({ code: 'usage', message: usageMessage(error, command), hint: helpHint(command) })
}

/** The command whose name is at the start of the arguments, or its deepest group. */
function commandOf(program: Command, argv: readonly string[]): Command {
  const [first, ...others] = argv
  const next = program.commands.find((command) => command.name() === first)
  return next === undefined ? program : commandOf(next, others)
}

/** The name of a command with those of its groups: `heropods volume rm`. */
const fullName = (command: Command): string =>
  command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name()

const helpHint = (command: Command): string => `\`${fullName(command)} --help\` shows its arguments and options.`

function unknownCommand(typed: string, group: Command): Diagnostic {
  const names = group.commands.map((command) => command.name()).filter((name) => !name.startsWith('_'))
  const path = fullName(group).split(' ').slice(1)
  return {
    code: 'unknown-command',
    message: `"${typed}" is not a command of \`${fullName(group)}\`.`,
    hint: commandHint([...path, typed].join(' '), typoOf(typed, names), group),
  }
}

function commandHint(typed: string, typo: string | undefined, group: Command): string {
  const other = ownValue(otherCommands, typed)
  if (other !== undefined) return other
  const help = `\`${fullName(group)} --help\` lists all commands.`
  return typo === undefined ? help : `Did you mean \`${fullName(group)} ${typo}\`? ${help}`
}

function unknownOption(typed: string, command: Command): Diagnostic {
  const name = typed.replace(/=.*$/s, '')
  return {
    code: 'unknown-option',
    message: `\`${fullName(command)}\` does not have the option "${name}".`,
    hint: misplacedHint(name, command) ?? optionHint(name, command),
  }
}

/** An option of other commands before the name of the command: `heropods --instance test status`. */
function misplacedHint(typed: string, command: Command): string | undefined {
  if (command.parent !== null) return undefined
  const isKnown = command.commands.some(({ options }) =>
    options.some(({ long, short }) => long === typed || short === typed),
  )
  return isKnown && ownValue(otherOptions, typed) === undefined
    ? `Write it after the command: \`heropods COMMAND ${typed} ...\`.`
    : undefined
}

/** The known option for a wrong one: with the dash that is missing, of another tool, or a typing error of one; else the help. */
function optionHint(typed: string, command: Command): string {
  const known = command.options.flatMap(({ long }) => long ?? [])
  const twoDashes = `-${typed}`
  if (known.includes(twoDashes)) return `Long options have two dashes: \`${twoDashes}\`.`
  const path = fullName(command).split(' ').slice(1).join(' ')
  const other = ownValue(otherOptions, `${path} ${typed}`) ?? ownValue(otherOptions, typed)
  if (other !== undefined) return other
  const typo = typed.startsWith('--') ? typoOf(typed, known) : longForm(typed, known)
  const help = `\`${fullName(command)} --help\` lists its options.`
  return typo === undefined ? help : `Did you mean \`${typo}\`? ${help}`
}

/** The only option that begins with the letter of a short one: `--force` for `-f`. */
function longForm(typed: string, known: readonly string[]): string | undefined {
  const starting = /^-[a-zA-Z]$/.test(typed) ? known.filter((one) => one.startsWith(`-${typed}`)) : []
  return starting.length === 1 ? starting[0] : undefined
}

/** The fault of the arguments, as a sentence. */
function usageMessage({ code, message }: CommanderError, command: Command): string {
  const [, quoted = ''] = /'(.*?)'/s.exec(message) ?? []
  if (code === 'commander.excessArguments') return `\`${fullName(command)}\` takes ${takenText(command)}.`
  if (code === 'commander.missingArgument') return `\`${fullName(command)}\` needs ${neededText(quoted, command)}.`
  if (code === 'commander.optionMissingArgument')
    return `The option \`${quoted}\` of \`${fullName(command)}\` needs a value.`
  return `\`${fullName(command)}\`: ${message.replace(/^error: /, '').replace(/\.?$/, '')}.`
}

function takenText({ registeredArguments }: Command): string {
  const names = registeredArguments.map((one) => one.name().toUpperCase())
  if (names.length === 0) return 'no arguments'
  return names.length === 1 ? `one ${names[0]}` : `only ${names.join(' and ')}`
}

function neededText(name: string, { registeredArguments }: Command): string {
  const isList = registeredArguments.some((one) => one.name() === name && one.variadic)
  return isList ? `at least one ${name.replace(/s$/, '').toUpperCase()}` : `the argument ${name.toUpperCase()}`
}
