import type { Command, CommandResult } from '../../contract/commands.ts'
import { Launcher } from './launcher.ts'
import { traceCommand } from './run-command.ts'

/** Starts of daemons that this process makes at the same time. From the second one on, a launcher makes them. */
export class DaemonStarts {
  private users = 0
  private starts = 0
  private launcher: Launcher | undefined

  /** Runs `act`, during which `run` may use a launcher. */
  async during<T>(act: () => Promise<T>): Promise<T> {
    this.users += 1
    try {
      return await act()
    } finally {
      this.users -= 1
      if (this.users === 0) await this.end()
    }
  }

  /** undefined: the caller starts the command itself. */
  async run(command: Command, lock: number | undefined, signal?: AbortSignal): Promise<CommandResult | undefined> {
    if (this.users === 0 || signal?.aborted) return undefined
    this.starts += 1
    if (this.starts === 1) return undefined
    this.launcher ??= new Launcher(lock)
    traceCommand(command)
    return this.launcher.run(command)
  }

  private async end(): Promise<void> {
    const { launcher } = this
    this.launcher = undefined
    this.starts = 0
    await launcher?.end()
  }
}
