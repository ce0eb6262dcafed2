import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CgroupHost, controllerDir, OwnCgroup } from '../../host/cgroup.ts'
import type { OnSignal } from './signal.ts'

/** Milliseconds between two looks at who lives. */
const interval = 100

/**
 * Tells of the death of conmons. A container's process that ends leaves an exit code, written by its conmon; a conmon that is killed
 * leaves nothing, and no event of the kernel's reaches us. All conmons stand in one cgroup: one read says whether any is gone, where
 * asking for each of 200 would cost most of what a watch may use at rest.
 */
export class Supervisors {
  private living = new Map<number, string>()
  private readonly dead = new Set<number>()
  private readonly list: string
  /** The list in which all of them stood. */
  private complete: string | undefined
  private readonly timer: NodeJS.Timeout

  constructor(
    cgroups: CgroupHost,
    private readonly onSignal: OnSignal,
  ) {
    this.list = join(controllerDir(cgroups, 'pids', OwnCgroup.path), 'cgroup.procs')
    this.timer = setInterval(() => this.poll(), interval)
    this.timer.unref()
  }

  /** Whose conmons are to be told of, each death once. */
  sync(supervised: ReadonlyMap<number, string>): void {
    for (const pid of this.dead) if (!supervised.has(pid)) this.dead.delete(pid)
    this.living = new Map([...supervised].filter(([pid]) => !this.dead.has(pid)))
    this.complete = undefined
  }

  close(): void {
    clearInterval(this.timer)
  }

  private poll(): void {
    if (this.living.size === 0) return
    const list = this.read()
    if (list !== undefined && list === this.complete) return
    const listed = new Set(list?.split('\n'))
    const missing = [...this.living].filter(([pid]) => !listed.has(String(pid)))
    if (missing.length === 0) this.complete = list
    for (const [pid, name] of missing) {
      if (isThere(pid)) continue
      this.living.delete(pid)
      this.dead.add(pid)
      this.onSignal({ kind: 'process', detail: `the supervisor of ${name} (pid ${pid}) is gone` })
    }
  }

  private read(): string | undefined {
    try {
      return readFileSync(this.list, 'latin1')
    } catch {
      return undefined
    }
  }
}

/** Zombies have no working folder; `kill(pid, 0)` takes them for living, and where PID 1 does not reap they stay. */
const isThere = (pid: number): boolean => existsSync(`/proc/${pid}/cwd`)
