import type { Command } from 'commander'
import { type Example, examples } from './examples.ts'

/** Adds the examples to the help of each command. */
export function addExamples(program: Command): void {
  for (const [words, command] of commandsBelow(program)) {
    const own = examples[words]
    if (own !== undefined) command.addHelpText('after', `\nExamples:\n${own.map(lineOf).join('\n')}`)
  }
}

/** Commands that do something, each with its words: `volume ls`. Groups and internal commands are left out. */
export function commandsBelow(parent: Command, path: readonly string[] = []): readonly (readonly [string, Command])[] {
  return parent.commands
    .filter((one) => !one.name().startsWith('__') && one.name() !== 'help')
    .flatMap((one) => {
      const words = [...path, one.name()]
      const isGroup = one.commands.length > 0 && one.options.length === 0
      return [...(isGroup ? [] : [[words.join(' '), one] as const]), ...commandsBelow(one, words)]
    })
}

const lineOf = ([command, effect]: Example): string => `  # ${effect}\n  ${command}`
