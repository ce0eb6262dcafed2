/** A program with its arguments; no shell reads it. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
  /** Data on standard input. */
  readonly input?: string | Buffer
  /** The environment of the child beside PATH and LC_ALL; nothing is inherited. */
  readonly env?: Readonly<Record<string, string>>
  /** Working folder, default `/`. */
  readonly cwd?: string
  /** Milliseconds, default 60,000. */
  readonly timeout?: number
  /** Descriptors that the child inherits, as 3, 4 ... */
  readonly descriptors?: readonly number[]
  /** It starts a daemon, which must not inherit the writer's lock. */
  readonly leavesDaemon?: boolean
}

/** How a command ended, with success or without. */
export interface CommandResult {
  readonly command: Command
  /** undefined when it was ended by a signal or never started. */
  readonly exitCode: number | undefined
  readonly signal: string | undefined
  readonly stdout: string
  readonly stderr: string
  /** The program does not exist on this host. */
  readonly missing: boolean
}

/** How a command ended whose output was handed on as it came. */
export interface StreamResult {
  /** undefined: it was ended, or could not be started. */
  readonly exitCode: number | undefined
  /** The end of its standard error. */
  readonly stderr: string
  /** The program does not exist on this host. */
  readonly missing: boolean
}

/** A process that ends with its standard input. */
export interface HeldProcess {
  readonly pid: number
  end(): Promise<void>
}

/** A program that runs another one elsewhere, such as `crun exec`, within a time limit. */
export interface BoundedProgram {
  readonly program: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Text that it reads from descriptor 3. */
  readonly data: string
  /** Named pipe for its output. Node's own pipes are sockets, which a program cannot open as /dev/stdout. */
  readonly output: string
  /** File with the pid of the process that it runs; that process group is killed when the time is over. */
  readonly pidFile: string
  /** Milliseconds. */
  readonly timeout: number
}

export interface BoundedResult {
  /** undefined: ended by a signal. */
  readonly exitCode: number | undefined
  readonly timedOut: boolean
  /** The last 4 kB of its output. */
  readonly output: string
}

export interface InteractiveProgram {
  readonly program: string
  readonly args: readonly string[]
  /** It reads this process's standard input; else it has none. */
  readonly stdin: boolean
  /** It makes a terminal of its own from the one of this process. */
  readonly terminal: boolean
  readonly env: Readonly<Record<string, string>>
  /** Text that it reads from descriptor 3. */
  readonly data: string
  /** Folder for files without a name. */
  readonly folder: string
}

/** Commands that only read. */
export interface CommandReader {
  /** Runs a command that only reads; never raises for its exit code. */
  query(command: Command, signal?: AbortSignal): Promise<CommandResult>
  /** Runs a command that only reads and hands its output on in parts. The command is ended when `onChunk` answers false. */
  stream(command: Command, onChunk: (chunk: Buffer) => boolean): Promise<StreamResult>
  /**
   * Runs a program that reports events until it is stopped, such as `ip monitor`. `onEnd` gets the reason when it ends by itself. It
   * never outlives this process. Of the command only `program`, `args` and `env` are used.
   */
  follow(command: Command, onLine: (line: string) => void, onEnd: (reason: string) => void): { stop(): void }
}

/** Commands that change the host. */
export interface CommandRunner {
  /** Runs a command. Its child inherits the writer's lock, so the lock outlives a killed HeroPods. Raises `command-failed`, `tool-missing`. */
  run(command: Command, signal?: AbortSignal): Promise<CommandResult>
  /** The same, but never raises for the exit code: the caller reads the effect back. */
  attempt(command: Command, signal?: AbortSignal): Promise<CommandResult>
  /** Starts a daemon and answers its pid: own session, working folder `/`, umask 077, no descriptors of ours, in the cgroup of HeroPods' daemons. */
  spawnDaemon(command: Command): Promise<number>
  /** Starts a program that ends with its standard input, as `cat` does. It lives until `end`, and never longer than this process. */
  hold(command: Command): Promise<HeldProcess>
  /** Runs `act` in the cgroup of HeroPods' daemons and with ordinary process attributes, so that daemons started by `run` get both. */
  inOwnCgroup<T>(act: () => Promise<T>): Promise<T>
  /** Runs a program with closed standard input until it ends, its time is over or `signal` is aborted. Raises if it cannot be started. */
  runBounded(program: BoundedProgram, signal: AbortSignal): Promise<BoundedResult>
  /** Runs a program for the user of this process. Returns its exit code, or 128 + the number of the signal that ended it. */
  interactive(program: InteractiveProgram): Promise<number>
}
