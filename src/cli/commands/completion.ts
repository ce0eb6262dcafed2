import type { Command } from 'commander'
import { ExitCode, refuse } from '../../model/errors.ts'
import { own } from '../../model/values/own.ts'
import { type CommonOptions, openTerminal } from '../context.ts'

/** Commands whose arguments are containers. */
const onContainers = ['exec', 'inspect', 'logs', 'restart', 'rm', 'start', 'stop']

interface Known {
  readonly name: string
  readonly description: string
  readonly options: readonly string[]
  readonly below: readonly string[]
}

const known = (program: Command): readonly Known[] =>
  program.commands
    .filter((command) => !command.name().startsWith('__'))
    .map((command) => ({
      name: command.name(),
      description: command.description(),
      options: command.options.flatMap((option) => (option.long ? [option.long] : [])),
      below: command.commands.map((one) => one.name()),
    }))

/** `heropods completion SHELL`: a script for the shell to source. */
export async function completion(shell: string, options: CommonOptions, program: Command): Promise<number> {
  const scripts: Readonly<Record<string, (commands: readonly Known[]) => string>> = { bash, zsh, fish }
  const script = own(scripts, shell)
  if (script === undefined)
    throw refuse({
      code: 'usage',
      message: `No completion for "${shell}".`,
      hint: `One of: ${Object.keys(scripts).join(', ')}.`,
    })
  const text = script(known(program))
  openTerminal().print(options.json ? JSON.stringify({ shell, script: text }) : text)
  return ExitCode.done
}

/** Containers by their own names and with their stacks'. */
const names = "$(heropods ps --quiet 2>/dev/null | awk -F/ '{ print $2; print }')"

function bash(commands: readonly Known[]): string {
  const cases = commands.map((command) => {
    const files = command.below.length === 0 && !onContainers.includes(command.name)
    const words = [...command.options, ...command.below, ...(onContainers.includes(command.name) ? [names] : [])].join(
      ' ',
    )
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

function zsh(commands: readonly Known[]): string {
  const described = commands.map(
    (command) => `    '${command.name}:${command.description.replaceAll("'", '’').replaceAll(':', ' ')}'`,
  )
  const cases = commands.map((command) => {
    const containers = onContainers.includes(command.name) ? ` \${(f)"${names}"}` : ''
    return `    ${command.name}) compadd -- ${[...command.options, ...command.below].join(' ')}${containers}; _files ;;`
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

function fish(commands: readonly Known[]): string {
  const first = commands.map(
    (command) =>
      `complete -c heropods -n __fish_use_subcommand -a ${command.name} -d '${command.description.replaceAll("'", '’')}'`,
  )
  const rest = commands.flatMap((command) => [
    ...command.options.map(
      (option) => `complete -c heropods -n '__fish_seen_subcommand_from ${command.name}' -l ${option.slice(2)}`,
    ),
    ...command.below.map((name) => `complete -c heropods -n '__fish_seen_subcommand_from ${command.name}' -a ${name}`),
    ...(onContainers.includes(command.name)
      ? [`complete -c heropods -n '__fish_seen_subcommand_from ${command.name}' -a '(heropods ps --quiet 2>/dev/null)'`]
      : []),
  ])
  return ['# heropods completion for fish: heropods completion fish | source', ...first, ...rest].join('\n')
}
