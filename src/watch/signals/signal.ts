/** The part of the host that a signal comes from. */
export type SignalKind = 'exit' | 'process' | 'link' | 'rules' | 'mount' | 'files' | 'limits' | 'records' | 'kernel'

/** Something on the host may have changed. A reconcile finds out the rest. `detail` is for messages. */
export interface Signal {
  readonly kind: SignalKind
  readonly detail: string
}

export type OnSignal = (signal: Signal) => void

/** The state of a source of signals. `how`: the way in which it works, or the reason why it does not. */
export interface SourceState {
  readonly kind: SignalKind
  readonly ok: boolean
  readonly how: string
}
