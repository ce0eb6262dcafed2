import type { ContainerProcess } from '../../reconciler/engine.ts'
import { bytesText } from '../bytes-text.ts'

export const processHeadings = ['PID', 'PPID', 'HOST PID', 'USER', 'S', 'MEMORY', 'TIME', 'COMMAND']

/** The cells of one process under `processHeadings`. Pure. */
export const processRow = (one: ContainerProcess): readonly string[] => [
  String(one.pid),
  String(one.parent),
  String(one.hostPid),
  one.user,
  one.state,
  bytesText(one.memory),
  cpuTimeText(one.cpuMs),
  one.command,
]

const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** CPU time as ps(1) prints it: `00:01:07`. Pure. */
export function cpuTimeText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':')
}
