import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import type { EventType } from '../../../src/model/event.ts'
import type { StackStatus } from '../../../src/model/status.ts'
import type { PlanStep } from '../support.ts'
import { Watched } from '../watch/watching.ts'
import { Desk } from './desk.ts'
import { nothing, type Stated, statedBy } from './stated.ts'

/** Something that a team does to its folder, and what a watch may say of it beside that it does it. */
export interface Act {
  readonly name: string
  play(desk: Desk, watched: Play): Promise<void> | void
  /** Each of these comes, and no other sign of trouble. */
  readonly tells?: readonly EventType[]
}

/** A container as it runs. */
interface Running {
  readonly process: string
  readonly version: string
}

/** They come of changes that go well. */
const calm: readonly EventType[] = [
  'watch.started',
  'watch.stopped',
  'source.changed',
  'stack.progressing',
  'stack.applied',
  'stack.pruned',
  'container.started',
  'container.exited',
  'apply.started',
  'apply.finished',
]
/** One of these comes of every change. */
const ends: readonly EventType[] = ['stack.applied', 'stack.pruned']
const soon = { timeout: 30_000, interval: 100 }
/** Longer than the settle time, and a look. Milliseconds. */
const lull = 600

/** A watched folder on which acts are played, each held against what the folder then states. */
export class Play extends Watched {
  readonly desk = new Desk(this.base, this.folder, () => this.moments.push(statedBy(this.folder, this.now)))
  private now: Stated = nothing
  private moments: Stated[] = []
  private running: ReadonlyMap<string, Running> = new Map()
  private generation = 0

  begin(environment: NodeJS.ProcessEnv = {}): void {
    this.watch([this.folder], ['--no-listen', '--settle', '300ms'], environment)
  }

  /** The watch ends, and another one comes when this is done. */
  async anew(signal: NodeJS.Signals, meanwhile: () => Promise<void> | void): Promise<void> {
    await this.unwatch(signal)
    await meanwhile()
    this.begin()
  }

  /** Plays an act, waits until the host is as the folder states, and finds every step that does not follow from it. */
  async play({ name, play, tells = [] }: Act): Promise<void> {
    const [before, running, heard] = [this.now, this.running, this.events.length]
    this.moments = []
    await play(this.desk, this)
    this.restate()
    const said = (): readonly EventType[] => this.events.slice(heard).map((event) => event.type)
    await expect.poll(said, { ...soon, message: `${name}: events` }).toEqual(expect.arrayContaining([...tells]))
    if (versionsOf(before).join() === versionsOf(this.now).join()) await delay(lull)
    else await expect.poll(() => said().some((type) => ends.includes(type)), soon).toBe(true)
    await this.reach(name, tells.includes('stack.held'))
    const touched = touchedBy([before, ...this.moments, this.now])
    for (const [at, { process }] of running)
      if (!touched.has(at)) expect(this.running.get(at)?.process, `${name}: ${at} has the same process`).toBe(process)
    expect(
      said().filter((type) => ![...calm, ...tells].includes(type)),
      `${name}: events`,
    ).toEqual([])
    const rollsBack = tells.includes('stack.rolled-back')
    this.checkSteps(name, [before, ...this.moments, this.now], rollsBack)
  }

  /** Takes up what the folder states, whatever became of what it stated before. */
  restate(): Stated {
    this.now = statedBy(this.folder, this.now)
    return this.now
  }

  /** Waits until the host is as the folder states. */
  async reach(name: string, held = false): Promise<void> {
    await expect
      .poll(() => this.conditions(), { ...soon, message: `${name}: status` })
      .toEqual(conditionsOf(this.now, held))
    await expect.poll(() => this.look(), { ...soon, message: `${name}: containers` }).toEqual(versionsOf(this.now))
  }

  /** Nothing is left to do. */
  checkWhole(): void {
    expect(this.now.wrong).toBe(false)
    expect(this.steps(this.folder)).toEqual([])
  }

  private conditions(): Readonly<Record<string, string>> {
    const { stacks } = JSON.parse(this.ok('status', '--json')) as { stacks: StackStatus[] }
    return Object.fromEntries(
      stacks.map(({ stack, conditions }) => [
        stack,
        conditions
          .filter((one) => one.status)
          .map((one) => one.type)
          .join(),
      ]),
    )
  }

  private look(): readonly string[] {
    const { containers } = JSON.parse(this.ok('ps', '--json')) as {
      containers: { address: string; pid: number | null; state: string }[]
    }
    this.running = new Map(
      containers.map(({ address, pid, state }) => [address.replace('/container', ''), runningOf(pid, state)]),
    )
    return [...this.running].map(([at, { version }]) => `${at} ${version}`).sort()
  }

  /** Each new generation only does what leads from one of these states to another, and does it once. */
  private checkSteps(name: string, states: readonly Stated[], again: boolean): void {
    const { generations } = JSON.parse(this.ok('history', '--json', '--limit', '100')) as {
      generations: { generation: number }[]
    }
    const fresh = generations
      .map((one) => one.generation)
      .filter((one) => one > this.generation)
      .reverse()
    this.generation = fresh.at(-1) ?? this.generation
    const steps = fresh.flatMap(
      (one) => (JSON.parse(this.ok('history', String(one), '--json')) as { steps: PlanStep[] }).steps,
    )
    const touched = touchedBy(states)
    const goes = (at: string): boolean => states.some((state) => !isStated(state, at))
    for (const step of steps) {
      const what = `${name}: ${step.action} ${step.address} (${step.reason})`
      if (step.action === 'delete' || step.action === 'release') expect(goes(step.address), what).toBe(true)
      else if (step.address.includes('/container/'))
        expect(touched.has(step.address.replace('/container', '')), what).toBe(true)
    }
    const containers = steps.map((step) => step.address).filter((at) => at.includes('/container/'))
    if (states.length === 2 && !again) expect(containers.sort(), `${name}: once each`).toEqual([...new Set(containers)])
  }
}

/** The process by its start, and what it sleeps. */
function runningOf(pid: number | null, state: string): Running {
  if (pid === null) return { process: '', version: state }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const started = stat.slice(stat.lastIndexOf(')')).split(' ')[20]
    const [, version = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return { process: `${pid} ${started}`, version }
  } catch {
    return { process: '', version: 'gone' }
  }
}

const versionsOf = ({ stacks }: Stated): readonly string[] =>
  [...stacks].flatMap(([stack, own]) => [...own].map(([key, version]) => `${stack}/${key} ${version}`)).sort()

const conditionsOf = ({ stacks, degraded }: Stated, held: boolean): Readonly<Record<string, string>> =>
  Object.fromEntries([...stacks.keys()].map((stack) => [stack, held || degraded.has(stack) ? 'Degraded' : 'Ready']))

/** Containers that are not the same in all of these states. */
function touchedBy(states: readonly Stated[]): ReadonlySet<string> {
  const all = states.map((state) => new Map(versionsOf(state).map((text) => text.split(' ') as [string, string])))
  const names = new Set(all.flatMap((one) => [...one.keys()]))
  const degraded = states.flatMap(({ degraded }) => [...degraded])
  return new Set(
    [...names].filter(
      (at) => new Set(all.map((one) => one.get(at))).size > 1 || degraded.includes(at.split('/')[0] as string),
    ),
  )
}

function isStated({ stacks }: Stated, address: string): boolean {
  const [stack = '', kind, key = ''] = address.split('/')
  // The default network is everybody's.
  if (stack === 'default') return stacks.size > 0
  return kind === 'container' ? stacks.get(stack)?.has(key) === true : stacks.has(stack)
}
