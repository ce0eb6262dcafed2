import type { State, StateSnapshot } from './state.ts'

const nothing: StateSnapshot = { inventory: new Map(), leases: [], generation: 0, pending: [] }

/** Rejects a write by a reader. */
export const rejectWrite = async (): Promise<never> => {
  throw new Error('these records were opened for reading')
}

/** The records of an instance without records. Every write is rejected. */
export const emptyState: State = {
  read: async () => nothing,
  begin: rejectWrite,
  markPending: rejectWrite,
  markComplete: rejectWrite,
  saveLeases: rejectWrite,
  forget: rejectWrite,
  finish: rejectWrite,
  clearPending: rejectWrite,
  generations: async () => [],
  plan: async () => undefined,
  records: async () => new Map(),
  history: async () => ({ document: new Map(), patches: new Map() }),
  sealed: async () => new Map(),
  repair: async () => [],
  writeCopy: async () => undefined,
  loadCopy: rejectWrite,
  hasWritten: () => false,
  close: async () => undefined,
}
