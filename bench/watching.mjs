// One instance of its own with a `heropods watch` on a folder, for the figures of `npm run bench:watch`.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const cli = process.env.HEROPODS_BENCH_CLI ?? join(import.meta.dirname, '../dist/heropods.js')

export const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}

export const sh = (program, ...args) => execFileSync(program, args, { encoding: 'utf8' })

/** Asks until it is so; `what` names it when it never is. */
export async function until(what, holds, everyMs = 2, longestMs = 60_000) {
  for (const start = performance.now(); !holds(); await delay(everyMs))
    if (performance.now() - start > longestMs) throw new Error(`never: ${what}`)
}

/** The value below which this part of all lies. */
export function percentile(values, part) {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)]
}

export class Bench {
  base = mkdtempSync('/tmp/heropods-bench-')
  folder = join(this.base, 'stacks')
  run = join(this.base, 'run/default')
  data = join(this.base, 'data/default')
  /** What the watch printed: its events, and what Node says of itself. */
  events = []
  said = []
  environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    HEROPODS_DIR: join(this.base, 'data'),
    HEROPODS_RUN_DIR: join(this.base, 'run'),
  }

  constructor() {
    mkdirSync(this.folder)
  }

  stack(name, body) {
    writeFileSync(
      join(this.folder, `${name}.yaml`),
      `apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: ${name} }\n${body}`,
    )
  }

  watch(nodeOptions = [], listen = ['--no-listen']) {
    this.child = spawn(process.execPath, [...nodeOptions, cli, 'watch', this.folder, ...listen, '--json'], {
      cwd: this.base,
      env: this.environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let rest = ''
    this.child.stdout.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop()
      for (const line of lines) line.startsWith('{') ? this.events.push(JSON.parse(line)) : this.said.push(line)
    })
  }

  /** Waits for an event from the one with this index on. */
  event(type, stack, from = 0) {
    return until(
      `${type} of ${stack}`,
      () => this.events.slice(from).some((one) => one.type === type && one.stack === stack),
      20,
      300_000,
    )
  }

  container(stack, name) {
    return JSON.parse(readFileSync(join(this.run, 'containers', stack, name, 'running.json'), 'utf8'))
  }

  network(stack, name) {
    return JSON.parse(readFileSync(join(this.data, 'networks', stack, `${name}.json`), 'utf8')).spec
  }

  heropods(...args) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: this.base,
      env: this.environment,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`heropods ${args.join(' ')}: ${status}\n${stdout}\n${stderr}`)
    return stdout
  }

  async endWatch() {
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGTERM')
      await once(this.child, 'exit')
    }
  }

  async end() {
    await this.endWatch()
    this.heropods('destroy', '--all', '--yes', '--delete-data')
    this.heropods('instance', 'rm', 'default', '--delete-data')
    rmSync(this.base, { recursive: true, force: true })
  }
}
