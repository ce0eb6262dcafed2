import type { DownloadProgress } from '../../../model/plan.ts'
import { downloadText } from '../../../report/images/image-text.ts'
import { type PullState, pullTable } from '../../../report/images/pull-text.ts'
import { openRegion, type Terminal } from '../../terminal.ts'

/** Shows the pulls of several images at the same time. */
export interface PullProgress {
  begin(ref: string): void
  downloading(ref: string, progress: DownloadProgress): void
  unpacking(ref: string): void
  /** The pull of an image has ended; `line` is printed if there is one. */
  end(ref: string, line?: string): void
  close(): void
}

/** JSON lines, a table of a terminal that is redrawn, or lines for a pipe. */
export async function openPullProgress(
  refs: readonly string[],
  terminal: Terminal,
  isJson: boolean,
): Promise<PullProgress> {
  if (isJson) return jsonProgress(terminal)
  return terminal.canRedraw ? tableProgress(refs, terminal) : lineProgress(terminal)
}

const jsonProgress = ({ print }: Terminal): PullProgress => ({
  begin: () => undefined,
  downloading: (image, progress) => print(JSON.stringify({ image, result: 'downloading', ...progress })),
  unpacking: () => undefined,
  end: (_ref, line) => line !== undefined && print(line),
  close: () => undefined,
})

/** Milliseconds between two lines about one download. */
const lineMs = 10_000

function lineProgress({ print }: Terminal): PullProgress {
  const printed = new Map<string, { readonly at: number; readonly line: string }>()
  const printLine = (ref: string, line: string): void => {
    printed.set(ref, { at: performance.now(), line })
    print(line)
  }
  return {
    begin: (ref) => printLine(ref, `pulling ${ref}`),
    downloading(ref, progress) {
      const [last, line] = [printed.get(ref), `pulling ${ref}: ${downloadText(progress)}`]
      if (last?.line !== line && performance.now() - (last?.at ?? 0) >= lineMs) printLine(ref, line)
    },
    unpacking: () => undefined,
    end: (_ref, line) => line !== undefined && print(line),
    close: () => undefined,
  }
}

async function tableProgress(refs: readonly string[], terminal: Terminal): Promise<PullProgress> {
  const region = await openRegion(terminal)
  const states = new Map<string, PullState>(refs.map((ref) => [ref, { phase: 'waiting' }]))
  const set = (ref: string, state: PullState): void => {
    states.set(ref, state)
    region.update(pullTable(states, terminal.width ?? 80))
  }
  return {
    begin: (ref) => set(ref, { phase: 'checking' }),
    downloading: (ref, progress) => set(ref, { phase: 'downloading', progress }),
    unpacking: (ref) => set(ref, { phase: 'unpacking' }),
    end(ref, line) {
      states.delete(ref)
      if (line !== undefined) region.persist(line)
      region.update(pullTable(states, terminal.width ?? 80))
    },
    close: () => region.done(),
  }
}
