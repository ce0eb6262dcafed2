import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const counter = process.env.HEROPODS_CPU_FILE
/** CPU time of this process and all others that it has started, also daemons, milliseconds; NaN: unknown (see counted.sh). */
const cpu = () => (counter === undefined ? Number.NaN : Number(readFileSync(counter, 'utf8')) / 1e6)

/** Runs a command: its time, the CPU time of all processes meanwhile (milliseconds), and its output. Raises if it fails. */
export function timed(program, args, env) {
  const [start, cpuStart] = [performance.now(), cpu()]
  const { status, stdout, stderr } = spawnSync(program, args, {
    env,
    encoding: 'utf8',
    timeout: 900_000,
    maxBuffer: 1 << 26,
  })
  const result = { ms: performance.now() - start, cpu: cpu() - cpuStart, stdout }
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${status}\n${stdout}\n${stderr}`)
  return result
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
/** The medians of time and CPU time of several runs. */
export const medians = (runs) => ({ ms: median(runs.map((one) => one.ms)), cpu: median(runs.map((one) => one.cpu)) })
export const repeat = (times, act) => medians(Array.from({ length: times }, act))
