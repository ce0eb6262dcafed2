import { existsSync, readFileSync } from 'node:fs'
import type { OnSignal } from './signal.ts'

/** Milliseconds between two looks at who lives. */
const interval = 100

/**
 * Tells of the death of conmons. A container's process that ends leaves an exit code, written by its conmon; a conmon that is killed
 * leaves nothing, and no event of the kernel's reaches us. All of them stand in one cgroup, whose list costs one read; who is not in it
 * is asked for alone. /proc/PID/cwd is there neither for the dead nor for zombies, which `kill(pid, 0)` takes for living: on a machine
 * whose PID 1 does not reap they stay.
 */
export class Supervisors {
  private living = new Map<number, string>()
  /** The list in which all of them stood. */
  private complete = ''
  private readonly dead = new Set<number>()
  private readonly timer: NodeJS.Timeout

  /** `list` is the file of the cgroup's processes. */
  constructor(
    private readonly list: string,
    private readonly onSignal: OnSignal,
  ) {
    this.timer = setInterval(() => this.poll(), interval)
    this.timer.unref()
  }

  /** Whose conmons are to be told of, each death once. */
  sync(supervised: ReadonlyMap<number, string>): void {
    for (const pid of this.dead) if (!supervised.has(pid)) this.dead.delete(pid)
    this.living = new Map([...supervised].filter(([pid]) => !this.dead.has(pid)))
    this.complete = ''
  }

  close(): void {
    clearInterval(this.timer)
  }

  private poll(): void {
    if (this.living.size === 0) return
    const list = this.listed()
    if (list === this.complete) return
    const listed = new Set(list.split('\n'))
    const missing = [...this.living].filter(([pid]) => !listed.has(String(pid)))
    if (missing.length === 0) this.complete = list
    for (const [pid, name] of missing) {
      if (existsSync(`/proc/${pid}/cwd`)) continue
      this.living.delete(pid)
      this.dead.add(pid)
      this.onSignal({ kind: 'process', detail: `the supervisor of ${name} (pid ${pid}) is gone` })
    }
  }

  private listed(): string {
    try {
      return readFileSync(this.list, 'utf8')
    } catch {
      return ''
    }
  }
}
