import type { Generation } from '../../../model/generation.ts'
import { isOwned } from '../../../model/observation.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { Engine, Snapshot } from '../../../reconciler/engine.ts'
import { type Check, passed, problem, warning } from './check.ts'

/** The state of an instance that `heropods doctor --repair` can repair. */
export interface InstanceState {
  /** Number of the last run, if it was killed or interrupted; undefined: it ended, or still runs. */
  readonly interrupted: number | undefined
  /** Damaged records by path, with the reason. */
  readonly damaged: ReadonlyMap<string, string>
  /** Objects on the host that are not in the records. */
  readonly unrecorded: readonly ResourceAddress[]
  /** Those of them whose creation failed, with the generation. */
  readonly failedStarts: ReadonlyMap<ResourceAddress, number>
  /** Networks that differ from their applied spec, e.g. without their chains, with the differences. */
  readonly drifted: ReadonlyMap<ResourceAddress, readonly string[]>
  readonly hasNetworks: boolean
  /** Number of containers. */
  readonly containers: number
}

/**
 * Reads the state of the instance. Changes nothing. `isBusy`: another run is changing the host, so that differences from the records
 * do not count.
 */
export async function readInstance(
  engine: Engine,
  { observations, state }: Snapshot,
  isBusy: boolean,
): Promise<InstanceState> {
  const generations = await engine.generations()
  const last = generations.at(-1)
  const damaged = new Map(engine.hostReader.damage)
  const owned = [...observations].filter(([, one]) => one.presence === 'owned' && one.spec !== undefined)
  const networks = [...observations].flatMap(([address, one]) => (isOwned(one, 'network') ? [{ address, one }] : []))
  const addresses = isBusy ? [] : owned.map(([address]) => address)
  const unrecorded = addresses.filter((address) => !state.inventory.has(address))
  return {
    interrupted: last?.result === 'interrupted' ? last.generation : undefined,
    damaged,
    unrecorded,
    failedStarts: failedStarts(unrecorded, generations),
    // A damaged record of a network would be drift of all its parts.
    drifted: new Map(
      networks
        .filter(({ one }) => !isBusy && damaged.size === 0 && one.actual.drift.length > 0)
        .map(({ address, one }) => [address, one.actual.drift]),
    ),
    hasNetworks: networks.length > 0,
    containers: [...observations.values()].filter((one) => one.kind === 'container').length,
  }
}

/** The newest generation in which each of these objects failed. Pure. */
const failedStarts = (
  addresses: readonly ResourceAddress[],
  generations: readonly Generation[],
): ReadonlyMap<ResourceAddress, number> =>
  new Map(
    addresses.flatMap((address) => {
      const run = generations.findLast(({ failures = [] }) => failures.some((one) => one.address === address))
      return run ? [[address, run.generation] as const] : []
    }),
  )

/** The checks of the state of an instance. Pure. */
export function checkInstance({
  interrupted,
  damaged,
  unrecorded,
  failedStarts,
  drifted,
}: InstanceState): readonly Check[] {
  const broken = [...damaged].map(([path, reason]) =>
    warning(
      'damaged record',
      `${path}: ${reason}`,
      '`heropods doctor --repair` (or `heropods refresh`) moves it aside and rebuilds it.',
    ),
  )
  const networks = [...drifted].map(([address, differences]) =>
    problem(
      address,
      differences.join('; '),
      '`heropods doctor --repair` restores its applied state; `heropods apply` applies its files.',
    ),
  )
  const failed = [...failedStarts].map(([address, generation]) =>
    warning(
      address,
      `generation ${generation} created it, and its start failed`,
      `\`heropods history ${generation}\` shows why; \`heropods apply\` with its files tries again, \`heropods destroy\` removes it.`,
    ),
  )
  const unexplained = unrecorded.filter((address) => !failedStarts.has(address))
  return [...networks, checkLastRun(interrupted), ...broken, ...failed, ...checkUnrecorded(unexplained)]
}

const checkLastRun = (interrupted: number | undefined): Check =>
  interrupted === undefined
    ? passed('last run', 'not interrupted')
    : warning(
        'last run',
        `run ${interrupted} was interrupted: some of its steps may be missing`,
        '`heropods apply` with its files finishes it; `heropods rollback` returns to the state before it.',
      )

function checkUnrecorded(unrecorded: readonly ResourceAddress[]): readonly Check[] {
  if (unrecorded.length === 0) return [passed('records', 'match the host')]
  return [
    warning(
      'records',
      `these objects of the host are not recorded: ${unrecorded.join(', ')}`,
      '`heropods doctor --repair` (or `heropods refresh`) records them.',
    ),
  ]
}
