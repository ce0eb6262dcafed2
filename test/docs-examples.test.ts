import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import stackSchema from '../schemas/stack.schema.json' with { type: 'json' }
import { examples } from '../src/cli/program/examples.ts'
import { commandsBelow } from '../src/cli/program/help.ts'
import { environment, execExitCodes, exitCodes, files } from '../src/cli/program/manual.ts'
import { buildProgram } from '../src/cli/program/program.ts'
import validateStack from '../src/generated/validate-stack.js'
import { checkValues } from '../src/heroscript/check-values.ts'
import { readHeroScript } from '../src/heroscript/read-heroscript.ts'
import { isRecord } from '../src/model/values/unknown.ts'
import { type Block, blocksOf, fileOf, pages, readPage, top } from './docs-pages.ts'

const blocks = pages.flatMap((page) => blocksOf(page, readPage(page)))
const place = ({ page, line }: Block): string => `${page}:${line}`
const named = (some: readonly Block[]): readonly (readonly [string, Block])[] => some.map((one) => [place(one), one])

const program = buildProgram(() => async () => undefined)

/** The command that the words name, and the words after it. */
function commandOf(words: readonly string[]): readonly [Command, readonly string[]] | undefined {
  let [command, rest]: [Command, readonly string[]] = [program, words]
  for (;;) {
    const next = command.commands.find((one) => one.name() === rest[0])
    if (next === undefined) return command === program ? undefined : [command, rest]
    command = next
    rest = rest.slice(1)
  }
}

const runsProgram = ['exec', 'tmux', 'run']

/** Options of a command line; of commands that run a program only those before the name. */
function optionsOf(command: Command, words: readonly string[]): readonly string[] {
  const end = runsProgram.includes(command.name()) ? words.findIndex((one) => !one.startsWith('-')) : words.length
  return words
    .slice(0, end < 0 ? words.length : end)
    .filter((one) => /^-{1,2}[a-z]/i.test(one))
    .flatMap((one) => (one.startsWith('--') ? [one.replace(/=.*/, '')] : [...one.slice(1)].map((flag) => `-${flag}`)))
}

/** The first thing wrong with a command line of HeroPods; undefined: it is right. */
function faultOf(line: string): string | undefined {
  const words = line.match(/'[^']*'|"[^"]*"|\S+/g) ?? []
  if (words[0] !== 'heropods' || words[1] === undefined || /^(-|[A-Z]+$)/.test(words[1])) return undefined
  const found = commandOf(words.slice(1))
  if (found === undefined) return `${line}: there is no command ${words[1]}`
  const [command, rest] = found
  const known = new Set(['-h', '--help', ...command.options.flatMap(({ long, short }) => [long, short])])
  const unknown = optionsOf(command, rest).find((one) => !known.has(one))
  return unknown && `${line}: ${command.name()} has no option ${unknown}`
}

/** Commands of a line of a shell, without comments, prompts and assignments. */
const commandsIn = (line: string): readonly string[] =>
  line
    .replace(/\s+#\s.*$/, '')
    .split(/&&|\|\||[|;&()]/)
    .map((one) =>
      one
        .trim()
        .replace(/^[#$] /, '')
        .replace(/^(?:\w+=\S*\s+)+/, '')
        .replace(/>.*$/, '')
        .trim(),
    )

describe('commands in blocks', () => {
  const shells = blocks.filter(({ language }) => ['sh', 'console'].includes(language))
  it('there are many', () => expect(shells.length).toBeGreaterThan(20))

  it.each(named(shells))('%s', (_, { text }) => {
    expect(text.split('\n').flatMap(commandsIn).map(faultOf).filter(Boolean)).toEqual([])
  })
})

describe('HeroScript in blocks', () => {
  const scripts = blocks.filter(({ language }) => language === 'heroscript')
  it('there is some', () => expect(scripts.length).toBeGreaterThan(0))

  it.each(named(scripts))('%s', (one, { text }) => {
    const actions = readHeroScript(text, one)
    checkValues(actions)
    expect(actions.length).toBeGreaterThan(0)
  })
})

describe('examples of --help', () => {
  it.each(commandsBelow(program))('%s', (words) => {
    const own = examples[words] ?? []
    expect(own.length).toBeGreaterThan(0)
    expect(
      own
        .flatMap(([line]) => commandsIn(line))
        .map(faultOf)
        .filter(Boolean),
    ).toEqual([])
  })
})

it('docs/guide/command-line.md lists the variables, files and exit codes of the man page', () => {
  const text = readPage('docs/guide/command-line.md')
  const terms = [...exitCodes, ...execExitCodes, ...environment, ...files].flatMap(([term]) => term.split(', '))
  expect(terms.filter((term) => !text.includes(term))).toEqual([])
})

it('the man page lists every variable that the source reads, except those of tests', () => {
  const ofTests = ['HEROPODS_DEBUG', 'HEROPODS_DEBUG_COMMANDS', 'HEROPODS_KILL_AT']
  const sources = readdirSync(join(top, 'src'), { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith('.ts'),
  )
  const read = sources.flatMap(
    (one) => readFileSync(join(top, 'src', one), 'utf8').match(/\bHEROPODS_[A-Z_]+\b/g) ?? [],
  )
  const listed = environment.map(([name]) => name)
  expect([...new Set(read)].filter((name) => !listed.includes(name) && !ofTests.includes(name))).toEqual([])
})

describe('commands in sentences', () => {
  it.each(pages)('%s', (page) => {
    const spans = [
      ...readPage(page)
        .replaceAll(/^```[\s\S]*?^```$/gm, '')
        .matchAll(/`(heropods [^`]*)`/g),
    ]
    const lines = spans.map(([, line = '']) => line).filter((line) => !/\.\.\.|\[OPTIONS\]|\{\w+\}/.test(line))
    expect(lines.flatMap(commandsIn).map(faultOf).filter(Boolean)).toEqual([])
  })
})

const topLevel = new Set(Object.keys(stackSchema.properties))
const head = { apiVersion: 'heropods/v1', kind: 'Stack', metadata: { name: 'test' } }

/** A complete document of an example: a part of a stack gets a head, fields of a container a container. */
function documentOf(value: unknown): unknown {
  if (!isRecord(value) || 'apiVersion' in value) return value
  const isPart = Object.keys(value).every((key) => topLevel.has(key))
  return isPart ? { ...head, ...value } : { ...head, containers: { one: { image: 'busybox', ...value } } }
}

describe('stacks', () => {
  const stacks = blocks.filter(
    (one) => one.language === 'yaml' && !one.marks.includes('compose') && !fileOf(one)?.endsWith('.values.yaml'),
  )
  it('there are many', () => expect(stacks.length).toBeGreaterThan(20))

  it.each(named(stacks))('%s follows the schema', (_, { text }) => {
    const value: unknown = parse(text)
    if (value === null) return
    expect(validateStack(documentOf(value)) ? [] : validateStack.errors).toEqual([])
  })

  it('a wrong field is found', () => expect(validateStack(documentOf({ mem_limt: '64m' }))).toBe(false))
})

it('a wrong command or option is found', () => {
  expect(faultOf('heropods aply')).toMatch(/no command aply/)
  expect(faultOf('heropods apply --yess')).toMatch(/no option --yess/)
  expect(faultOf('heropods exec -it web ls -la')).toBeUndefined()
  expect(faultOf('heropods volume ls --all')).toMatch(/no option --all/)
})

it.each(named(blocks.filter(({ language }) => language === 'json')))('%s is JSON', (_, { text }) => {
  expect(() => JSON.parse(text)).not.toThrow()
})
