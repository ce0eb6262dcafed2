import { setTimeout as delay } from 'node:timers/promises'
import type { Container as ContainerFields } from '../generated/stack-file.ts'
import { requireExecTexts } from '../model/command/exec-texts.ts'
import { refusedError } from '../model/errors.ts'
import type { RunState } from '../model/kinds/container.ts'
import { isOwned } from '../model/observation.ts'
import { isOwnImage, libraryOwner } from '../model/ownership.ts'
import { parseResourceAddress, type ResourceAddress } from '../model/resource-address.ts'
import { object, parseAs } from '../model/values/shape.ts'
import { openContainerPane } from '../reconciler/engine/tmux.ts'
import { ConfigurableContainer } from './containers/configurable-container.ts'
import { type LogEntry, type LogOptions, logEntries } from './containers/logs.ts'
import type { TmuxPaneOptions } from './containers/tmux.ts'
import { type ResourceUsage, usageOf } from './containers/usage.ts'
import { awaitEnd, type WaitOptions } from './containers/wait.ts'
import { removeDefinition, writeDefinition } from './definitions.ts'
import { argvOf, type ExecOptions, type ExecResult, execIn, execInTerminal } from './exec.ts'
import { heropodsCommand, type Instance } from './instance.ts'
import { Node } from './node.ts'
import { containerResources } from './objects/library-stack.ts'

/** `running`: it has a process. `stopped`: it has none, or was never started. `unknown`: the host could not be read. */
export type ContainerStatus = 'running' | 'stopped' | 'paused' | 'unknown'

/** The state of a container. Times are RFC 3339. */
export interface ContainerState {
  readonly status: ContainerStatus
  /** The state in the words of `heropods ps`, e.g. `exited`, `completed` or `held`. */
  readonly state: RunState
  /** Pid of its first process; undefined: it has none. */
  readonly pid?: number
  /** Exit code of its last run; undefined: it runs, or never ran. */
  readonly exitCode?: number
  /** True if the kernel killed one of its processes because of a lack of memory. */
  readonly outOfMemory: boolean
  readonly startedAt?: string
  /** The IPv4 addresses by network. */
  readonly addresses: Readonly<Record<string, string>>
}

export interface StartOptions {
  /**
   * The container stays after its entrypoint has exited with 0, so that commands can run in it. An entrypoint that exits with another
   * code is an error. Default: as it was defined.
   */
  readonly keepAlive?: boolean
}

export interface StopOptions {
  /** Milliseconds between the stop signal and SIGKILL. Default: the container's `stop_grace_period`, else 10,000. */
  readonly graceMs?: number
}

/** The longest wait for the process that keeps a container, and the time between two looks, milliseconds. */
const [heldWithinMs, pollMs] = [10_000, 50]

/**
 * A container of an instance. Methods that configure it change only its definition in this object; `start` and `saveConfig` store it. A
 * container of a stack can be used, but only its stack can configure or delete it.
 * @hideconstructor
 */
export class Container extends ConfigurableContainer {
  readonly #instance: Instance

  /** @internal Programs use `HeroPods.containerNew`, `get` or `list`. `fields`: the definition; undefined: a stack defines it. */
  constructor(instance: Instance, address: ResourceAddress, fields: ContainerFields | undefined) {
    super(address, fields)
    this.#instance = instance
  }

  /**
   * Starts the container, or gives a running one its changed definition. Pulls the image if it is not here. A running container without
   * changes is left as it is. Raises the errors of `heropods apply`, e.g. `image-pull-failed`, `container-exited`.
   */
  async start(options: StartOptions = {}): Promise<void> {
    const { keepAlive } = options
    if (this.fields === undefined) return this.startOfStack()
    if (keepAlive !== undefined) this.change({ keep_alive: keepAlive })
    await this.saveConfig()
    const { key } = await this.#instance.changes.view({ createsKey: true })
    await this.#instance.changes.submit({
      ...(await containerResources(this.#instance, key, this.name, this.own())),
      owner: libraryOwner,
      removes: [],
      adopts: false,
      deleteData: false,
    })
    if (this.own().keep_alive) await this.waitUntilHeld()
  }

  /** An entrypoint that has ended with 0 is followed by the process that keeps the container. */
  private async waitUntilHeld(): Promise<void> {
    const isBetween = ({ state, exitCode }: ContainerState): boolean => state !== 'held' && exitCode === 0
    for (let waited = 0; waited < heldWithinMs && isBetween(await this.state()); waited += pollMs) await delay(pollMs)
  }

  private async startOfStack(): Promise<void> {
    const outcomes = await this.#instance.write((engine) => engine.start([this.address]))
    for (const { error } of outcomes) if (error !== undefined) throw error
  }

  /** Stops the container: its stop signal, then SIGKILL. A stopped one is left as it is. */
  stop(options: StopOptions = {}): Promise<void> {
    return this.#instance.stops.stop(this.address, options.graceMs)
  }

