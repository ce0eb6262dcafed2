import { HeroPodsError } from '../../../model/errors.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import { uncached } from '../../contexts.ts'
import type { ApplyItem, OnItemFinished, RemoveItem, WriteContext } from '../../provider.ts'
import { type DriverTable, driverOf, type Failures } from './driver.ts'
import type { Direction } from './firewall/backend.ts'
import { writeRules } from './firewall/write-rules.ts'
import { endStaleFlows, recordRemoved } from './flows/udp-flows.ts'
import { removeStaleHosts, writeHosts } from './names/write-hosts.ts'
import { readNetworkRecords, removeNetworkRecord, writeNetworkRecord } from './records/records.ts'

type NetworkItem = ApplyItem<'network'>

/** The last batch. Batches run one after the other, since each writes all rules of the instance. */
let queue: Promise<unknown> = Promise.resolve()
function inQueue<T>(act: () => Promise<T>): Promise<T> {
  const run = queue.then(act, act)
  queue = run.catch(() => undefined)
  return run
}

/** Sets the default routes of the containers on these networks, by the records. */
export type Reroute = (write: WriteContext, networks: readonly ResourceAddress[]) => Promise<void>

/** Makes networks or completes partly existing ones: links first, then rules, names and records, then routes of their members. */
export const ensureNetworks = (
  drivers: DriverTable,
  context: WriteContext,
  items: readonly NetworkItem[],
  done: OnItemFinished,
  reroute: Reroute,
): Promise<void> =>
  inQueue(async () => {
    // Without the cache, since earlier batches have changed the host.
    const write = uncached(context)
    const failed = await ensureLinks(drivers, write, items)
    await write.host.writeKernel('/proc/sys/net/ipv4/ip_forward', '1')
    const made = items.filter((item) => !failed.has(item.address))
    const after = (before: Records): Records =>
      new Map([...before, ...made.map((item) => [item.address, item.spec] as const)])
    await withRules(write, 'opening', after, async () => {
      for (const { address, spec } of made) {
        await writeHosts(write, spec.hosts)
        await writeNetworkRecord(write.host, write.paths, address, spec)
      }
    })
    await removeStaleHosts(write)
    const routed = made.filter(({ changes }) => changes.some(({ path }) => path === '/internal'))
    if (routed.length > 0)
      await reroute(
        write,
        routed.map(({ address }) => address),
      )
    for (const { address } of items) done(address, outcomeOf(address, failed))
  })

/** Removes networks: rules first, then links. A network that is gone already counts as removed. */
export const removeNetworks = (
  drivers: DriverTable,
  context: WriteContext,
  items: readonly RemoveItem<'network'>[],
  done: OnItemFinished,
): Promise<void> =>
  inQueue(async () => {
    const write = uncached(context)
    const removed = new Set(items.map((item) => item.address))
    const after = (before: Records): Records => new Map([...before].filter(([address]) => !removed.has(address)))
    await withRules(write, 'closing', after, async () => {
      for (const address of removed) await removeNetworkRecord(write.host, write.paths, address)
    })
    await removeStaleHosts(write)
    const failed = await removeLinks(drivers, write, [...removed])
    for (const { address } of items) done(address, outcomeOf(address, failed))
  })

const outcomeOf = (address: ResourceAddress, failed: Failures): { error?: unknown } =>
  failed.has(address) ? { error: failed.get(address) } : {}

async function ensureLinks(
  drivers: DriverTable,
  write: WriteContext,
  items: readonly NetworkItem[],
): Promise<Failures> {
  const names = new Set(items.map(({ spec }) => spec.driver))
  const failures: Failures[] = []
  for (const name of names) {
    const own = items.filter(({ spec }) => spec.driver === name)
    const driver = driverOf(drivers, name)
    failures.push(driver ? await driver.ensure(write, own) : withoutDriver(own))
  }
  return new Map(failures.flatMap((some) => [...some]))
}

const withoutDriver = (items: readonly NetworkItem[]): Failures =>
  new Map(
    items.map(({ address, spec }) => [
      address,
      new HeroPodsError({
        code: 'network-not-made',
        message: `${address} has the driver ${spec.driver}, which this version of HeroPods does not have.`,
        hint: 'Use the version of HeroPods that made it, or give the network another driver.',
        address,
      }),
    ]),
  )

/** Calls every driver: the driver of a network without a record is not known, and an earlier spec may have had another one. */
async function removeLinks(
  drivers: DriverTable,
  write: WriteContext,
  networks: readonly ResourceAddress[],
): Promise<Failures> {
  const failures: Failures[] = []
  for (const driver of Object.values(drivers)) failures.push(await driver.remove(write, networks))
  return new Map(failures.flatMap((some) => [...some]))
}

type Records = ReadonlyMap<ResourceAddress, NetworkSpec>

/**
 * Changes the records of networks, then the instance's rules, which are derived from them, and ends udp flows of earlier rules. If the
 * rules cannot be written, the earlier records are restored, so that they match the host.
 */
async function withRules(
  write: WriteContext,
  direction: Direction,
  after: (before: Records) => Records,
  changeRecords: () => Promise<void>,
): Promise<void> {
  const { host, paths } = write
  const before = await readNetworkRecords(host, paths)
  const desired = after(before)
  await recordRemoved(write, before, desired)
  await changeRecords()
  try {
    await writeRules(write, direction)
  } catch (error) {
    for (const [address, spec] of before)
      if (desired.get(address) !== spec) await writeNetworkRecord(host, paths, address, spec)
    for (const address of desired.keys()) if (!before.has(address)) await removeNetworkRecord(host, paths, address)
    throw error
  }
  await endStaleFlows(write)
}
