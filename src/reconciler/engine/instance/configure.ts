import {
  type InstanceSettings,
  readInstanceSettings,
  writeInstanceSettings,
} from '../../../host/files/instance-settings.ts'
import { refusedError } from '../../../model/errors.ts'
import { requireSettings } from '../../../model/instance/check-settings.ts'
import { defaultNetwork } from '../../../model/kinds/network.ts'
import { isOwned } from '../../../model/observation.ts'
import { observeAll } from '../../reconcile.ts'
import type { Session } from '../../session.ts'
import { requireUnused } from './instances.ts'

type Store = Pick<Session, 'hostReader' | 'paths'>

/** The settings of the instance. */
export const settingsOf = ({ hostReader, paths }: Store): Promise<InstanceSettings> =>
  readInstanceSettings(hostReader, paths)

/**
 * Stores the settings of the instance. The next apply uses them. Raises `network-exists` (refused) if containers use the default network
 * with another bridge, subnet or gateway.
 */
export async function configureInstance(session: Session, settings: InstanceSettings): Promise<void> {
  requireSettings(settings)
  await requireUnused(session.host, session.paths, settings)
  const { observations } = await observeAll(session)
  const observed = observations.get(defaultNetwork)
  const existing = isOwned(observed, 'network') ? observed.spec : undefined
  const differing = (['bridge', 'subnet', 'gateway'] as const).find(
    (key) => existing !== undefined && settings.network?.[key] !== undefined && settings.network[key] !== existing[key],
  )
  if (existing !== undefined && differing !== undefined)
    throw refusedError({
      code: 'network-exists',
      message: `The default network of the instance ${session.paths.instance} exists with the ${differing} ${existing[differing]}, not ${settings.network?.[differing]}.`,
      hint: 'Remove the containers that use it first: `heropods ps` lists them.',
    })
  session.keepData()
  await writeInstanceSettings(session.writeHost(), session.paths, settings)
}
