import type { HostReader } from '../host.ts'

/** Milliseconds between two checks if the kernel reports no changes. */
const [pollIntervalMs, safetyIntervalMs] = [5, 250]

/** Changes of a file or folder, reported by the kernel. If it has no watch left, `next` returns at intervals. */
export class PathChanges {
  private watcher: { close(): void } | undefined
  private pauseMs = safetyIntervalMs
  private hasChanged = false
  private wake: () => void = () => undefined

  constructor(host: Pick<HostReader, 'watchPath'>, path: string) {
    try {
      this.watcher = host.watchPath(path, { onChange: () => this.change(), onError: () => this.lose() })
    } catch {
      this.lose()
    }
  }

  /** Returns after a change since the last call, and sometimes without one. `mostMs`: the longest wait. */
  async next(mostMs: number): Promise<void> {
    if (!this.hasChanged)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, Math.min(mostMs, this.pauseMs)))
        this.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    this.hasChanged = false
  }

  close(): void {
    this.watcher?.close()
  }

  private change(): void {
    this.hasChanged = true
    this.wake()
  }

  private lose(): void {
    this.pauseMs = pollIntervalMs
    this.wake()
  }
}
