import type { Command, Option } from 'commander'

/** Kinds of names that the shell cannot know. */
export type NameKind =
  | 'container'
  | 'stack'
  | 'generation'
  | 'volume'
  | 'network'
  | 'image'
  | 'built-in'
  | 'instance'
  | 'field'
  | 'error'
  | 'reason'
  | 'shell'
  | 'template'

/** The kinds of a word of the command line: a name, a generation with @, or a path that the shell completes. */
type CompletionKind = NameKind | 'at-generation' | 'file' | 'folder'

export interface Candidate {
  readonly text: string
  readonly description?: string
}

export interface Completion {
  readonly candidates: readonly Candidate[]
  /** The shell adds paths of its own. */
  readonly paths?: 'file' | 'folder'
}

/** Returns the names of a kind; `instance` as in the command line. */
export type ReadNames = (kind: NameKind, instance: string | undefined) => Promise<readonly string[]>

/** The kinds of the arguments of a command. `repeats`: every further argument has them too. */
interface Arguments {
  readonly kinds: readonly CompletionKind[]
  readonly repeats?: boolean
}

const repeated = (...kinds: CompletionKind[]): Arguments => ({ kinds, repeats: true })
const single = (...kinds: CompletionKind[]): Arguments => ({ kinds })

/** Keys: the command line after `heropods`, without arguments. A command that is not here has no argument that can be completed. */
const argumentsOf: Readonly<Record<string, Arguments>> = {
  diff: repeated('at-generation', 'file'),
  apply: repeated('file'),
  validate: repeated('file'),
  config: repeated('file'),
  fmt: repeated('file'),
  init: single('folder'),
  import: single('file'),
  play: single('file'),
  destroy: single('stack', 'file'),
  explain: single('field', 'error', 'reason'),
  ps: repeated('stack'),
  status: single('stack'),
  events: single('stack'),
  suspend: repeated('stack'),
  resume: repeated('stack'),
  inspect: repeated('container', 'stack'),
  logs: repeated('container', 'stack'),
  stats: repeated('container', 'stack'),
  top: single('container'),
  changes: single('container'),
  port: single('container'),
  wait: repeated('container', 'stack'),
  start: repeated('container', 'stack'),
  stop: repeated('container', 'stack'),
  restart: repeated('container', 'stack'),
  pause: repeated('container', 'stack'),
  unpause: repeated('container', 'stack'),
  rm: repeated('container'),
  exec: single('container'),
  run: single('container', 'image', 'built-in'),
  why: single('container', 'network', 'volume'),
  history: single('generation', 'stack'),
  rollback: single('generation'),
  watch: single('folder'),
  'watch install': single('folder'),
  'volume rm': repeated('volume'),
  'image rm': repeated('image'),
  'image pull': repeated('image'),
  'image export': single('image'),
  'image info': single('image'),
  'image import': single('file'),
  'image build': single('folder'),
  'instance rm': single('instance'),
  'instance set': single('instance'),
  'instance use': single('instance'),
  'instance reset': single('instance'),
  'instance exists': single('instance'),
  'instance export': single('instance'),
  'instance import': single('file'),
  'pulumi init': single('folder'),
  completion: single('shell'),
}

/** The kinds of the values of options, by name; those of others follow from their placeholder. */
const optionKinds: Readonly<Record<string, CompletionKind>> = {
  '--instance': 'instance',
  '--target': 'container',
  '--stack': 'stack',
  '--template': 'template',
}

/** The position in a command line: the command, the arguments and options before the current word. */
interface Position {
  readonly command: Command
  readonly given: readonly string[]
  /** The option whose value the current word is. */
  readonly option?: Option
  readonly instance?: string
}

/**
 * The candidates for the last of the words after `heropods`, which may be empty. Names that are given already are left out. `readNames`
 * is called only for the kinds that fit.
 */
