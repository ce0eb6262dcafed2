import type { HttpProbe } from '../../model/kinds/container.ts'

/** A process that cannot be confused with a later one of the same pid: its start time is in clock ticks since boot (proc(5)). */
export interface ProcessIdentity {
  readonly pid: number
  readonly startTime: number
}

/** The user who gave a command. */
export interface Caller {
  readonly user: string
  /** How the user became root, where that is known. */
  readonly via?: 'sudo' | 'login'
}

/** Answer of a health check over the network. */
export interface ProbeAnswer {
  readonly ok: boolean
  readonly output: string
}

export interface ProcessReader {
  /** The process that has a pid now; undefined if there is none, or only a zombie. */
  processIdentity(pid: number): Promise<ProcessIdentity | undefined>
  /** True if exactly this process is alive. */
  isAlive(known: ProcessIdentity | undefined): Promise<boolean>
  /** The user who started this run. */
  caller(): Caller
  /** One GET request from this host. A redirection is not followed. */
  probeHttp(probe: HttpProbe, address: string, signal: AbortSignal): Promise<ProbeAnswer>
  /** Connects from this host to a port and closes the connection. */
  probeTcp(port: number, address: string, signal: AbortSignal): Promise<ProbeAnswer>
}

export interface ProcessControl {
  /** Sends a signal; answers false if there is no such process. */
  kill(pid: number, signal: NodeJS.Signals | number): Promise<boolean>
  /**
   * Gives this process ordinary attributes (priority, CPUs, scheduler, I/O class, limits) once, so that the processes it starts do not
   * inherit those of the caller's shell. An attribute that cannot be changed stays.
   */
  resetAttributes(): Promise<void>
}
