import { readFileSync, writeFileSync } from 'node:fs'

const file = '/proc/self/oom_score_adj'
const ordinary = '0'

/** The `oom_score_adj` of this process: the unit of a service may protect it while memory is short. */
export class OomScore {
  private own: string | undefined

  /**
   * Runs `start` with the ordinary score, which children inherit: the kernel may end them for lack of memory like any other process. This
   * process has its own score again when `start` returns. Does nothing where the kernel does not let this process change it.
   */
  duringStart<T>(start: () => T): T {
    this.own ??= read()
    if (this.own === ordinary) return start()
    write(ordinary)
    try {
      return start()
    } finally {
      write(this.own)
    }
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
    // Without the permission to change it, the score stays.
  }
}
