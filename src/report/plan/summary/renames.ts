import { parseResourceAddress } from '../../../model/resource-address.ts'
import { groupBy } from '../../../model/values/group-by.ts'
import { stableJson } from '../../../model/values/stable-json.ts'
import { visibleLine } from '../../../model/values/visible.ts'
import { reasons } from '../../../reconciler/plan/step-reason.ts'
import type { Entry } from '../entries.ts'
import { type Line, line, span } from '../lines.ts'
import { withoutReplica } from '../names.ts'

/** Objects that the user seems to have renamed: one is removed, and one with the same spec is created. Pure. */
export const renameLines = (entries: readonly Entry[]): readonly Line[] => [
  ...containerLines(entries),
  ...volumeLines(entries),
]

function containerLines(entries: readonly Entry[]): readonly Line[] {
  const created = namesBySpec(entries.filter(({ effect, reason }) => effect === 'create' && reason === undefined))
  const deleted = namesBySpec(entries.filter(({ effect, step }) => effect === 'delete' && isUndeclared(step)))
  const pairs = [...deleted].flatMap(([key, before]): string[] => {
    const after = created.get(key) ?? []
    return before.length === 1 && after.length === 1 ? [`${before[0]} -> ${after[0]}`] : []
  })
  if (pairs.length === 0) return []
  const text = `${visibleLine(pairs.join(', '))}: a renamed container is a new container. Its named volumes stay.`
  return [line(0, span(text, 'dim'))]
}

/** The one volume of a stack that is released, while one is created. */
function volumeLines(entries: readonly Entry[]): readonly Line[] {
  const volumes = entries.filter(({ step }) => step.kind === 'volume')
  const stacks = groupBy(volumes, ({ step }) => parseResourceAddress(step.address).stack)
  return [...stacks.values()].flatMap((own) => {
    const namesOf = (effect: Entry['effect']): readonly string[] =>
      own.filter((one) => one.effect === effect).map(({ step }) => parseResourceAddress(step.address).name)
    const [[before, ...otherReleased], [after, ...otherCreated]] = [namesOf('release'), namesOf('create')]
    if (before === undefined || after === undefined || otherReleased.length + otherCreated.length > 0) return []
    const text = `${visibleLine(`${before} -> ${after}`)}: a renamed volume is a new, empty volume. The data stays in ${visibleLine(before)}, which no container uses then.`
    return [line(0, span(text, 'changed'))]
  })
}

/** False for a replica that is one too many. */
const isUndeclared = ({ reason }: Entry['step']): boolean => reason === reasons.notDeclared

/** The names of containers, without the numbers of replicas, by their stacks and specs. */
function namesBySpec(entries: readonly Entry[]): ReadonlyMap<string, readonly string[]> {
  const found = entries.flatMap(({ step }) => {
    const key = specKey(step)
    return key === undefined ? [] : [{ key, name: withoutReplica(parseResourceAddress(step.address).name) }]
  })
  return new Map(
    [...groupBy(found, ({ key }) => key)].map(([key, some]) => [key, [...new Set(some.map(({ name }) => name))]]),
  )
}

/** The stack and the spec of a container, without the values that follow from its name or from the host. */
function specKey(step: Entry['step']): string | undefined {
  if (step.kind !== 'container' || step.spec === undefined) return undefined
  const { service: _service, hostname: _hostname, image_digest: _digest, networks, ...rest } = step.spec
  const { stack } = parseResourceAddress(step.address)
  return stableJson({ stack, ...rest, networks: networks.map(({ network }) => network) })
}
