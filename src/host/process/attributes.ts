import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { safePath } from '../requirements.ts'
import { capSysResource, hasCapability } from './capability.ts'

/** What children inherit of a process and a bundle cannot set. */
export interface Attributes {
  /** Scheduling policy (sched(7)); 0 is SCHED_OTHER. */
  readonly policy: number
  /** CPUs it may use and those that are there, as the kernel lists them: `0-3,8`. */
  readonly cpus: string
  readonly online: string
  /** Soft and hard limits in lines of /proc/PID/limits. */
  readonly limits: string
  /** Whether it may raise hard limits: CAP_SYS_RESOURCE. */
  readonly mayRaise: boolean
}

/** Command lines that give a process of these attributes those of one that nobody has changed. Pure. */
export function corrections(pid: number, attributes: Attributes): readonly (readonly string[])[] {
  const { policy, cpus, online } = attributes
  const raised = raisedLimits(attributes)
  return [
    // Nothing below /proc shows it, so it is always set.
    ['ionice', '--class', '0', '--pid', String(pid)],
    ...(policy === 0 ? [] : [['chrt', '--other', '--pid', '0', String(pid)]]),
    ...(cpus === online ? [] : [['taskset', '--cpu-list', '--pid', online, String(pid)]]),
    ...(raised.length === 0 ? [] : [['prlimit', '--pid', String(pid), ...raised]]),
  ]
}

/** Limits that would end a supervisor or cut what it writes, by their names in /proc/PID/limits and for prlimit(1). */
const hinderingLimits: Readonly<Record<string, string>> = {
  'Max cpu time': 'cpu',
  'Max file size': 'fsize',
  'Max data size': 'data',
  'Max address space': 'as',
  'Max resident set': 'rss',
  'Max processes': 'nproc',
  'Max pending signals': 'sigpending',
  'Max realtime timeout': 'rttime',
}

/** Those that a host sets by its memory: nobody has lowered them. */
const ofTheHost = ['nproc', 'sigpending']

/** Raises limits to what this process may have: without a capability to the hard ones. */
function raisedLimits({ limits, mayRaise }: Attributes): readonly string[] {
  return limits.split('\n').flatMap((line) => {
    const [, title = '', soft = '', hard = ''] = /^(\S.*?)\s{2,}(\S+)\s+(\S+)/.exec(line) ?? []
    const name = hinderingLimits[title]
    if (name === undefined) return []
    const most = mayRaise && !ofTheHost.includes(name) ? 'unlimited' : hard
    return soft === most ? [] : [`--${name}=${most}:${most}`]
  })
}

/** Files below /proc/self that hold an attribute each, with what a process has that nobody has changed (proc(5)). */
const attributeFiles: Readonly<Record<string, string>> = {
  timerslack_ns: '50000',
  coredump_filter: '0x33',
}

let dropped: Promise<void> | undefined

/**
 * Gives this process ordinary attributes, once, before it starts what others run in: containers, their supervisors, checks, Redis.
 * What belongs to the caller's shell (priority, CPUs, scheduler, I/O class, limits) is not the container's. As far as the kernel
 * lets this process: an attribute that stays does not keep anything from starting.
 */
export function dropAttributes(): Promise<void> {
  dropped ??= drop()
  return dropped
}

async function drop(): Promise<void> {
  for (const [name, value] of Object.entries(attributeFiles)) quietly(() => writeFileSync(`/proc/self/${name}`, value))
  // Of a process with a realtime policy the kernel keeps the priority for later.
  quietly(() => setPriority(0))
  const commands = corrections(process.pid, readAttributes())
  await Promise.all(commands.map(([program = '', ...args]) => attempt(program, args)))
}

function readAttributes(): Attributes {
  const read = (path: string): string => quietly(() => readFileSync(path, 'latin1')) ?? ''
  const [stat, status] = [read('/proc/self/stat'), read('/proc/self/status')]
  // proc(5): the program's name may hold blanks and brackets; the third field follows it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const online = read('/sys/devices/system/cpu/online').trim()
  return {
    policy: Number(fields[38]),
    cpus: /^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? online,
    online,
    limits: read('/proc/self/limits'),
    mayRaise: hasCapability(status, 'CapEff', capSysResource),
  }
}

const attempt = (program: string, args: readonly string[]): Promise<void> =>
  new Promise((resolve) => {
    execFile(program, [...args], { cwd: '/', env: { PATH: safePath } }, () => resolve())
  })

function quietly<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
