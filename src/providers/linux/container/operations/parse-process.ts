import type { ContainerProcess } from '../../../container-verbs.ts'

/** Clock ticks a second in the files of the kernel, and bytes of a unit of VmRSS. */
const [ticksPerSecond, kilobyte] = [100, 1024]

/** Positions in /proc/PID/stat after the name of the program (proc(5)). */
const [stateField, parentField, userTimeField, systemTimeField, startField] = [0, 1, 11, 12, 19]

interface ProcessTexts {
  readonly stat: string
  readonly status: string
  /** Arguments, separated by NUL. */
  readonly command: string
}

/** When the host was booted, milliseconds since 1970, from the text of /proc/stat. Pure. */
export const bootTimeOf = (text: string): number => Number(/^btime (\d+)$/m.exec(text)?.[1] ?? 0) * 1000

/** A process, with the pid of its parent on the host, from the texts in /proc/PID. Pure. */
export function parseProcess(
  hostPid: number,
  { stat, status, command }: ProcessTexts,
  { bootTime, passwd }: { readonly bootTime: number; readonly passwd: string },
): ContainerProcess {
  // The program's name may hold blanks and brackets: the fields start after the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const number = (field: number): number => Number(fields[field] ?? 0)
  const uid = Number(lineOf(status, 'Uid').split(/\s+/)[0])
  const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
  return {
    pid: Number(lineOf(status, 'NSpid').split(/\s+/).at(-1) || hostPid),
    hostPid,
    parent: number(parentField),
    user: userName(passwd, uid) ?? String(uid),
    uid,
    state: fields[stateField] ?? '?',
    cpuMs: ((number(userTimeField) + number(systemTimeField)) * 1000) / ticksPerSecond,
    memory: Number.parseInt(lineOf(status, 'VmRSS') || '0', 10) * kilobyte,
    startedAt: new Date(bootTime + (number(startField) * 1000) / ticksPerSecond).toISOString(),
    command: command.replace(/\0+$/, '').replaceAll('\0', ' ') || `[${name}]`,
  }
}

/** The value of a line of /proc/PID/status; '': there is none. */
const lineOf = (status: string, name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? ''

/** The name of a user in the text of a passwd file. */
const userName = (passwd: string, uid: number): string | undefined =>
  passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name, , id]) => name !== undefined && name !== '' && id === String(uid))?.[0]
