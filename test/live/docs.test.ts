import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { type Block, blocksOf, fileOf, pages, readPage, top } from '../docs-pages.ts'
import { cli, Instance } from './support.ts'

/**
 * Pages whose commands are run. ` ```sh run ` is run and must exit with 0, ` ```yaml file=NAME ` is written first, and a ` ```text ` block
 * after a run one is its output: a line `...` is any lines, `...` in a line any text. Durations, times, digests and pids may differ.
 * `retry`: until the output is right. `background`: goes on until a block with `stop`. HEROPODS_UPDATE_DOCS=1 writes the new outputs of
 * blocks without `...` into the pages.
 */
const isRun = ({ marks }: Block): boolean => marks.includes('run')
const running = pages.filter((page) => blocksOf(page, readPage(page)).some(isRun))
const updates = process.env.HEROPODS_UPDATE_DOCS === '1'
/** The longest wait for the output of a block with `retry`, milliseconds. */
const patience = 40_000

/** Without colours, and without all that differs from run to run. */
const comparable = (text: string): string =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/\bdigest: [0-9a-f]{12}\b/g, 'DIGEST')
    .replaceAll(/sha256:[0-9a-f]{12,64}/g, 'DIGEST')
    .replaceAll(/\bpid \d+/g, 'pid N')
    .replaceAll(/\bjust now\b/g, '0 s ago')
    .replaceAll(/\b\d+(?:\.\d+)? ?(?:ms|min|s|m|h)\b/g, 'SPAN')
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/ $/gm, '')
    .trim()

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A pattern of an expected output. */
function patternOf(expected: string): RegExp {
  const lines = comparable(expected)
    .split('\n')
    .map((line) => (line === '...' ? '(?:.*\\n)*?' : `${line.split('...').map(literal).join('.*')}\\n`))
  return new RegExp(`^${lines.join('')}$`)
}

class Page {
  readonly instance = new Instance()
  readonly folder = join(this.instance.base, 'page')
  private readonly background: ChildProcess[] = []

  constructor() {
    mkdirSync(this.folder)
    const shim = join(this.instance.base, 'bin/heropods')
    mkdirSync(dirname(shim))
    writeFileSync(shim, `#!/bin/sh\nexec ${process.execPath} ${cli} "$@"\n`)
    chmodSync(shim, 0o755)
    // Programs on a page import the package by its name.
    this.instance.write('package.json', '{}')
    mkdirSync(join(this.instance.base, 'node_modules'))
    symlinkSync(join(import.meta.dirname, '../..'), join(this.instance.base, 'node_modules/heropods'))
    this.instance.environment.PATH = `${dirname(shim)}:${process.env.PATH}`
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true })
    writeFileSync(join(this.folder, name), text)
  }

  private start(script: string): ChildProcess {
    return spawn('bash', ['-e', '-o', 'pipefail', '-c', `exec 2>&1\n${script}`], {
      cwd: this.folder,
      env: this.instance.environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  }

  async run(script: string): Promise<{ code: number | null; output: string }> {
    const child = this.start(script)
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { code, output }
  }

  startInBackground(script: string): void {
    // The last line takes the place of the shell, so that a signal reaches it.
    const child = this.start(script.trimEnd().replace(/\n(?=[^\n]*$)/, '\nexec '))
    child.stdout?.resume()
    this.background.push(child)
  }

  async stop(): Promise<void> {
    for (const child of this.background.splice(0)) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGINT')) await ended
    }
  }
}

describe.each(running)('%s', (name) => {
  const page = new Page()
  const blocks = blocksOf(name, readPage(name))
  const changed: { readonly from: string; readonly to: string }[] = []
  afterAll(async () => {
    await page.stop()
    for (const { name: other } of instancesOf(page.instance))
      page.instance.ok('destroy', '--all', '--yes', '--delete-data', '--instance', other)
    for (const { name: other } of instancesOf(page.instance)) page.instance.ok('instance', 'rm', other, '--delete-data')
    page.instance.end()
    if (updates)
      writeFileSync(
        join(top, name),
        changed.reduce((text, { from, to }) => text.replace(from, () => to), readPage(name)),
      )
  })

  it.each(
    blocks.flatMap((block, index) => {
      const title = `line ${block.line}: ${block.text.split('\n')[0]}`
      return isRun(block) || block.marks.includes('background') || fileOf(block) ? [{ title, block, index }] : []
    }),
  )('$title', async ({ block, index }) => {
    const file = fileOf(block)
    if (file !== undefined) return page.write(file, block.text)
    if (block.marks.includes('background')) return page.startInBackground(block.text)
    if (block.marks.includes('stop')) await page.stop()
    const next = blocks[index + 1]
    const expected = next?.language === 'text' ? next.text : undefined
    const matches = (output: string): boolean =>
      expected === undefined || patternOf(expected).test(`${comparable(output)}\n`)
    let last = await page.run(block.text)
    const until = Date.now() + (block.marks.includes('retry') ? patience : 0)
    while (!(last.code === 0 && matches(last.output)) && Date.now() < until) {
      await delay(500)
      last = await page.run(block.text)
    }
    if (last.code !== 0) throw new Error(`exit ${last.code}\n${last.output}`)
    if (matches(last.output)) return
    if (updates && next !== undefined && !/^\.\.\.$/m.test(next.text)) {
      const fence = '```'
      const head = `${fence}${[block.language, ...block.marks].join(' ')}\n${block.text}${fence}\n\n${fence}text\n`
      const output = last.output.replaceAll(/[ \t]+$/gm, '').replace(/^\n+/, '')
      changed.push({ from: `${head}${next.text}${fence}`, to: `${head}${output}${fence}` })
    } else expect(comparable(last.output)).toBe(comparable(expected ?? ''))
  })
})

const instancesOf = (instance: Instance): readonly { readonly name: string }[] =>
  (JSON.parse(instance.ok('instance', 'ls', '--json')) as { instances: { name: string }[] }).instances
