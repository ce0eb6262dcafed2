import type { DownloadProgress } from '../../model/plan.ts'
import { downloadText } from './image-text.ts'

/** The state of the pull of one image. */
export type PullState =
  | { readonly phase: 'waiting' | 'checking' | 'unpacking' }
  | { readonly phase: 'downloading'; readonly progress: DownloadProgress }

/** One line for each image that is not pulled yet: its reference, the phase and the bytes. Pure. */
export function pullTable(states: ReadonlyMap<string, PullState>, columns: number): string {
  const width = Math.max(0, ...[...states.keys()].map((ref) => ref.length))
  return [...states]
    .map(([ref, state]) => `${ref.padEnd(width)}  ${stateText(state)}`.slice(0, Math.max(1, columns - 1)))
    .join('\n')
}

const stateText = (state: PullState): string =>
  state.phase === 'downloading' ? `downloading  ${downloadText(state.progress)}` : state.phase
