import { readFileSync } from 'node:fs'
import { sh } from './watching.mjs'

const ticksPerSecond = Number(sh('getconf', 'CLK_TCK'))
const pageKb = Number(sh('getconf', 'PAGESIZE')) / 1024

/** Processor time in seconds and resident memory in MB of a process. */
export function costs(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [user, system, resident] = [11, 12, 21].map((at) => Number(fields[at]))
  return { cpu: (user + system) / ticksPerSecond, rss: (resident * pageKb) / 1024 }
}
