import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** Names one host, so that several may share a Redis: the machine id's hash, or the host's name where there is none. */
function hostId(): string {
  try {
    return createHash('sha256').update(readFileSync('/etc/machine-id', 'utf8').trim()).digest('hex').slice(0, 12)
  } catch {
    return hostname()
  }
}

/** The hash in which the original keeps its instances. */
export const instancesKey = 'context:heropods'

/** Keys of one instance. The braces keep them in one slot of a cluster. */
export function instanceKeys(instance: string, id: string) {
  const prefix = `heropods:{${hostId()}/${id}/${instance}}:`
  return {
    pattern: `${prefix}*`,
    inventory: `${prefix}inventory`,
    leases: `${prefix}leases`,
    pending: `${prefix}pending`,
    generation: `${prefix}generation`,
    generations: `${prefix}generations`,
    plans: `${prefix}plans`,
    document: `${prefix}document`,
    patches: `${prefix}patches`,
    sealed: `${prefix}sealed`,
    writer: `${prefix}writer`,
    fence: `${prefix}fence`,
    events: `${prefix}events`,
    status: `${prefix}status`,
    stacks: `${prefix}stacks`,
    suspended: `${prefix}suspended`,
  } as const
}

export type InstanceKeys = ReturnType<typeof instanceKeys>
