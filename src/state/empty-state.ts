import type { State, StateSnapshot } from './state.ts'

const nothing: StateSnapshot = { inventory: new Map(), leases: [], generation: 0, pending: [] }

/** What a write through a reader ends in. */
export const readOnly = async (): Promise<never> => {
  throw new Error('these records were opened for reading')
}

/** The record of an instance that has none. */
export const emptyState: State = {
  read: async () => nothing,
  begin: readOnly,
  intend: readOnly,
  complete: readOnly,
  saveLeases: readOnly,
  forget: readOnly,
  finish: readOnly,
  settle: readOnly,
  generations: async () => [],
  plan: async () => undefined,
  records: async () => new Map(),
  history: async () => ({ document: new Map(), patches: new Map() }),
  sealed: async () => new Map(),
  repair: async () => [],
  keepCopy: async () => undefined,
  touched: () => false,
  close: async () => undefined,
}
