import { readFileSync, writeFileSync } from 'node:fs'

const file = '/proc/self/oom_score_adj'
const ordinary = '0'

/** The `oom_score_adj` of this process. A service unit may lower it to protect HeroPods while memory is short. */
export class OomScore {
  private own: string | undefined

  /**
   * Runs `start` with the default score, which children inherit: the kernel may kill them for lack of memory like any other process. Then
   * restores the score of this process. Does nothing if the kernel does not let this process change its score.
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
