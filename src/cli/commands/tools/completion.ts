import type { Command } from 'commander'
import { ExitCode, refuse } from '../../../model/errors.ts'
import { own } from '../../../model/values/own.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

/** Commands with containers as arguments. */
const onContainers = ['exec', 'inspect', 'logs', 'restart', 'rm', 'start', 'stop']

interface CommandWords {
  readonly name: string
  readonly description: string
  readonly options: readonly string[]
  readonly subcommands: readonly string[]
}

const commandWords = (program: Command): readonly CommandWords[] =>
  program.commands
    .filter((command) => !command.name().startsWith('__'))
    .map((command) => ({
      name: command.name(),
      description: command.description(),
      options: command.options.flatMap((option) => (option.long ? [option.long] : [])),
      subcommands: command.commands.map((subcommand) => subcommand.name()),
    }))

/** `heropods completion SHELL`: prints a completion script for bash, zsh or fish. Raises `usage` (refused). */
export async function completion(shell: string, options: CommonOptions, program: Command): Promise<number> {
  const scripts: Readonly<Record<string, (commands: readonly CommandWords[]) => string>> = { bash, zsh, fish }
  const script = own(scripts, shell)
  if (script === undefined)
    throw refuse({
      code: 'usage',
      message: `There is no completion for "${shell}".`,
      hint: `One of: ${Object.keys(scripts).join(', ')}.`,
    })
  const text = script(commandWords(program))
  openTerminal().print(options.json ? JSON.stringify({ shell, script: text }) : text)
  return ExitCode.done
}

/** Shell code that prints each container as NAME and as STACK/NAME. */
const names = "$(heropods ps --quiet 2>/dev/null | awk -F/ '{ print $2; print }')"

function bash(commands: readonly CommandWords[]): string {
  const cases = commands.map((command) => {
    const files = command.subcommands.length === 0 && !onContainers.includes(command.name)
    const words = [
      ...command.options,
      ...command.subcommands,
      ...(onContainers.includes(command.name) ? [names] : []),
    ].join(' ')
    return `    ${command.name}) COMPREPLY=($(compgen -W "${words}"${files ? ' -f' : ''} -- "$word"));;`
  })
  return `# heropods completion for bash: source <(heropods completion bash)
_heropods() {
  local word="\${COMP_WORDS[COMP_CWORD]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map((command) => command.name).join(' ')}" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -F _heropods heropods`
}

function zsh(commands: readonly CommandWords[]): string {
  const described = commands.map(
    (command) => `    '${command.name}:${command.description.replaceAll("'", '’').replaceAll(':', ' ')}'`,
  )
  const cases = commands.map((command) => {
    const containers = onContainers.includes(command.name) ? ` \${(f)"${names}"}` : ''
    return `    ${command.name}) compadd -- ${[...command.options, ...command.subcommands].join(' ')}${containers}; _files ;;`
  })
  return `#compdef heropods
# heropods completion for zsh: source <(heropods completion zsh)
_heropods() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case "$words[2]" in
${cases.join('\n')}
  esac
}
compdef _heropods heropods`
}

function fish(commands: readonly CommandWords[]): string {
  const first = commands.map(
    (command) =>
      `complete -c heropods -n __fish_use_subcommand -a ${command.name} -d '${command.description.replaceAll("'", '’')}'`,
  )
  const rest = commands.flatMap((command) => [
    ...command.options.map(
      (option) => `complete -c heropods -n '__fish_seen_subcommand_from ${command.name}' -l ${option.slice(2)}`,
    ),
    ...command.subcommands.map(
      (name) => `complete -c heropods -n '__fish_seen_subcommand_from ${command.name}' -a ${name}`,
    ),
    ...(onContainers.includes(command.name)
      ? [`complete -c heropods -n '__fish_seen_subcommand_from ${command.name}' -a '(heropods ps --quiet 2>/dev/null)'`]
      : []),
  ])
  return ['# heropods completion for fish: heropods completion fish | source', ...first, ...rest].join('\n')
}
