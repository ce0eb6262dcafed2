import { readFileSync, writeFileSync } from 'node:fs'

const file = '/proc/self/oom_score_adj'
const ordinary = '0'

/** What this process was started with: a unit may spare a service while memory is short. */
let own: string | undefined

/**
 * Starts a process that the kernel ends for want of memory as it ends any other. A child inherits the `oom_score_adj` of this process,
 * which has its own again when `start` returns. As far as the kernel lets this process.
 */
export function withOrdinaryOomScore<T>(start: () => T): T {
  own ??= read()
  if (own === ordinary) return start()
  write(ordinary)
  try {
    return start()
  } finally {
    write(own)
  }
}

function read(): string {
  try {
    return readFileSync(file, 'latin1').trim()
  } catch {
    return ordinary
  }
}

function write(score: string): void {
  try {
    writeFileSync(file, score)
  } catch {
    // What may not be changed stays.
  }
}
