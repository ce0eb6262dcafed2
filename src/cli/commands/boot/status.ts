import { instancePaths } from '../../../host/files/paths.ts'
import { ExitCode } from '../../../model/errors.ts'
import type { ContainerSpec, RunState } from '../../../model/kinds/container.ts'
import { stateWord } from '../../../model/kinds/readiness.ts'
import { bootObstacle, startsAfterStop } from '../../../model/kinds/restart-policy.ts'
import { obstacleText } from '../../../reconciler/plan/boot-steps.ts'
import { renderTable } from '../../../report/table.ts'
import { bootUnits } from '../../../watch/service/boot-unit.ts'
import { type UnitState, unitState } from '../../../watch/service/install.ts'
import { ownedContainers } from '../../container-view.ts'
import { withEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { openTerminal } from '../../terminal.ts'
import type { BootUnitOptions } from './install.ts'
import { bootUnitName } from './unit-name.ts'

/** The action of `heropods boot` on a container after the next reboot. */
export interface BootOutlook {
  readonly starts: boolean
  /** The end of a sentence whose subject is the container. */
  readonly text: string
}

/** The action of `heropods boot` after the next reboot on a container that has this state now. Pure. */
export function bootOutlook(spec: Pick<ContainerSpec, 'restart'>, state: RunState): BootOutlook {
  // A reboot ends the stop of a container with `always`.
  const after = state === 'stopped' && startsAfterStop(spec) ? 'absent' : state
  const obstacle = bootObstacle(spec, after)
  return obstacle === undefined ? { starts: true, text: 'starts' } : { starts: false, text: obstacleText(obstacle) }
}

/** `heropods boot status`: the unit, and for each container whether it starts after a reboot. */
export async function status(options: BootUnitOptions): Promise<number> {
  const terminal = openTerminal()
  const name = bootUnitName(instancePaths(localHost.environment, options.instance).instance, options.name)
  const unit = await unitState(localHost, bootUnits, name)
  const containers = await withEngine(options, async (engine) => ownedContainers(await engine.observe()))
  const rows = containers.flatMap(({ address, spec, actual }) =>
    spec === undefined
      ? []
      : [{ address, state: actual.state, restart: spec.restart.policy, ...bootOutlook(spec, actual.state) }],
  )
  if (options.json) {
    const { path, state, lastResult = null } = unit
    terminal.print(JSON.stringify({ unit: { name, path, state, lastResult }, containers: rows }))
    return ExitCode.done
  }
  terminal.print(unitText(name, unit))
  if (rows.length === 0) return ExitCode.done
  const cells = rows.map(({ address, state, restart, text }) => [address, stateWord(state), restart, text])
  terminal.print(await renderTable(['CONTAINER', 'NOW', 'RESTART', 'AFTER A REBOOT'], cells, terminal.style))
  return ExitCode.done
}

/** One sentence about the unit. Pure. */
export function unitText(name: string, { path, state, lastResult }: UnitState): string {
  if (state === 'absent')
    return `${name}.service is not installed: after a reboot no container starts without \`watch\`. \`heropods boot install\` installs it.`
  const result = lastResult === undefined ? 'It has not run since the host was booted.' : `Its last run: ${lastResult}.`
  return state === 'enabled'
    ? `${path} is enabled. ${result}`
    : `${path} is not enabled: after a reboot it does not run. Run \`systemctl enable ${name}\`.`
}
