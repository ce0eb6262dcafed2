import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeInstanceCgroups } from '../../../src/host/cgroup.ts'
import { instancePaths } from '../../../src/host/files/paths.ts'
import { LocalHost } from '../../../src/host/local.ts'
import { isResource, type Resource } from '../../../src/model/desired.ts'
import type { Observation, OwnedOf } from '../../../src/model/observation.ts'
import { type Kind, kinds, type ResourceAddress } from '../../../src/model/resource-address.ts'
import { runInNewSlot, runOf } from '../../../src/model/run.ts'
import { observeKind } from '../../../src/providers/by-kind.ts'
import { writeContext } from '../../../src/providers/contexts.ts'
import { hostLink, netnsName } from '../../../src/providers/linux/run-names.ts'
import { linuxRuntime } from '../../../src/providers/linux/runtime.ts'
import type { ApplyItem, Provider } from '../../../src/providers/provider.ts'
import { containerSpec, imageSpec, networkSpec } from '../../specs.ts'

const base = mkdtempSync('/tmp/hp-runs-')
const host = new LocalHost()
const paths = instancePaths({ HEROPODS_DIR: join(base, 'data'), HEROPODS_RUN_DIR: join(base, 'run') })
const runtime = linuxRuntime({ heropodsCommand: ['/bin/false'] })
const write = () => writeContext(host, paths)

const [lan, image, web]: [ResourceAddress, ResourceAddress, ResourceAddress] = [
  's/network/lan',
  's/image/base',
  's/container/web',
]
const first = runOf(web, 1)
const second = runInNewSlot(first)
const network: Resource = {
  kind: 'network',
  address: lan,
  spec: networkSpec({ bridge: 'hptworuns0', subnet: '10.67.0.0/24', gateway: '10.67.0.1' }),
}
const container = (address: ResourceAddress): Resource => ({
  kind: 'container',
  address,
  spec: containerSpec({
    image,
    command: ['sleep', '1000'],
    networks: [{ network: lan, aliases: [], static: false, ipv4_address: '', mac: '' }],
  }),
})

async function observe(): Promise<ReadonlyMap<ResourceAddress, Observation>> {
  const found = await Promise.all(kinds.map((kind) => observeKind(runtime.providers, kind, write(), new Map())))
  return new Map(found.flatMap((all) => [...all]))
}

/** The specs of these runs, with addresses and members as a plan would have them. */
async function resolved(...runs: readonly ResourceAddress[]): Promise<ReadonlyMap<ResourceAddress, Resource>> {
  const base: Resource = { kind: 'image', address: image, spec: imageSpec() }
  const desired = new Map([network, base, ...runs.map(container)].map((one) => [one.address, one]))
  const snapshot = { observations: await observe(), state: { leases: [] } }
  const { desired: known, errors } = await runtime.resolve(write(), { desired, snapshot, removes: () => true })
  expect(errors).toEqual([])
  return known
}

type Verb = 'create' | 'update'
async function apply<K extends Kind>(kind: K, verb: Verb, one: Resource | undefined): Promise<void> {
  if (!isResource(one, kind)) throw new Error('not resolved')
  const provider: Provider<K> = runtime.providers[kind]
  const item: ApplyItem<K> = { address: one.address, spec: one.spec, actual: undefined, changes: [] }
  await provider[verb](write(), [item], (_at, { error }) => {
    if (error !== undefined) throw error
  })
}
const remove = (address: ResourceAddress): Promise<void> =>
  runtime.providers.container.remove(
    write(),
    [{ address, spec: undefined, actual: undefined, changes: [] }],
    { deleteData: false },
    (_at, { error }) => {
      if (error !== undefined) throw error
    },
  )

async function observed(address: ResourceAddress): Promise<OwnedOf<'container'>> {
  const one = (await observe()).get(address)
  if (one?.kind !== 'container' || one.presence !== 'owned') throw new Error(`${address} is not observed`)
  return one
}

const ipOf = ({ spec }: OwnedOf<'container'>): string => spec?.networks[0]?.ipv4_address ?? ''
const reaches = (slot: ResourceAddress, ip: string): boolean =>
  execFileSync('ip', ['netns', 'exec', netnsName(paths, slot), 'busybox', 'ping', '-c1', '-W2', ip]).length > 0

beforeAll(async () => {
  const known = await resolved(first.slot)
  await apply('network', 'create', known.get(lan))
  await apply('image', 'create', known.get(image))
  await apply('container', 'create', known.get(first.slot))
})

afterAll(async () => {
  await runtime.providers.network.remove(
    write(),
    [{ address: lan, spec: undefined, actual: undefined, changes: [] }],
    { deleteData: false },
    () => undefined,
  )
  await removeInstanceCgroups(host, paths.id)
  rmSync(base, { recursive: true, force: true })
})

it('a run begins beside another one of its container, with everything of its own', async () => {
  const before = await observed(first.slot)
  const known = await resolved(first.slot, second.slot)
  await apply('network', 'update', known.get(lan))
  await apply('container', 'create', known.get(second.slot))
  const [one, other] = [await observed(first.slot), await observed(second.slot)]
  expect(one.actual).toEqual(before.actual)
  expect(other.actual).toMatchObject({ state: 'running', run: 2, id: 's_web~2-2', drift: [] })
  expect(other.actual.pid).not.toBe(one.actual.pid)
  expect(ipOf(other)).not.toBe(ipOf(one))
  expect([reaches(first.slot, ipOf(other)), reaches(second.slot, ipOf(one))]).toEqual([true, true])
})

it('the name of the container leads to both', async () => {
  const [one, other] = [await observed(first.slot), await observed(second.slot)]
  for (const { actual } of [one, other]) {
    const hosts = readFileSync(`/proc/${actual.pid}/root/etc/hosts`, 'utf8')
    for (const ip of [ipOf(one), ipOf(other)]) expect(hosts).toContain(`${ip}\tweb`)
  }
})

it('each has files of its own', async () => {
  const [one, other] = [await observed(first.slot), await observed(second.slot)]
  execFileSync('touch', [`/proc/${one.actual.pid}/root/root/written`])
  expect(existsSync(`/proc/${other.actual.pid}/root/root/written`)).toBe(false)
})

it('the end of the earlier one changes nothing of the later one, which can be restarted in its place', async () => {
  const before = await observed(second.slot)
  await remove(first.slot)
  await apply('network', 'update', (await resolved(second.slot)).get(lan))
  expect((await observe()).has(first.slot)).toBe(false)
  const after = await observed(second.slot)
  expect(after).toEqual(before)
  expect(await runtime.containers.restart(write(), second.slot)).toMatchObject({ result: 'restarted' })
  const restarted = await observed(second.slot)
  expect(restarted.actual).toMatchObject({ state: 'running', run: 3, id: 's_web~2-3', drift: [] })
  expect(ipOf(restarted)).toBe(ipOf(before))
})

it('nothing of the runs is left once both are removed', async () => {
  await remove(second.slot)
  const [namespaces, links] = [readdirSync('/run/netns'), execFileSync('ip', ['-o', 'link'], { encoding: 'utf8' })]
  for (const { slot } of [first, second]) {
    expect(namespaces).not.toContain(netnsName(paths, slot))
    expect(links).not.toContain(hostLink(paths, slot, lan))
  }
  for (const folder of ['crun', 'exits', 'health', 'attach', 'containers/s'])
    expect(existsSync(join(paths.run, folder)) ? readdirSync(join(paths.run, folder)) : []).toEqual([])
})