  /** Gives the container a new process. Its address and files stay. */
  async restart(options: StopOptions = {}): Promise<void> {
    const { graceMs } = options
    const outcomes = await this.#instance.write((engine) =>
      engine.restart([this.address], graceMs === undefined ? {} : { grace: graceMs }),
    )
    for (const { error } of outcomes) if (error !== undefined) throw error
  }

  /** Stops and removes the container with its files and its definition. An absent one is not an error. */
  async delete(): Promise<void> {
    this.requireOwn()
    const { observations } = await this.#instance.observe()
    const images = [...observations.keys()].filter((one) => isOwnImage(one, this.address))
    if (observations.has(this.address) || images.length > 0)
      await this.#instance.changes.submit({
        owner: libraryOwner,
        resources: [],
        secretValues: new Map(),
        removes: [this.address, ...images],
        adopts: false,
        deleteData: false,
      })
    await removeDefinition(this.#instance, 'containers', this.name)
  }

  /**
   * Runs a command inside the container, which is started if it does not run. A text is a command for `/bin/sh -c` in the container; a
   * list is a program with its arguments, without a shell. Raises `exec-failed` for another exit code than 0, unless `check` is false.
   */
  async exec(command: string | readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const { status } = await this.state()
    if (status === 'stopped') await this.start()
    return execIn(this.#instance, this.address, command, options)
  }

  async status(): Promise<ContainerStatus> {
    return (await this.state()).status
  }

  /** The status with exit code, times and addresses. */
  async state(): Promise<ContainerState> {
    const { observations } = await this.#instance.observe()
    const observed = observations.get(this.address)
    if (observed === undefined) return { status: 'stopped', state: 'absent', outOfMemory: false, addresses: {} }
    if (!isOwned(observed, 'container'))
      return { status: 'unknown', state: 'absent', outOfMemory: false, addresses: {} }
    const { actual, spec } = observed
    return {
      status: statusOf(actual.state),
      state: actual.state,
      ...(actual.pid !== undefined && { pid: actual.pid }),
      ...(actual.exitCode !== undefined && { exitCode: actual.exitCode }),
      outOfMemory: actual.outOfMemory ?? false,
      ...(actual.startedAt !== undefined && { startedAt: actual.startedAt }),
      addresses: Object.fromEntries(
        (spec?.networks ?? []).map((one) => [parseResourceAddress(one.network).name, one.ipv4_address]),
      ),
    }
  }

  /**
   * Waits until the present run of the container has ended, and returns the state with its exit code; at once if it does not run. Needs no
   * `watch`. Raises `interrupted` if the signal is aborted.
   */
  async wait(options: WaitOptions = {}): Promise<ContainerState> {
    const exitCode = await awaitEnd(this.#instance, this.address, options)
    return { ...(await this.state()), ...(exitCode !== undefined && { exitCode }) }
  }

  /** Pid of the first process of the container. Raises `not-running` (refused). */
  async pid(): Promise<number> {
    const { pid } = await this.state()
    if (pid !== undefined) return pid
    throw refusedError({ code: 'not-running', message: `${this.name} is not running.`, hint: '`start()` starts it.' })
  }

  /** CPU time, memory and processes over an interval. `intervalMs` default: 500. Raises `not-running` (refused). */
  usage(intervalMs?: number): Promise<ResourceUsage> {
    return usageOf(this.#instance, this.address, intervalMs)
  }

  /** Percent of one CPU over half a second: 200 is two full CPUs. Raises `not-running` (refused). */
  async cpuUsage(): Promise<number> {
    return (await this.usage()).cpuPercent
  }

  /** Memory in use, MiB (2^20 bytes), without page cache that the kernel can drop. Raises `not-running` (refused). */
  async memUsage(): Promise<number> {
    return (await this.usage(0)).memoryBytes / 2 ** 20
  }

  /** The lines of the container's log, oldest first. With `follow` it continues until the container has ended. */
  logs(options: LogOptions = {}): AsyncGenerator<LogEntry> {
    return logEntries(this.#instance, this.address, options)
  }

  /** Commands, files and folders inside the container. */
  node(): Node {
    return new Node(
      (command, options) => this.exec(command, options),
      (argv) => execInTerminal(this.#instance, this.address, argv),
      `in ${this.name}`,
    )
  }

  /**
   * A pane of tmux in the session of the instance, where a command runs in the container. The session and the window are made if they do
   * not exist. A pane that exists stays as it is, unless `reset` is set. Raises `invalid` (refused), and `tool-missing` without tmux.
   */
  async tmuxPane(options: TmuxPaneOptions = {}): Promise<void> {
    const argv = argvOf(options.cmd ?? ['/bin/sh'])
    const names = [options.windowName ?? '', options.paneName ?? '']
    requireExecTexts({ argv: [...argv, ...names], ...(options.env && { env: options.env }) })
    await this.start()
    const { host, paths } = this.#instance
    await openContainerPane(host, this.address, {
      session: paths.instance,
      window: options.windowName,
      pane: options.paneNr ?? 0,
      title: options.paneName,
      reset: options.reset ?? false,
      heropodsCommand,
      argv,
      env: Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${value}`),
    })
  }

  /** The OCI configuration (config.json) of the last run; undefined: it was never started. Raises `record-damaged` (refused). */
  async config(): Promise<unknown> {
    const { observations } = await this.#instance.observe()
    const observed = observations.get(this.address)
    const id = isOwned(observed, 'container') ? observed.actual.id : undefined
    const { bundle } = await this.#instance.read((engine) => engine.details(this.address, id))
    const path = `${bundle}/config.json`
    const text = await this.#instance.host.readFile(path)
    if (text === undefined) return undefined
    const { value, problem } = parseAs(object<object>({}), text)
    if (problem === undefined) return value
    throw refusedError({
      code: 'record-damaged',
      message: `The configuration ${path} of ${this.name} is damaged: it ${problem}.`,
      hint: '`stop()` and `start()` write it again.',
    })
  }

  /** Stores the definition, for other programs and the next start. */
  async saveConfig(): Promise<void> {
    await writeDefinition(this.#instance, 'containers', this.name, this.own())
  }
}

const statusOf = (state: RunState): ContainerStatus =>
  state === 'running' || state === 'held' ? 'running' : state === 'paused' ? 'paused' : 'stopped'