export async function completionOf(
  program: Command,
  words: readonly string[],
  readNames: ReadNames,
): Promise<Completion> {
  const current = words.at(-1) ?? ''
  const position = positionOf(program, words.slice(0, -1))
  const [, name = '', value] = /^(--[^=]+)=(.*)$/s.exec(current) ?? []
  const assigned = optionNamed(position.command, name)
  if (assigned !== undefined && value !== undefined) {
    const { candidates, ...paths } = await candidatesOfKinds([kindOf(assigned)], value, position, readNames)
    return {
      ...paths,
      candidates: candidates.map((candidate) => ({ ...candidate, text: `${name}=${candidate.text}` })),
    }
  }
  if (position.option !== undefined) return candidatesOfKinds([kindOf(position.option)], current, position, readNames)
  if (current.startsWith('-')) return { candidates: startingWith(current, optionsOf(position.command)) }
  const commands = position.given.length === 0 ? startingWith(current, commandsOf(position.command)) : []
  const found = await candidatesOfKinds(argumentKinds(position), current, position, readNames)
  return { ...found, candidates: [...commands, ...found.candidates] }
}

function positionOf(program: Command, words: readonly string[]): Position {
  let position: Position = { command: program, given: [] }
  for (const word of words) position = afterWord(position, word)
  return position
}

function afterWord({ option, ...position }: Position, word: string): Position {
  if (option !== undefined) return option.long === '--instance' ? { ...position, instance: word } : position
  const [, instance] = /^--instance=(.*)$/s.exec(word) ?? []
  if (instance !== undefined) return { ...position, instance }
  if (word.startsWith('-')) {
    const named = optionNamed(position.command, word)
    return named?.required ? { ...position, option: named } : position
  }
  const next = position.given.length === 0 ? position.command.commands.find((one) => one.name() === word) : undefined
  return next === undefined ? { ...position, given: [...position.given, word] } : { ...position, command: next }
}

const optionNamed = (command: Command, name: string): Option | undefined =>
  command.options.find(({ short, long }) => name !== '' && (short === name || long === name))

const nameOf = (command: Command): string =>
  command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()

function argumentKinds({ command, given }: Position): readonly CompletionKind[] {
  const name = nameOf(command)
  const found = Object.hasOwn(argumentsOf, name) ? argumentsOf[name] : undefined
  return found !== undefined && (found.repeats || given.length === 0) ? found.kinds : []
}

function kindOf({ long, flags }: Option): CompletionKind | undefined {
  if (long && Object.hasOwn(optionKinds, long)) return optionKinds[long]
  if (flags.includes('<file>')) return 'file'
  return flags.includes('<folder>') ? 'folder' : undefined
}

async function candidatesOfKinds(
  kinds: readonly (CompletionKind | undefined)[],
  current: string,
  { given, instance }: Position,
  readNames: ReadNames,
): Promise<Completion> {
  const paths = kinds.find((kind) => kind === 'file' || kind === 'folder')
  const lists = kinds.map(async (kind): Promise<readonly string[]> => {
    if (kind === undefined || kind === 'file' || kind === 'folder') return []
    if (kind !== 'at-generation') return readNames(kind, instance)
    return current.startsWith('@') ? (await readNames('generation', instance)).map((number) => `@${number}`) : []
  })
  const names = [...new Set((await Promise.all(lists)).flat())].filter((name) => !given.includes(name))
  const candidates = startingWith(
    current,
    names.map((text) => ({ text })),
  )
  return { candidates, ...(paths !== undefined && { paths }) }
}

const startingWith = (current: string, all: readonly Candidate[]): readonly Candidate[] =>
  all.filter(({ text }) => text.startsWith(current))

const commandsOf = (command: Command): readonly Candidate[] =>
  command.commands
    .filter((one) => !one.name().startsWith('_'))
    .map((one) => ({ text: one.name(), description: one.description() }))

const optionsOf = (command: Command): readonly Candidate[] => [
  ...command.options.map(({ long, short, description }) => ({ text: long ?? short ?? '', description })),
  { text: '--help', description: 'display help for command' },
]
