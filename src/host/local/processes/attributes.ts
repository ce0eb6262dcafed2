import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { capSysResource, hasCapability } from '../../process/capability.ts'
import { safePath } from '../../requirements.ts'

/** Attributes that children inherit and that a bundle cannot set. */
export interface Attributes {
  /** Scheduling policy (sched(7)); 0 is SCHED_OTHER. */
  readonly policy: number
  /** CPUs it may use, and CPUs that are online, as the kernel lists them: `0-3,8`. */
  readonly cpus: string
  readonly online: string
  /** Soft and hard limits in lines of /proc/PID/limits. */
  readonly limits: string
  /** It may raise hard limits (CAP_SYS_RESOURCE). */
  readonly mayRaise: boolean
}

/** Command lines that set the attributes of a process back to the defaults. Pure. */
export function corrections(pid: number, attributes: Attributes): readonly (readonly string[])[] {
  const { policy, cpus, online } = attributes
  const raised = raisedLimits(attributes)
  return [
    // /proc does not show the I/O class, so it is always set.
    ['ionice', '--class', '0', '--pid', String(pid)],
    ...(policy === 0 ? [] : [['chrt', '--other', '--pid', '0', String(pid)]]),
    ...(cpus === online ? [] : [['taskset', '--cpu-list', '--pid', online, String(pid)]]),
    ...(raised.length === 0 ? [] : [['prlimit', '--pid', String(pid), ...raised]]),
  ]
}

/** Limits that would end a supervisor or cut its output: name in /proc/PID/limits to name for prlimit(1). */
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

/** Limits whose hard limit stays, since the kernel derives it from the host's memory. */
const ofTheHost = ['nproc', 'sigpending']

/** Limits to raise: to unlimited with the capability, else to the hard limit. */
function raisedLimits({ limits, mayRaise }: Attributes): readonly string[] {
  return limits.split('\n').flatMap((line) => {
    const [, title = '', soft = '', hard = ''] = /^(\S.*?)\s{2,}(\S+)\s+(\S+)/.exec(line) ?? []
    const name = hinderingLimits[title]
    if (name === undefined) return []
    const most = mayRaise && !ofTheHost.includes(name) ? 'unlimited' : hard
    return soft === most ? [] : [`--${name}=${most}:${most}`]
  })
}

/** Files below /proc/self that hold one attribute each, with its default (proc(5)). */
const attributeFiles: Readonly<Record<string, string>> = {
  timerslack_ns: '50000',
  coredump_filter: '0x33',
}

/** Gives this process ordinary attributes; see `ProcessControl.resetAttributes`. */
export async function resetAttributes(): Promise<void> {
  for (const [name, value] of Object.entries(attributeFiles)) quietly(() => writeFileSync(`/proc/self/${name}`, value))
  // For a process with a realtime policy the kernel stores the priority for later.
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
