import { type ChildProcess, execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { safePath } from '../../requirements.ts'

/**
 * Gives the terminal of a program's child the size of this process's terminal whenever that changes: crun exec passes SIGWINCH on but not
 * the size. Returns a function that ends it.
 */
export function followSize({ pid }: ChildProcess): () => void {
  const resize = (): void => {
    const inner = firstChild(pid)
    const [columns, rows] = process.stdout.getWindowSize()
    if (inner === undefined) return
    const args = ['-F', `/proc/${inner}/fd/0`, 'rows', String(rows), 'cols', String(columns)]
    // The program inside may have ended, or closed its terminal.
    execFile('stty', args, { cwd: '/', env: { PATH: safePath } }, () => undefined)
  }
  process.stdout.on('resize', resize)
  return () => void process.stdout.off('resize', resize)
}

function firstChild(pid: number | undefined): number | undefined {
  try {
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
    return Number(first) || undefined
  } catch {
    return undefined
  }
}
