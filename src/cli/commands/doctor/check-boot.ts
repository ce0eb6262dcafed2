import { join } from 'node:path'
import { isOwned } from '../../../model/observation.ts'
import type { Snapshot } from '../../../reconciler/engine.ts'
import { bootUnits } from '../../../watch/service/boot-unit.ts'
import { watchUnits } from '../../../watch/service/unit.ts'
import { localHost } from '../../local-host.ts'
import { type Check, passed, warning } from './check.ts'

const unitFolder = '/etc/systemd/system'

/** Checks on a host with systemd that a service starts the containers of the instance after a reboot. */
export async function checkBoot(instance: string, { observations }: Snapshot): Promise<readonly Check[]> {
  if ((await localHost.stat('/run/systemd/system')) === undefined) return []
  const restarting = [...observations.values()].filter(
    (one) => isOwned(one, 'container') && one.spec !== undefined && one.spec.restart.policy !== 'no',
  )
  const files = (await localHost.readDir(unitFolder)).filter((name) => name.endsWith('.service'))
  const units = await Promise.all(
    files.map(async (name) => ({ name, text: (await localHost.readFile(join(unitFolder, name))) ?? '' })),
  )
  return bootCheck(instance, restarting.length, units)
}

/** A unit of systemd with its text. */
interface Unit {
  readonly name: string
  readonly text: string
}

/** The check of the services that start containers after a reboot. `restarting`: containers with a restart policy. Pure. */
export function bootCheck(instance: string, restarting: number, units: readonly Unit[]): readonly Check[] {
  if (restarting === 0) return []
  const own = units.filter((unit) => isOfInstance(unit, instance)).map(({ name }) => name)
  const containers = `${restarting} ${restarting === 1 ? 'container' : 'containers'} with a restart policy`
  if (own.length > 0) return [passed('reboot', `${own.join(', ')} starts ${containers} after a reboot`)]
  const fix = '`heropods boot install`, or `heropods watch install FOLDER`.'
  return [warning('reboot', `no service starts ${containers} after a reboot`, fix)]
}

function isOfInstance({ text }: Unit, instance: string): boolean {
  if (![bootUnits, watchUnits].some(({ mark }) => text.startsWith(mark))) return false
  const [, named = 'default'] = /"--instance" "([^"]*)"|HEROPODS_INSTANCE=([^"]*)"/.exec(text)?.filter(Boolean) ?? []
  return named === instance
}
