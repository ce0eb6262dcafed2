import { existsSync } from 'node:fs'
import type { OnSignal } from './signal.ts'

/** Milliseconds between two looks at who lives. */
const interval = 200

/**
 * Tells of the death of conmons. A container's process that ends leaves an exit code, written by its conmon; a conmon that is killed
 * leaves nothing, and no event of the kernel's reaches us. /proc/PID/cwd is there neither for the dead nor for zombies, which `kill(pid,
 * 0)` takes for living: on a machine whose PID 1 does not reap they stay.
 */
export class Supervisors {
  private living = new Map<number, { path: string; name: string }>()
  private readonly dead = new Set<number>()
  private readonly timer: NodeJS.Timeout

  constructor(private readonly onSignal: OnSignal) {
    this.timer = setInterval(() => this.poll(), interval)
    this.timer.unref()
  }

  /** Whose conmons are to be told of, each death once. */
  sync(supervised: ReadonlyMap<number, string>): void {
    for (const pid of this.dead) if (!supervised.has(pid)) this.dead.delete(pid)
    this.living = new Map(
      [...supervised]
        .filter(([pid]) => !this.dead.has(pid))
        .map(([pid, name]) => [pid, { path: `/proc/${pid}/cwd`, name }]),
    )
  }

  close(): void {
    clearInterval(this.timer)
  }

  private poll(): void {
    for (const [pid, { path, name }] of this.living) {
      if (existsSync(path)) continue
      this.living.delete(pid)
      this.dead.add(pid)
      this.onSignal({ kind: 'process', detail: `the supervisor of ${name} (pid ${pid}) is gone` })
    }
  }
}
