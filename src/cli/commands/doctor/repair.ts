import { ExitCode } from '../../../model/errors.ts'
import { parseResourceAddress } from '../../../model/resource-address.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { askConfirmation, type ConfirmOptions, confirmAndApply } from '../../confirm-and-apply.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { openTerminal, reportError } from '../../terminal.ts'
import { type InstanceState, readInstance } from './check-records.ts'

/** One repair. Each can be repeated after a kill, and concerns only objects and records of the instance. */
interface Repair {
  readonly question: string
  /** Returns a sentence about each thing that was done. */
  readonly run: () => Promise<readonly string[]>
}

const forwardingFile = '/proc/sys/net/ipv4/ip_forward'

/**
 * Repairs the problems of the instance that can be repaired, each after a question or with `--yes`, and prints the results. Opening
 * the engine for writing also removes half-written files of killed runs. Returns the exit code of the first repair that failed or was
 * declined. Raises `not-agreed` (refused) without a terminal and without `--yes`.
 */
export const repairInstance = (options: ConfirmOptions): Promise<number> =>
  withWriterEngine(
    options,
    async (engine) => {
      const before = await readInstance(engine, await engine.observe(), false)
      for (const repair of [...(await forwardingRepairs(before)), ...recordRepairs(engine, before)]) {
        const code = await carryOut(repair, engine, options)
        if (code !== ExitCode.done) return code
      }
      // Rebuilt records can change the drift.
      return repairNetworks(engine, await readInstance(engine, await engine.observe(), false), options)
    },
    { repairs: true },
  )

async function carryOut({ question, run }: Repair, engine: Engine, options: ConfirmOptions): Promise<number> {
  const terminal = openTerminal()
  const declined = await askConfirmation(engine, question, options, terminal)
  if (declined !== undefined) return declined
  for (const text of await run()) terminal.print(options.json ? JSON.stringify({ type: 'repair', text }) : text)
  return ExitCode.done
}

/** Forwarding is on while an instance has networks; `apply` of the first network turns it on as well. */
async function forwardingRepairs({ hasNetworks }: InstanceState): Promise<readonly Repair[]> {
  const off = (await localHost.readFile(forwardingFile))?.trim() === '0'
  if (!hasNetworks || !off) return []
  const run = async (): Promise<readonly string[]> => {
    await localHost.writeKernel(forwardingFile, '1')
    return ['IP forwarding was turned on.']
  }
  return [{ question: 'Turn IP forwarding on (net.ipv4.ip_forward)?', run }]
}

const recordRepairs = (engine: Engine, { damaged, unrecorded }: InstanceState): readonly Repair[] =>
  damaged.size > 0 || unrecorded.length > 0
    ? [{ question: 'Rebuild the records from the host?', run: () => rebuildRecords(engine) }]
    : []

async function rebuildRecords(engine: Engine): Promise<readonly string[]> {
  const { setAside, rebuilt, recorded, forgotten, failures } = await engine.refresh()
  for (const failure of failures) reportError(failure, {})
  return [
    ...setAside.map((path) => `${path} was damaged and moved aside.`),
    ...rebuilt.map((address) => `The record of ${address} was rebuilt.`),
    ...recorded.map((address) => `${address} was recorded.`),
    ...forgotten.map((address) => `The record of ${address}, which does not exist, was removed.`),
  ]
}

/** Applies the recorded state of the stacks whose networks differ from it, after showing the plan. */
async function repairNetworks(engine: Engine, { drifted }: InstanceState, options: ConfirmOptions): Promise<number> {
  if (drifted.size === 0) return ExitCode.done
  const good = (await engine.generations()).filter(({ result }) => result === 'done').at(-1)
  const recorded = good === undefined ? [] : [...(await engine.stackRecords(await stackNames(engine))).keys()]
  const concerned = new Set([...drifted.keys()].map((address) => parseResourceAddress(address).stack))
  const owned = recorded.filter((stack) => concerned.has(stack))
  // The default network belongs to no stack of a file: any stack that uses it restores it.
  const stacks = owned.length > 0 ? owned : recorded
  if (good === undefined || stacks.length === 0) return ExitCode.failed
  const planned = await engine.planRollback({ to: good.generation, stacks })
  return confirmAndApply(engine, planned, options)
}

const stackNames = async (engine: Engine): Promise<readonly string[]> => [
  ...new Set((await engine.generations()).flatMap(({ stacks }) => Object.keys(stacks))),
]
