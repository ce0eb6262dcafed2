import type { RunState } from '../../model/kinds/container.ts'
import { exitText } from '../../model/kinds/text/exit-text.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import type { ObjectStatus } from '../../model/status.ts'
import type { ContainerExit, HealthLogEntry } from '../../reconciler/engine.ts'
import type { Style } from '../style.ts'

/** A container that does not work, with its newest output. */
export interface FailedContainer {
  readonly address: ResourceAddress
  readonly state: RunState
  readonly exit?: Pick<ContainerExit, 'exitCode' | 'outOfMemory' | 'stoppedBy' | 'stopNote' | 'isUnplanned'>
  /** Its last check, if it has failed. */
  readonly check?: HealthLogEntry
  /** undefined: the check is not a command. */
  readonly checkCommand?: string
  /** The last lines of its log. */
  readonly log: readonly string[]
}

/** True for a container whose output explains why its stack is not ready. Pure. */
export const needsExplanation = ({ kind, state, health, betweenCrashes }: ObjectStatus): boolean =>
  kind === 'container' &&
  (state === 'exited' || state === 'restarting' || health === 'unhealthy' || betweenCrashes === true)

/** Lines of a check's output that are shown. */
const shownLines = 5

/** Containers with their failed checks and the last lines of their logs. Pure. */
export const failedLines = (containers: readonly FailedContainer[], style: Style): readonly string[] =>
  containers.flatMap((one) => [
    `${style.bold(parseResourceAddress(one.address).name)} ${style.error(failureText(one))}`,
    ...checkLines(one),
    ...(one.log.length === 0
      ? [style.dim('  (no output)')]
      : ['  last output:', ...one.log.map((line) => `    | ${line}`)]),
  ])

function failureText({ state, exit, check }: FailedContainer): string {
  if (check) return 'is unhealthy'
  const code = exit === undefined ? '' : ` with code ${exitText(exit)}`
  if (state === 'restarting') return `exited${code} and waits for its restart`
  return state === 'exited'
    ? `has exited${code}`
    : `was restarted repeatedly${exit === undefined ? '' : `; it exited${code}`}`
}

function checkLines({ check, checkCommand }: FailedContainer): readonly string[] {
  if (check === undefined) return []
  const code = check.exitCode === null ? '' : ` (exit code ${check.exitCode})`
  const output = check.output.trimEnd().split('\n')
  const shown = output.slice(0, shownLines).filter((line) => line !== `exit code ${check.exitCode}`)
  const more = output.length - shownLines
  return [
    checkCommand === undefined ? '  check:' : `  check: ${checkCommand}${code}`,
    ...shown.map((line) => `    | ${line}`),
    ...(more > 0 ? [`    ... and ${more} more ${more === 1 ? 'line' : 'lines'}`] : []),
  ]
}
