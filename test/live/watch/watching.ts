import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect } from 'vitest'
import type { InstanceEvent } from '../../../src/model/event.ts'
import type { ConditionType, StackStatus } from '../../../src/model/status.ts'
import { hostState, Instance } from '../support.ts'

const cli = join(import.meta.dirname, '../../../dist/heropods.js')

/** An instance with a folder of stacks and a `heropods watch` on it, as a user would run it. */
export class Watched extends Instance {
  readonly folder = join(this.base, 'stacks')
  /** Everything the watch has printed as JSON, since its first start. */
  readonly events: InstanceEvent[] = []
  readonly warnings: string[] = []
  private child: ChildProcess | undefined

  constructor(extra: NodeJS.ProcessEnv = {}) {
    super(extra)
    mkdirSync(this.folder)
  }

  /** Starts the watch on the folder, or with these arguments; comes back at once. */
  watch(
    args: readonly string[] = [this.folder],
    options: readonly string[] = ['--no-listen', '--settle', '100ms'],
    environment: NodeJS.ProcessEnv = {},
    program = cli,
  ): void {
    const child = spawn(process.execPath, [program, 'watch', ...args, ...options, '--json'], {
      cwd: this.base,
      env: { ...this.environment, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    let rest = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) this.events.push(JSON.parse(line) as InstanceEvent)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.warnings.push(text))
  }

  /** A command that goes on until it is killed. */
  start(...args: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
    return spawn(process.execPath, [cli, ...args], {
      cwd: this.base,
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  get pid(): number {
    return this.child?.pid as number
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null
  }

  /** Ends the watch; answers its exit code, or the signal that ended it. */
  async unwatch(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string | null> {
    const child = this.child
    this.child = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    child.kill(signal)
    const [code, by] = (await once(child, 'exit')) as [number | null, string | null]
    return code ?? by
  }

  state(name: string, body: string): string {
    const path = join(this.folder, `${name}.yaml`)
    writeFileSync(path, `apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: ${name} }\n${body}`)
    return path
  }

  unstate(name: string): void {
    rmSync(join(this.folder, `${name}.yaml`))
  }

  /** Stacks of the folder. */
  stated(): readonly string[] {
    return readdirSync(this.folder).map((file) => basename(file, '.yaml'))
  }

  /** As the watch itself says it; undefined before it has said anything. */
  status(stack: string): StackStatus | undefined {
    const { watched, stacks } = JSON.parse(this.ok('status', '--json')) as { watched: unknown; stacks: StackStatus[] }
    return watched === null ? undefined : stacks.find((one) => one.stack === stack)
  }

  /** Types of the events of a stack, oldest first. */
  told(stack: string): readonly string[] {
    return this.events.filter((event) => event.stack === stack).map((event) => event.type)
  }

  /** Waits for an event, from the one with this index on; answers it. */
  async event(type: InstanceEvent['type'], stack?: string, from = 0): Promise<InstanceEvent> {
    const found = (): InstanceEvent | undefined =>
      this.events.slice(from).find((event) => event.type === type && (stack === undefined || event.stack === stack))
    await expect.poll(found, { timeout: 60_000, message: `no ${type} of ${stack ?? 'anyone'}` }).toBeDefined()
    return found() as InstanceEvent
  }

  async condition(stack: string, type: ConditionType, reason?: string): Promise<void> {
    await expect
      .poll(() => this.status(stack)?.conditions.find((one) => one.type === type && one.status)?.reason, {
        timeout: 30_000,
        interval: 300,
        message: `${stack} is not ${type}`,
      })
      .toEqual(reason ?? expect.any(String))
  }

  /** Waits until another generation than this one has proved itself. */
  async applied(stack: string, before: number | null | undefined): Promise<void> {
    const applied = (): number => this.status(stack)?.applied ?? 0
    await expect.poll(applied, { timeout: 30_000, interval: 300 }).toBeGreaterThan(before ?? 0)
  }

  ready = (stack: string): Promise<void> => this.condition(stack, 'Ready')

  /** Waits out what a watch that has nothing to do would still do. */
  rest = (): Promise<void> => delay(1500)

  override end(): void {
    this.child?.kill('SIGKILL')
    super.end()
  }
}

/** An instance with a watched folder for the tests of a file, which together leave the host as it was. */
export function watchedInstance(): Watched {
  const instance = new Watched()
  let pristine = ''
  beforeAll(() => {
    pristine = hostState()
  })
  afterAll(async () => {
    await instance.unwatch()
    instance.end()
    expect(hostState()).toBe(pristine)
  })
  return instance
}
