import type { Readable, Writable } from 'node:stream'

/** A program with its arguments; no shell reads it. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
  /** Data on standard input. */
  readonly input?: string | Buffer
  /** The environment of the child, in addition to PATH and LC_ALL. It inherits no variables. */
  readonly env?: Readonly<Record<string, string>>
  /** Working folder, default `/`. */
  readonly cwd?: string
  /** Milliseconds, default 60,000. */
  readonly timeoutMs?: number
  /** Descriptors that the child inherits as 3, 4 ... */
  readonly descriptors?: readonly number[]
  /** The command starts a daemon, which must not inherit the writer's lock. */
  readonly leavesDaemon?: boolean
}

/** The result of a command, successful or not. */
export interface CommandResult {
  readonly command: Command
  /** undefined: it was ended by a signal or never started. */
  readonly exitCode: number | undefined
  readonly signal: string | undefined
  readonly stdout: string
  readonly stderr: string
  /** The program does not exist on this host. */
  readonly missing: boolean
}

/** The result of a command whose output was streamed. */
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
  readonly timeoutMs: number
}

export interface BoundedResult {
  /** undefined: ended by a signal. */
  readonly exitCode: number | undefined
  readonly timedOut: boolean
  /** The last 4 kB of its output. */
  readonly output: string
}

/** Where the input of a program comes from and its output goes to. */
export interface ProgramStreams {
  /** undefined: the program has no input. */
  readonly stdin: Readable | undefined
  readonly stdout: Writable
  readonly stderr: Writable
}

export interface InteractiveProgram {
  readonly program: string
  readonly args: readonly string[]
  /** The program reads the standard input of this process; else it has none. */
  readonly stdin: boolean
  /** Streams instead of those of this process. Not together with `terminal`. */
  readonly streams?: ProgramStreams
  /** Ends the program, with the process group whose leader is in `pidFile`. */
  readonly signal?: AbortSignal
  /** File into which the program writes the pid of the process that it runs. */
  readonly pidFile?: string
  /** Signals that end or notify this process go to the program, which passes them on. Default: only those of the terminal reach it. */
  readonly passesSignals?: boolean
  /** The program makes its own terminal from that of this process. */
  readonly terminal: boolean
  /** Its child has a terminal of its own, which must follow the size of that of this process. */
  readonly hasInnerTerminal?: boolean
  readonly env: Readonly<Record<string, string>>
  /** Text that it reads from descriptor 3. */
  readonly data: string
  /** Folder for unnamed files. */
  readonly folder: string
}

/** Commands that only read. */
export interface CommandReader {
  /** Runs a command that only reads; never raises for its exit code. */
  query(command: Command, signal?: AbortSignal): Promise<CommandResult>
  /** Runs a command that only reads and passes its output to `onChunk` in parts. If `onChunk` returns false, the command is ended. */
  stream(command: Command, onChunk: (chunk: Buffer) => boolean): Promise<StreamResult>
  /**
   * Runs a program that reports events until it is stopped, such as `ip monitor`. `onEnd` gets the reason if it ends by itself. It never
   * outlives this process. Only `program`, `args` and `env` of the command are used.
   */
  follow(command: Command, onLine: (line: string) => void, onEnd: (reason: string) => void): { stop(): void }
}

/** Commands that change the host. */
export interface CommandRunner {
  /** Runs a command. Its child inherits the writer's lock, so the lock outlives a killed HeroPods. Raises `command-failed`, `tool-missing`. */
  run(command: Command, signal?: AbortSignal): Promise<CommandResult>
  /** The same, but never raises for the exit code. The caller checks the effect on the host. */
  attempt(command: Command, signal?: AbortSignal): Promise<CommandResult>
  /** Starts a daemon and returns its pid: own session, working folder `/`, umask 077, no inherited descriptors, in the cgroup of HeroPods' daemons. */
  spawnDaemon(command: Command): Promise<number>
  /** Starts a program that ends with its standard input, such as `cat`. It lives until `end`, and never longer than this process. */
  hold(command: Command): Promise<HeldProcess>
  /** Runs `act` in the cgroup of HeroPods' daemons and with ordinary process attributes, so that daemons started by `run` get both. */
  inOwnCgroup<T>(act: () => Promise<T>): Promise<T>
  /** Runs a program with closed standard input until it ends, its time is over or `signal` is aborted. Raises if it cannot be started. */
  runBounded(program: BoundedProgram, signal: AbortSignal): Promise<BoundedResult>
  /** Runs a program for the user of this process. Returns its exit code, or 128 + the number of the signal that ended it. */
  interactive(program: InteractiveProgram): Promise<number>
}
