import type { HostReader } from './host.ts'

/** A process that the kernel has killed because of a lack of memory. */
export interface MemoryKill {
  /** RFC 3339. Not exact after the host was suspended. */
  readonly time: string
  /** The name of the process, at most 15 characters. */
  readonly program: string
  /** On the host. */
  readonly pid: number
}

/** The most that are reported, the newest. */
const maxKills = 5

/**
 * The processes of a cgroup that the kernel has killed because of a lack of memory, as its log names them, the newest last. Older messages are
 * overwritten, so some or all can be missing; nothing if the log cannot be read.
 */
export async function memoryKillsInLog(host: HostReader, cgroup: string): Promise<readonly MemoryKill[]> {
  const { stdout } = await host.query({ program: 'dmesg', args: ['--time-format', 'iso'] })
  return parseMemoryKills(stdout, cgroup)
}

/** Pure. */
export const parseMemoryKills = (log: string, cgroup: string): readonly MemoryKill[] =>
  log
    .split('\n')
    .flatMap((line) => killIn(line, cgroup))
    .slice(-maxKills)

/** Linux 5.0 and later write one such line for each kill. */
const killLine = /^(\S+) oom-kill:.*,task_memcg=([^,]+),task=(.*),pid=(\d+),uid=\d+$/

function killIn(line: string, cgroup: string): readonly MemoryKill[] {
  const [, at, path, program, pid] = killLine.exec(line) ?? []
  if (at === undefined || path === undefined || program === undefined) return []
  const time = new Date(at.replace(',', '.'))
  const isOwn = path === cgroup || path.startsWith(`${cgroup}/`)
  return isOwn && !Number.isNaN(time.getTime()) ? [{ time: time.toISOString(), program, pid: Number(pid) }] : []
}
