/** What may have drifted: which part of the host an event came from. */
export type SignalKind = 'exit' | 'process' | 'link' | 'rules' | 'mount' | 'files' | 'limits' | 'records' | 'kernel'

/** Says "look again", and nothing more: what has drifted is found by looking. `detail` is for people. */
export interface Signal {
  readonly kind: SignalKind
  readonly detail: string
}

export type OnSignal = (signal: Signal) => void

/** Whether a source works, and how, or why not. */
export interface SourceState {
  readonly kind: SignalKind
  readonly ok: boolean
  readonly how: string
}
