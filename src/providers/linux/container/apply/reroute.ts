import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { reroute } from '../../network/attach.ts'
import { readNamespaces } from '../../network/namespaces.ts'
import { readNetworkRecords } from '../../network/records/records.ts'
import { attachmentOf, ownsNamespace } from '../interfaces.ts'
import { readRecord } from '../record.ts'

/**
 * Sets the default routes of the containers on these networks, of all stacks, by the records of networks. Containers without a network
 * namespace get their routes with it.
 */
export async function rerouteContainers(write: WriteContext, networks: readonly ResourceAddress[]): Promise<void> {
  const { host, paths } = write
  const [slots, known] = await Promise.all([readNamespaces(write), readNetworkRecords(host, paths)])
  const records = await Promise.all([...slots].map((slot) => readRecord(host, paths, slot)))
  const attachments = records.flatMap((record) => {
    if (record === undefined || !ownsNamespace(record.spec)) return []
    const isConcerned = record.spec.networks.some(({ network }) => networks.includes(network))
    return isConcerned ? [attachmentOf(record.owner, record.spec, known)] : []
  })
  await reroute(write, attachments)
}
