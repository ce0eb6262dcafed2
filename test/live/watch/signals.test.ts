import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { instancePaths } from '../../../src/host/files/paths.ts'
import type { Command, CommandResult } from '../../../src/host/host.ts'
import { LocalReader } from '../../../src/host/local.ts'
import type { Signal } from '../../../src/watch/signals/signal.ts'
import { openSignals, type Signals } from '../../../src/watch/signals/signals.ts'
import { breakages, driftStack } from '../records/breakages.ts'
import { Instance } from '../support.ts'

const instance = new Instance()
const paths = instancePaths(instance.environment)
const limit = { timeout: 5000, interval: 5 }
const got: (Signal & { at: number })[] = []
let signals: Signals
/** From the end of the act that breaks something; below zero where it came before that. */
const latencies: string[] = []

/** Watches what stands now, and waits until what was done before has stopped telling. */
async function settled(): Promise<void> {
  await signals.sync()
  await expect.poll(() => performance.now() - (got.at(-1)?.at ?? 0) > 400, { timeout: 20_000 }).toBe(true)
  got.length = 0
}

beforeAll(async () => {
  instance.stack(driftStack())
  instance.apply()
  signals = await openSignals({ paths, reader: new LocalReader() }, (signal) =>
    got.push({ ...signal, at: performance.now() }),
  )
  // A monitor tells once that it listens, half a second after it began.
  const listening = () => got.filter(({ detail }) => detail.endsWith(' listens')).map(({ kind }) => kind)
  await vi.waitFor(() => expect(listening().sort()).toEqual(['link', 'mount', 'rules']), limit)
})
afterAll(async () => {
  process.stdout.write(`${latencies.join('\n')}\n`)
  await signals.close()
  instance.end()
})

describe('drift tells of itself', () => {
  it('every source works here', async () => {
    await settled()
    await expect.poll(() => signals.sources().filter((one) => !one.ok), limit).toEqual([])
  })

  it('nothing is told at rest', async () => {
    await settled()
    await delay(1500)
    expect(got).toEqual([])
  })

  for (const { what, signals: wanted, breaks } of breakages(instance)) {
    if ('none' in wanted) {
      it(`${what}: tells nobody, as ${wanted.none}; the periodic look is for it`, async () => {
        await settled()
        await breaks()
        await delay(1500)
        expect(got).toEqual([])
        instance.apply()
      })
      continue
    }
    it(what, async () => {
      await settled()
      await breaks()
      const broken = performance.now()
      const fitting = () => got.find((signal) => wanted.includes(signal.kind))
      await expect.poll(() => fitting() !== undefined, limit).toBe(true)
      const { kind, detail, at: seenAt } = fitting() as (typeof got)[number]
      latencies.push(`${(seenAt - broken).toFixed(1)} ms  ${what}  (${kind}: ${detail})`)
      instance.apply()
    })
  }

  it('a monitor that is killed comes back, and says so', async () => {
    await settled()
    const [monitor] = childrenOf(process.pid).filter((pid) => commandOf(pid).startsWith('nft monitor'))
    process.kill(monitor as number, 'SIGKILL')
    await expect.poll(() => got.some(({ detail }) => detail.includes('ended by SIGKILL')), limit).toBe(true)
    await expect.poll(() => got.some(({ detail }) => detail === 'nft listens'), limit).toBe(true)
    expect(signals.sources().filter((one) => one.kind === 'rules')).toMatchObject([{ ok: true }])
  })
})

describe('where changed rules tell nobody', () => {
  it('a signal comes every 5 s in their place', async () => {
    class LegacyReader extends LocalReader {
      override async query(command: Command): Promise<CommandResult> {
        return { ...(await super.query(command)), stdout: 'iptables-save v1.8.9 (legacy)' }
      }
    }
    const told: Signal[] = []
    const without = await openSignals({ paths, reader: new LegacyReader() }, (signal) => told.push(signal))
    const why = 'iptables uses its legacy backend'
    await without.sync()
    expect(without.sources()).toContainEqual({ kind: 'rules', ok: false, how: why })
    await expect
      .poll(() => told, { timeout: 15_000 })
      .toContainEqual({ kind: 'rules', detail: `${why}: periodic check` })
    await without.close()
  })
})

describe('a process that is killed with -9', () => {
  it('leaves no monitor behind', async () => {
    const bundle = join(instance.base, 'signals.mjs')
    await build({
      stdin: {
        contents: `
          import { LocalReader } from '../../../src/host/local.ts'
          import { instancePaths } from '../../../src/host/files/paths.ts'
          import { openSignals } from '../../../src/watch/signals/signals.ts'
          const signals = await openSignals({ paths: instancePaths(process.env), reader: new LocalReader() }, () => {})
          await signals.sync()
          console.log('open')`,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: bundle,
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
    })
    const watcher = spawn(process.execPath, [bundle], {
      env: instance.environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await firstOutput(watcher)
    const children = childrenOf(watcher.pid as number)
    expect(children.length).toBe(3)
    watcher.kill('SIGKILL')
    await expect.poll(() => children.filter(lives), limit).toEqual([])
  })
})

const firstOutput = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.stdout?.once('data', () => resolve()))
const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
/** Neither ended nor a zombie. */
const lives = (pid: number): boolean => existsSync(`/proc/${pid}/cwd`)
