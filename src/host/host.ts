import type { CgroupHost } from './cgroup.ts'
import type { CommandReader, CommandRunner } from './contract/commands.ts'
import type { FileReader, FileWriter } from './contract/files.ts'
import type { ProcessControl, ProcessReader } from './contract/processes.ts'
import type { Locks } from './lock.ts'

export type { Command, CommandResult } from './contract/commands.ts'
export type { FileStat } from './contract/files.ts'
export type { ProcessIdentity } from './contract/processes.ts'

/** Facts about a host, and about the process of this run. */
export interface System {
  /** Node's name of the platform: `linux`. */
  readonly platform: string
  /** Node's name of the architecture: `x64`, `arm64`. */
  readonly architecture: string
  readonly hostname: string
  /** Release of the kernel, such as `6.1.0-18-amd64`. */
  readonly kernel: string
  readonly cpus: number
  /** Home folder of the user of this run. */
  readonly home: string
  readonly pid: number
  readonly uid: number
  readonly gid: number
}

/** A host with read access only, for observation and planning. */
export interface HostReader extends CommandReader, FileReader, ProcessReader {
  /** Environment variables of this run. */
  readonly environment: Readonly<NodeJS.ProcessEnv>
  readonly system: System
  /** Records that this reader could not use: the reason by path. See `files/json.ts`. */
  readonly damage: Map<string, string>
  /** How the host mounts its cgroups. Read once. */
  cgroups(): Promise<CgroupHost>
}

/** A host with write access, for steps. Every effect can be repeated after a kill. */
export interface Host extends HostReader, CommandRunner, FileWriter, ProcessControl {
  /** Locks that this process holds; runs in one process share them. */
  readonly locks: Locks
  /** This host for one run: with an empty `damage`, and with the lock that children of effects inherit, if given. */
  forRun(lockDescriptor?: number): Host
}
