/** A command is a list, never a sentence. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
  /** Data on standard input. */
  readonly input?: string | Buffer
  /** The whole environment of the child beside PATH; nothing is inherited. */
  readonly env?: Readonly<Record<string, string>>
  /** Working folder, default `/`. */
  readonly cwd?: string
  /** Milliseconds, default 60,000. */
  readonly timeout?: number
  /** Descriptors to hand on: index in the child is 3, 4 ... */
  readonly descriptors?: readonly number[]
  /** It leaves a daemon behind, which must not inherit the writer's lock. */
  readonly leavesDaemon?: boolean
}

/** One shape for good and bad endings. */
export interface CommandResult {
  readonly command: Command
  /** undefined when ended by a signal or never started. */
  readonly exitCode: number | undefined
  readonly signal: string | undefined
  readonly stdout: string
  readonly stderr: string
  /** The program does not exist on this host. */
  readonly missing: boolean
}

/** A host that can only be looked at: observing and planning get this one. Absence is an answer, never an error. */
export interface HostReader {
  /** Runs a command that only reads; never throws for its exit code. */
  query(command: Command, signal?: AbortSignal): Promise<CommandResult>
  /** Content, or undefined if there is no such file. */
  readFile(path: string): Promise<string | undefined>
  readBytes(path: string): Promise<Buffer | undefined>
  /** Names in a folder, sorted; empty if there is none. */
  readDir(path: string): Promise<readonly string[]>
  readLink(path: string): Promise<string | undefined>
  /** undefined if absent. Does not follow links. */
  stat(path: string): Promise<FileStat | undefined>
}

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'link' | 'socket' | 'device' | 'fifo'
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  readonly mtimeMs: number
  readonly inode: number
  /** Numbers of a device node. */
  readonly device?: { readonly type: 'b' | 'c'; readonly major: number; readonly minor: number }
}

/** A host that can be changed: only steps get this one. Failure raises a HeroPodsError with code `command-failed`. */
export interface Host extends HostReader {
  /** Runs a command; raises on a non-zero exit. Inherits the writer's lock descriptor, so a lock outlives a killed HeroPods. */
  run(command: Command, signal?: AbortSignal): Promise<CommandResult>
  /** The same for a command whose failure is an answer: never throws for its exit code. What came of it is to be read back. */
  attempt(command: Command, signal?: AbortSignal): Promise<CommandResult>
  /** Starts a daemon: own session, cwd `/`, scrubbed environment, none of our descriptors, files for root alone, in HeroPods' own cgroup. Answers its pid. */
  spawnDaemon(command: Command): Promise<number>
  /** Keeps a process that ends with its standard input, as `cat` does: it lives until `end`, and never longer than we do. */
  hold(command: Command): Promise<{ readonly pid: number; end(): Promise<void> }>
  /** Runs `act` inside HeroPods' own cgroup and with ordinary attributes, for daemons that it starts through `run`: they survive the end of the caller's. */
  inOwnCgroup<T>(act: () => Promise<T>): Promise<T>
  /** Writes through a temporary name and rename; `mode` default 0600. Makes the folder (0700) when missing. */
  writeFile(
    path: string,
    content: string | Buffer,
    options?: { mode?: number; uid?: number; gid?: number },
  ): Promise<void>
  /** Writes the whole content in place, then truncates: a bound file follows its inode. */
  writeInPlace(path: string, content: string | Buffer, mode?: number): Promise<void>
  /** Writes a value to a file of the kernel's (below /proc/sys, /sys/fs/cgroup ...). */
  writeKernel(path: string, value: string): Promise<void>
  makeDir(path: string, mode?: number): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Sets permissions and owner of what is there. */
  setOwner(path: string, mode: number, uid: number, gid: number): Promise<void>
  /** Removes a file or tree; absent is fine. Refuses a tree in which something is still mounted. */
  removeTree(path: string): Promise<void>
  /** Sends a signal; answers false when there is no such process. */
  kill(pid: number, signal: NodeJS.Signals | number): Promise<boolean>
}
