import { join } from 'node:path'
import { type CgroupHost, controllerDir, daemonsCgroup } from '../../host/cgroup.ts'
import type { HostReader } from '../../host/host.ts'
import type { OnSignal } from './signal.ts'

/** Interval of the check, milliseconds. */
const intervalMs = 100

/**
 * Signals the death of conmons. An exited process leaves an exit code, which its conmon writes. A killed conmon leaves nothing, and the kernel
 * sends us no event. All conmons are in one cgroup, so one read shows a missing one; a check of each of 200 would need most of the CPU time
 * that an idle watch may use.
 */
export class Supervisors {
  private living = new Map<number, string>()
  private readonly dead = new Set<number>()
  private readonly list: string
  /** The last list that contained all of them. */
  private complete: string | undefined
  private readonly timer: NodeJS.Timeout

  constructor(
    private readonly host: HostReader,
    cgroups: CgroupHost,
    private readonly onSignal: OnSignal,
  ) {
    this.list = join(controllerDir(cgroups, 'pids', daemonsCgroup), 'cgroup.procs')
    this.timer = setInterval(() => void this.poll(), intervalMs)
    this.timer.unref()
  }

  /** Sets the conmons to check, with their containers. Each death is signalled once. */
  sync(supervised: ReadonlyMap<number, string>): void {
    for (const pid of this.dead) if (!supervised.has(pid)) this.dead.delete(pid)
    this.living = new Map([...supervised].filter(([pid]) => !this.dead.has(pid)))
    this.complete = undefined
  }

  close(): void {
    clearInterval(this.timer)
  }

  private async poll(): Promise<void> {
    if (this.living.size === 0) return
    const list = await this.host.readFile(this.list).catch(() => undefined)
    if (list !== undefined && list === this.complete) return
    const listed = new Set(list?.split('\n'))
    const missing = [...this.living].filter(([pid]) => !listed.has(String(pid)))
    if (missing.length === 0) this.complete = list
    for (const [pid, name] of missing) {
      if ((await this.isThere(pid)) || this.living.get(pid) !== name) continue
      this.living.delete(pid)
      this.dead.add(pid)
      this.onSignal({ kind: 'process', detail: `the supervisor of ${name} (pid ${pid}) is gone` })
    }
  }

  /** Zombies have no working folder; `kill(pid, 0)` reports them as alive, and where PID 1 does not reap they stay. */
  private async isThere(pid: number): Promise<boolean> {
    return (await this.host.statTarget(`/proc/${pid}/cwd`).catch(() => undefined)) !== undefined
  }
}
