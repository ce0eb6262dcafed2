import type { Address } from '../../../model/address.ts'
import { isOwned } from '../../../model/observation.ts'
import type { Engine, Snapshot } from '../../../reconciler/engine.ts'
import { type Check, passed, problem, warning } from './check.ts'

/** The state of an instance that `heropods doctor --repair` can repair. */
export interface InstanceState {
  /** Number of the last run, if it was killed or interrupted; undefined: it ended, or still runs. */
  readonly interrupted: number | undefined
  /** Damaged records by path, with the reason. */
  readonly damaged: ReadonlyMap<string, string>
  /** Objects on the host that are not in the records. */
  readonly unrecorded: readonly Address[]
  /** Networks that differ from their applied spec, e.g. without their chains, with the differences. */
  readonly drifted: ReadonlyMap<Address, readonly string[]>
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
  const last = (await engine.generations()).at(-1)
  const damaged = new Map(engine.reader.damage)
  const owned = [...observations].filter(([, one]) => one.presence === 'owned' && one.spec !== undefined)
  const networks = [...observations].flatMap(([address, one]) => (isOwned(one, 'network') ? [{ address, one }] : []))
  return {
    interrupted: last?.result === 'interrupted' ? last.generation : undefined,
    damaged,
    unrecorded: isBusy ? [] : owned.map(([address]) => address).filter((address) => !state.inventory.has(address)),
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

/** The checks of the state of an instance. Pure. */
export function checkInstance({ interrupted, damaged, unrecorded, drifted }: InstanceState): readonly Check[] {
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
  return [...networks, checkLastRun(interrupted), ...broken, ...checkUnrecorded(unrecorded)]
}

const checkLastRun = (interrupted: number | undefined): Check =>
  interrupted === undefined
    ? passed('last run', 'not interrupted')
    : warning(
        'last run',
        `run ${interrupted} was interrupted: some of its steps may be missing`,
        '`heropods apply` with its files finishes it; `heropods rollback` returns to the state before it.',
      )

function checkUnrecorded(unrecorded: readonly Address[]): readonly Check[] {
  if (unrecorded.length === 0) return [passed('records', 'match the host')]
  return [
    warning(
      'records',
      `objects of the host are not in them: ${unrecorded.join(', ')}`,
      '`heropods doctor --repair` (or `heropods refresh`) records them.',
    ),
  ]
}
