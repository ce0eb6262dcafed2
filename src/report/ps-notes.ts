import type { ContainerActual } from '../model/kinds/container.ts'
import { memoryKillsText } from '../model/kinds/text/memory-text.ts'
import { groupBy } from '../model/values/group-by.ts'

interface NotedContainer {
  readonly name: string
  readonly stack: string
  readonly state: ContainerActual['state']
  readonly outOfMemory: boolean
  readonly memoryKills?: number
  readonly memoryLimit?: number | null
  readonly drift: readonly string[]
  readonly networkDrift?: readonly string[]
}

/** The notes below the table of `ps` about the rows that end with `!`: one for each reason. Pure. */
export function driftNotes(containers: readonly NotedContainer[]): readonly string[] {
  const marked = containers.filter((one) => one.drift.length > 0)
  const exited = marked.filter(({ state }) => state === 'exited')
  const restarting = containers.filter(({ state }) => state === 'restarting')
  const stopped = marked.filter(({ state }) => state === 'stopped')
  const changed = marked.filter(({ state }) => !['exited', 'stopped', 'restarting'].includes(state))
  return [
    ...note('out of memory', exited.filter(isOutOfMemory), () => 'raise `mem_limit`'),
    ...note(
      'exited',
      exited.filter((one) => !isOutOfMemory(one)),
      (name) => `\`heropods logs ${name}\` shows its output`,
    ),
    ...note('out of memory, restarted', restarting.filter(isOutOfMemory), () => 'raise `mem_limit`'),
    ...note(
      'restarting',
      restarting.filter((one) => !isOutOfMemory(one)),
      (name) => `\`heropods logs ${name}\` shows its output`,
    ),
    ...memoryNotes(containers),
    ...note('stopped by hand', stopped, (name) => `\`heropods start ${name}\` starts it`),
    ...note(
      'a published port does not lead to the container',
      containers.filter(hasLostPorts),
      (name) => `\`heropods why ${name}\` names them, \`heropods apply\` repairs them`,
    ),
    ...note('not as it was applied', changed, (name) => `\`heropods why ${name}\` shows the differences`),
  ]
}

/** Containers that run although a process of theirs was killed, by their number of such processes and their limit. */
function memoryNotes(containers: readonly NotedContainer[]): readonly string[] {
  const killed = containers.filter(({ memoryKills = 0 }) => memoryKills > 0)
  const groups = groupBy(killed, ({ memoryKills = 0, memoryLimit }) => memoryKillsText(memoryKills, memoryLimit ?? 0))
  return [...groups].flatMap(([reason, some]) =>
    note(reason, some, (name) => `\`heropods why ${name}\` names the process; raise \`mem_limit\``),
  )
}

const hasLostPorts = ({ networkDrift = [] }: NotedContainer): boolean => networkDrift.length > 0

const isOutOfMemory = ({ outOfMemory }: NotedContainer): boolean => outOfMemory

/** `! exited: shop/web, shop/db. ...`, with the command for the first of them. */
function note(
  reason: string,
  containers: readonly NotedContainer[],
  advice: (name: string) => string,
): readonly string[] {
  const names = containers.map(({ stack, name }) => `${stack}/${name}`)
  const [first] = names
  if (first === undefined) return []
  const adviceText = names.length === 1 ? advice(first) : advice(first).replace('its output', `the output of ${first}`)
  return [`! ${reason}: ${names.join(', ')}. ${capitalized(adviceText)}.`]
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The note about missing containers of a stack. `failedIn`: its last generation, if that failed. Pure. */
export const missingNote = (stack: string, failedIn: number | undefined): string =>
  failedIn === undefined
    ? `Containers of ${stack} are missing: \`heropods status ${stack}\` lists them.`
    : `Containers of ${stack} are missing: generation ${failedIn} failed. \`heropods history ${failedIn}\` shows why.`
