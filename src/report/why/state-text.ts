import { stateWord } from '../../model/kinds/readiness.ts'
import { exitText } from '../../model/kinds/text/exit-text.ts'
import { healthText } from '../../model/kinds/text/health-text.ts'
import { memoryKillsText, memoryLimitText } from '../../model/kinds/text/memory-text.ts'
import { ageText } from '../../model/values/age.ts'
import { countOf } from '../../model/values/count.ts'
import { timesText } from '../container-state-text.ts'
import type { Style } from '../style.ts'
import type { WhyExit, WhyView } from './why-view.ts'

/** The state of an object behind its address. Pure. */
export function stateText({ exists, absence, state }: WhyView, style: Style, now: Date): string {
  if (!exists) return style.removed(absence === undefined ? 'does not exist' : absences[absence])
  if (state === null) return style.added('exists')
  const { exitCode, restarts, memoryKills = 0, memoryLimit } = state
  const health = healthText(state, now)
  const code = exitCode === null || state.state === 'running' ? '' : `${exitPhrase(state.state)} ${exitCode}`
  const parts = [
    `${stateWord(state.state)}${code}`,
    ...(state.outOfMemory ? [`killed: out of memory (${memoryLimitText(memoryLimit)})`] : []),
    ...(health ? [health] : []),
    ...(memoryKills > 0 ? [memoryKillsText(memoryKills, memoryLimit)] : []),
    ...(restarts > 0 ? [`restarted ${timesText(restarts)}`] : []),
  ]
  return parts.join(', ')
}

/** A container that restarts has exited before. */
const exitPhrase = (state: string): string => (state === 'restarting' ? ' after exit code' : ' with code')

const absences = { creating: 'not created yet', failed: 'was not created', missing: 'missing on the host' } as const

/** The processes that the kernel has killed: `tail (pid 16103 on the host): out of memory, 4 s ago`. Pure. */
export const killedLines = ({ state }: WhyView, now: Date): readonly string[] =>
  (state?.memoryKilled ?? []).map(
    ({ time, program, pid }) => `${program} (pid ${pid} on the host): out of memory, ${ageText(time, now)}`,
  )

/** The last exits: `code 3, 2 s ago (5 exits in 20 s)`. Stops by HeroPods are not counted. Pure. */
export function exitLines({ exits = [] }: WhyView, now: Date): readonly string[] {
  const last = exits.at(-1)
  if (last === undefined) return []
  const text = `code ${exitText(last)}, ${ageText(last.endedAt, now)}`
  const unplanned = exits.filter(({ stoppedBy }) => stoppedBy === undefined)
  if (last.stoppedBy === undefined)
    return unplanned.length === 1
      ? [text]
      : [`${text} (${unplanned.length} exits${spanOf(unplanned)})${codesText(unplanned)}`]
  return unplanned.length === 0
    ? [text]
    : [text, `${countOf(unplanned.length, 'unplanned exit')} before: ${codeList(unplanned)}`]
}

const codeList = (exits: readonly WhyExit[]): string =>
  `code${exits.length === 1 ? '' : 's'} ${exits.map(({ exitCode, outOfMemory }) => `${exitCode}${outOfMemory ? ' (out of memory)' : ''}`).join(', ')}`

/** The codes, if they differ. */
const codesText = (exits: readonly WhyExit[]): string =>
  new Set(exits.map(({ exitCode, outOfMemory }) => `${exitCode} ${outOfMemory}`)).size > 1 ? `: ${codeList(exits)}` : ''

const spanOf = (exits: readonly WhyExit[]): string =>
  ` in ${spanText(exits[0]?.startedAt ?? '', exits.at(-1)?.endedAt ?? '')}`

function spanText(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
  if (seconds < 120) return `${seconds} s`
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}
