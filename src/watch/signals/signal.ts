/** The part of the host that a signal comes from. */
export type SignalKind = 'exit' | 'process' | 'link' | 'rules' | 'mount' | 'files' | 'limits' | 'records' | 'kernel'

/** Something on the host may have changed. A reconcile finds out the rest. `detail` is for messages. */
export interface Signal {
  readonly kind: SignalKind
  readonly detail: string
}

export type OnSignal = (signal: Signal) => void

/** Whether a source of signals works, and how, or why not. */
export interface SourceState {
  readonly kind: SignalKind
  readonly ok: boolean
  readonly how: string
}
