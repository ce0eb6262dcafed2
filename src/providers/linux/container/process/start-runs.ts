import { HeroPodsError, toDiagnostic } from '../../../../model/errors.ts'
import { runnableConfig } from '../../../../model/kinds/runnable-config.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { firstNumber } from '../../../../model/run.ts'
import type { OnItemFinished, WriteContext } from '../../../provider.ts'
import { readImageConfig } from '../../image/store.ts'
import { detach } from '../../network/attach.ts'
import { type Preparation, prepare } from '../apply/prepare.ts'
import type { ContainerItem } from '../apply/update-live.ts'
import { Dependencies } from '../dependencies.ts'
import { ownsNamespace, rebuildsNamespace } from '../interfaces.ts'
import { containerLayout } from '../layout.ts'
import { containerPreflight } from '../preflight.ts'
import { readRecord, startedIn, writeRecord } from '../record.ts'
import { unmountRoots } from '../rootfs/overlay.ts'
import { wasVerified } from '../verified.ts'
import { endContainers, withNotes } from './end.ts'
import { type LaunchListener, type LaunchOptions, launch } from './launch.ts'
import { ignoredSignal } from './stop-record.ts'

/**
 * Starts a run of each container: a new process, for the actions `create` and `recreate`.
 * 1. Checks that the new run can start, before the old one ends.
 * 2. Ends and erases the old run (`end.ts`, `erase.ts`), also one that an earlier apply left incomplete.
 * 3. Prepares root, network, files and config.json (`prepare.ts`).
 * 4. Starts the process under conmon (`launch.ts`).
 * A changed spec starts with an empty layer. A container that only lost its process keeps its layer.
 */
export async function startRuns(
  write: WriteContext,
  items: readonly ContainerItem[],
  options: LaunchOptions,
  dependencies: Dependencies,
  listener: LaunchListener,
): Promise<void> {
  const waiting = items.filter((item) => Dependencies.any(item.spec))
  const ready = items.filter((item) => !Dependencies.any(item.spec))
  await Promise.all([
    startReady(write, ready, options, listener),
    ...waiting.map(async (item) => {
      try {
        await dependencies.await(write, item.address, item.spec)
        await startReady(write, [item], options, listener)
      } catch (error) {
        listener.finished(item.address, { error })
      }
    }),
  ])
}

async function startReady(
  write: WriteContext,
  all: readonly ContainerItem[],
  options: LaunchOptions,
  listener: LaunchListener,
): Promise<void> {
  const done = listener.finished
  const items = await withoutProblems(write, all, done)
  if (items.length === 0) return
  const failed = new Set<ResourceAddress>()
  const fail = (address: ResourceAddress, error: unknown): void => {
    failed.add(address)
    done(address, { error: new HeroPodsError({ ...toDiagnostic(error), address }, { cause: error }) })
  }
  const startableItems = await startable(write, items, fail)
  const notes = await endContainers(write, startableItems, fail)
  const ended = startableItems.filter((item) => !failed.has(item.address))
  await unmountRoots(
    write,
    ended.filter(lostRoot).map((item) => item.address),
  )
  await clearLayers(
    write,
    ended.filter(needsNewLayer).map((item) => item.address),
  )
  const sharing = ended.filter((item) => !ownsNamespace(item.spec)).map((item) => item.address)
  if (sharing.length > 0) await detach(write, sharing)
  const preparations: Preparation[] = []
  const started = await startedIn(write.host)
  for (const item of ended) {
    const known = await readRecord(write.host, write.paths, item.address)
    const run = Math.max(firstNumber(item.address), (known?.run ?? 0) + 1, (item.actual?.run ?? 0) + 1)
    const reaction = await ignoredSignal(write, known, item.spec)
    const record = { owner: item.address, spec: item.spec, run, stopped: false, ...reaction, ...started }
    await writeRecord(write, record)
    const attach = rebuildsNamespace(item.changes, item.actual)
    const isVerified = await wasVerified(write, record, item.actual)
    preparations.push({ record, attach, isVerified, ...(options.awaitsAttach && { awaitsAttach: true }) })
  }
  const prepared = await prepare(write, preparations, fail)
  await launch(write, prepared, options, { ...listener, finished: withNotes(done, notes) })
}

/** Items that can start again; only these are ended. Files may be missing since the plan, while the apply waited for other steps. */
async function withoutProblems(
  write: WriteContext,
  items: readonly ContainerItem[],
  done: OnItemFinished,
): Promise<readonly ContainerItem[]> {
  const running = items.flatMap(({ address, spec, actual }) =>
    actual?.pid === undefined ? [] : [{ address, spec, actual }],
  )
  if (running.length === 0) return items
  const observed = running.map(async ({ address, actual }) => {
    const spec = (await readRecord(write.host, write.paths, address))?.spec
    return [address, { kind: 'container', presence: 'owned', spec, actual }] as const
  })
  const specs = new Map(running.map((item) => [item.address, item.spec]))
  const problems = await containerPreflight(write, specs, new Map(await Promise.all(observed)))
  const failed = new Map(problems.flatMap((problem) => (problem.address ? [[problem.address, problem] as const] : [])))
  for (const [address, problem] of failed) done(address, { error: new HeroPodsError(problem) })
  return items.filter((item) => !failed.has(item.address))
}

/** Reports containers that cannot start, before their old run is ended. */
async function startable(
  write: WriteContext,
  items: readonly ContainerItem[],
  fail: (address: ResourceAddress, error: unknown) => void,
): Promise<readonly ContainerItem[]> {
  const checked = await Promise.all(
    items.map(async (item) => {
      try {
        runnableConfig(item.spec, await readImageConfig(write.host, write.paths, item.spec.image_digest ?? ''))
        return [item]
      } catch (error) {
        fail(item.address, error)
        return []
      }
    }),
  )
  return checked.flat()
}

/** True if the root was lost. The mount can be in place although its files are gone. Pure. */
const lostRoot = (item: ContainerItem): boolean => item.changes.some((change) => change.path === '/host/root')

const needsNewLayer = (item: ContainerItem): boolean =>
  item.actual === undefined || item.changes.some((change) => change.drift === undefined && change.class === 'recreate')

async function clearLayers(write: WriteContext, containers: readonly ResourceAddress[]): Promise<void> {
  if (containers.length === 0) return
  await unmountRoots(write, containers)
  for (const container of containers) {
    const { upper, work } = containerLayout(write.paths, container)
    for (const folder of [upper, work]) await write.host.removeTree(folder)
  }
}
