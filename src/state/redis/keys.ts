import { createHash } from 'node:crypto'
import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'

/** An ID of the host, so that several hosts can share a Redis: a hash of the machine ID, or the host name. */
async function hostId(host: HostReader): Promise<string> {
  const machineId = await host.readFile('/etc/machine-id').catch(() => undefined)
  return machineId === undefined
    ? host.system.hostname
    : createHash('sha256').update(machineId.trim()).digest('hex').slice(0, 12)
}

/** The hash with all instances, as in the original HeroPods. */
export const instancesKey = 'context:heropods'

/** The keys of one instance. The braces put them into one slot of a cluster. */
export async function instanceKeys(host: HostReader, { instance, id }: Pick<Paths, 'instance' | 'id'>) {
  const prefix = `heropods:{${await hostId(host)}/${id}/${instance}}:`
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

export type InstanceKeys = Awaited<ReturnType<typeof instanceKeys>>
