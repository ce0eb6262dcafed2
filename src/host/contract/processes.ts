import type { HttpProbe } from '../../model/kinds/container.ts'

/** A process, distinct from later ones with the same pid. The start time is in clock ticks since boot (proc(5)). */
export interface ProcessIdentity {
  readonly pid: number
  readonly startTime: number
}

/** The user who gave a command. */
export interface Caller {
  readonly user: string
  /** How the user became root, if known. */
  readonly via?: 'sudo' | 'login'
}

/** Result of a health check over the network. */
export interface ProbeAnswer {
  readonly ok: boolean
  /** Its last line is the request with its result. After an aborted signal it ends with `no answer`. */
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
  /** Sends a signal. Returns false if the process does not exist. */
  kill(pid: number, signal: NodeJS.Signals | number): Promise<boolean>
  /**
   * Gives this process ordinary attributes (priority, CPUs, scheduler, I/O class, limits) once, so that the processes it starts do not
   * inherit those of the caller's shell. An attribute that cannot be changed stays.
   */
  resetAttributes(): Promise<void>
}
