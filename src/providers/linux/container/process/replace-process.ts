import type { Address } from '../../../../model/address.ts'
import { HeroPodsError, toDiagnostic } from '../../../../model/errors.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import { effectiveStopSignal } from '../../../../model/kinds/effective-config.ts'
import { runnableConfig } from '../../../../model/kinds/runnable-config.ts'
import type { Done, WriteContext } from '../../../provider.ts'
import { inParallel } from '../../each.ts'
import { readImageConfig } from '../../image/store.ts'
import { detach } from '../../network/attach.ts'
import { Dependencies } from '../dependencies.ts'
import { ownsNamespace, rebuildsNamespace } from '../interfaces.ts'
import { containerLayout } from '../layout.ts'
import { containerPreflight } from '../preflight.ts'
import { type Preparation, prepare } from '../prepare.ts'
import { readRecord, writeRecord } from '../record.ts'
import { unmountRoots } from '../rootfs/overlay.ts'
import type { ContainerItem } from '../update.ts'
import { eraseRuns, stopProcess } from './end.ts'
import { silenceCallbacks } from './exit-callbacks.ts'
import { type LaunchOptions, launch } from './launch.ts'

/** Graces run at the same time: waiting costs nothing. */
const stopWidth = 128

/**
 * Gives containers a new process: creates, recreates and starts again alike. What an earlier run left half-done is cleared first.
 * A changed spec starts on a fresh layer; what merely died goes on with the layer it had.
 */
export async function replaceProcesses(
  write: WriteContext,
  items: readonly ContainerItem[],
  options: LaunchOptions,
  dependencies: Dependencies,
  done: Done,
): Promise<void> {
  const waiting = items.filter((item) => Dependencies.any(item.spec))
  const ready = items.filter((item) => !Dependencies.any(item.spec))
  await Promise.all([
    replaceReady(write, ready, options, done),
    ...waiting.map(async (item) => {
      try {
        await dependencies.await(write, item.address, item.spec)
        await replaceReady(write, [item], options, done)
      } catch (error) {
        done(item.address, { error })
      }
    }),
  ])
}

async function replaceReady(
  write: WriteContext,
  all: readonly ContainerItem[],
  options: LaunchOptions,
  done: Done,
): Promise<void> {
  const items = await withoutLacking(write, all, done)
  if (items.length === 0) return
  const failed = new Set<Address>()
  const fail = (address: Address, error: unknown): void => {
    failed.add(address)
    done(address, { error: new HeroPodsError({ ...toDiagnostic(error), address }, { cause: error }) })
  }
  const sound = await startable(write, items, fail)
  await endAll(write, sound, fail)
  const standing = sound.filter((item) => !failed.has(item.address))
  await unmountRoots(
    write,
    standing.filter(lostRoot).map((item) => item.address),
  )
  await clearLayers(
    write,
    standing.filter(startsFresh).map((item) => item.address),
  )
  const left = standing.filter((item) => !ownsNamespace(item.spec)).map((item) => item.address)
  if (left.length > 0) await detach(write, left)
  const preparations: Preparation[] = []
  for (const item of standing) {
    const known = await readRecord(write.host, write.paths, item.address)
    const run = Math.max(known?.run ?? 0, item.actual?.run ?? 0) + 1
    const record = { owner: item.address, spec: item.spec, run, stopped: false }
    await writeRecord(write, record)
    preparations.push({ record, attach: rebuildsNamespace(item.changes, item.actual) })
  }
  const prepared = await prepare(write, preparations, fail)
  await launch(write, prepared, options, done)
}

/** Nothing that runs is ended which could not come back: what the plan has seen may have gone while others were waited for. */
async function withoutLacking(
  write: WriteContext,
  items: readonly ContainerItem[],
  done: Done,
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
  const lacking = await containerPreflight(write, specs, new Map(await Promise.all(observed)))
  const failed = new Map(lacking.flatMap((problem) => (problem.address ? [[problem.address, problem] as const] : [])))
  for (const [address, problem] of failed) done(address, { error: new HeroPodsError(problem) })
  return items.filter((item) => !failed.has(item.address))
}

/** Ends what runs of these containers, and erases it from the runtime; graces run side by side. */
export async function endAll(
  write: WriteContext,
  items: readonly { readonly address: Address }[],
  fail: (address: Address, error: unknown) => void,
): Promise<void> {
  await silenceCallbacks(
    write,
    items.map((item) => item.address),
  )
  await inParallel(items, stopWidth, async ({ address }) => {
    try {
      const spec = (await readRecord(write.host, write.paths, address))?.spec
      if (spec) await stopProcess(write, address, await stopSignal(write, spec), spec.stop_grace_period)
      await eraseRuns(write, address)
    } catch (error) {
      fail(address, error)
    }
  })
}

/** The number of the signal that asks a container to stop; whatever its record and its image state, it can be stopped. */
export async function stopSignal(write: WriteContext, spec: ContainerSpec): Promise<number> {
  const image = spec.stop_signal ? {} : await readImageConfig(write.host, write.paths, spec.image_digest ?? '')
  return effectiveStopSignal(spec, image).number
}

/** Refuses what could not be started again, before anything of it is ended. */
async function startable(
  write: WriteContext,
  items: readonly ContainerItem[],
  fail: (address: Address, error: unknown) => void,
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

/** A mount that looks right may stand on files that are gone. */
const lostRoot = (item: ContainerItem): boolean => item.changes.some((change) => change.path === '/host/root')

const startsFresh = (item: ContainerItem): boolean =>
  item.actual === undefined || item.changes.some((change) => change.drift === undefined && change.class === 'recreate')

async function clearLayers(write: WriteContext, containers: readonly Address[]): Promise<void> {
  if (containers.length === 0) return
  await unmountRoots(write, containers)
  for (const container of containers) {
    const { upper, work } = containerLayout(write.paths, container)
    for (const folder of [upper, work]) await write.host.removeTree(folder)
  }
}
