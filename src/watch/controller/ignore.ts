import jsonpatch, { type Operation } from 'fast-json-patch'
import { type Address, parseAddress } from '../../model/address.ts'
import type { Change } from '../../model/change.ts'
import type { IgnoreRule } from '../../model/ignore-rule.ts'
import type { MakingStep, Step, StepId } from '../../model/plan.ts'
import { classOf, reasonOf } from '../../reconciler/plan/plan.ts'

/**
 * The steps without what the rules leave alone. A rule without a pointer drops every step of its object, but for those that the
 * replacement of another one forces. A rule with one drops changes: a field that is left alone keeps its value where the step is done for
 * another reason, so that no record says what the host does not show, and a step with nothing left goes; what comes, goes or is replaced
 * stays whole. Edges to dropped steps lead on to what those waited for. Pure.
 */
export function withoutIgnored(steps: readonly Step[], rules: readonly IgnoreRule[]): readonly Step[] {
  if (rules.length === 0) return steps
  const kept = new Map(
    steps.map((step) => [
      step.id,
      reduced(
        step,
        rules.filter((rule) => concerns(rule, step.address)),
      ),
    ]),
  )
  const before = new Map(steps.map((step) => [step.id, step]))
  const bridged = (id: StepId): readonly StepId[] => {
    const step = kept.get(id)
    return step ? [step.id] : (before.get(id)?.after.flatMap(bridged) ?? [])
  }
  return [...kept.values()]
    .filter((step) => step !== undefined)
    .map((step) => ({ ...step, after: [...new Set(step.after.flatMap(bridged))].sort() }))
}

/** Whether the rules leave a whole object alone. Pure. */
export const isLeftAlone = (rules: readonly IgnoreRule[], address: Address): boolean =>
  rules.some((rule) => rule.pointer === undefined && concerns(rule, address))

function concerns({ kind, name }: IgnoreRule, address: Address): boolean {
  const own = parseAddress(address)
  return kind.test(own.kind) && (name.test(own.name) || name.test(own.name.replace(/\.\d+$/, '')))
}

/** What is left of a step; undefined: nothing. */
function reduced(step: Step, rules: readonly IgnoreRule[]): Step | undefined {
  if (rules.some((rule) => rule.pointer === undefined) && !isForced(step)) return undefined
  if (step.action !== 'update' && step.action !== 'recreate') return step
  const isIgnored = (change: Change): boolean => rules.some((rule) => rule.pointer?.test(change.path))
  const changes = step.changes.filter((change) => !isIgnored(change))
  if (changes.length === step.changes.length) return step
  if (changes.length === 0) return undefined
  const left = classOf(changes)
  const action = left === 'live' ? 'update' : 'recreate'
  const kept = withBefore(step, step.changes.filter(isIgnored))
  return { ...kept, id: `${step.address}:${action}`, action, class: left, reason: reasonOf(changes), changes }
}

const isForced = (step: Step): boolean => step.class === 'replace' && step.changes.length === 0

/** The step with a spec in which these fields have the values that they had. */
function withBefore(step: MakingStep, changes: readonly Change[]): MakingStep {
  const fields = changes
    .filter((change) => change.drift === undefined)
    .map((change) => ({ ...change, path: `/spec${change.path}` }))
    .sort((left, right) => left.path.localeCompare(right.path, 'en', { numeric: true }))
  const gone = fields.filter((change) => change.after === undefined)
  const come = fields.filter((change) => change.before === undefined).reverse()
  const other = fields.filter((change) => change.after !== undefined && change.before !== undefined)
  // Items of lists come back from the first on and go from the last on, so that each index holds.
  const patch: Operation[] = [
    ...gone.map(({ path, before }): Operation => ({ op: 'add', path, value: before })),
    ...other.map(({ path, before }): Operation => ({ op: 'replace', path, value: before })),
    ...come.map(({ path }): Operation => ({ op: 'remove', path })),
  ]
  return jsonpatch.applyPatch(structuredClone(step), patch).newDocument
}
