import jsonpatch, { type Operation } from 'fast-json-patch'
import { type Change, costliestClass } from '../../model/change.ts'
import type { IgnoreRule } from '../../model/ignore-rule.ts'
import type { ApplyStep, Step, StepId } from '../../model/plan.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { compareNatural } from '../../model/values/sorted.ts'
import { changeReason } from '../../reconciler/plan/step-reason.ts'

/**
 * The steps without ignored changes. A rule without a pointer drops all steps of its object, except those that the replacement of another
 * object forces. A rule with a pointer drops changes: if the step is done for another reason, the field keeps its old value in the spec, so
 * that the record matches the host. A step without changes is dropped. Steps that create, delete or replace an object stay complete. A
 * step that waited for a dropped step waits for the steps before that one. Pure.
 */
export function withoutIgnored(steps: readonly Step[], rules: readonly IgnoreRule[]): readonly Step[] {
  if (rules.length === 0) return steps
  const reducedSteps = new Map(
    steps.map((step) => [
      step.id,
      reduced(
        step,
        rules.filter((rule) => concerns(rule, step.address)),
      ),
    ]),
  )
  const before = new Map(steps.map((step) => [step.id, step]))
  const remainingBefore = (id: StepId): readonly StepId[] => {
    const step = reducedSteps.get(id)
    return step ? [step.id] : (before.get(id)?.after.flatMap(remainingBefore) ?? [])
  }
  return [...reducedSteps.values()]
    .filter((step) => step !== undefined)
    .map((step) => ({ ...step, after: [...new Set(step.after.flatMap(remainingBefore))].sort() }))
}

/** True if the rules ignore an object completely. Pure. */
export const isIgnored = (rules: readonly IgnoreRule[], address: ResourceAddress): boolean =>
  rules.some((rule) => rule.pointer === undefined && concerns(rule, address))

function concerns({ kind, name }: IgnoreRule, address: ResourceAddress): boolean {
  const own = parseResourceAddress(address)
  return kind.test(own.kind) && (name.test(own.name) || name.test(own.name.replace(/\.\d+$/, '')))
}

/** The step without ignored changes; undefined: it is dropped. */
function reduced(step: Step, rules: readonly IgnoreRule[]): Step | undefined {
  if (rules.some((rule) => rule.pointer === undefined) && !isForced(step)) return undefined
  if (step.action !== 'update' && step.action !== 'recreate') return step
  const matches = (change: Change): boolean => rules.some((rule) => rule.pointer?.test(change.path))
  const changes = step.changes.filter((change) => !matches(change))
  if (changes.length === step.changes.length) return step
  if (changes.length === 0) return undefined
  const changeClass = costliestClass(changes)
  const action = changeClass === 'live' ? 'update' : 'recreate'
  const before = withBefore(step, step.changes.filter(matches))
  return {
    ...before,
    id: `${step.address}:${action}`,
    action,
    class: changeClass,
    reason: changeReason(changes),
    changes,
  }
}

const isForced = (step: Step): boolean =>
  step.class === 'replace' && step.changes.every((change) => change.class !== 'replace')

/** The step with a spec in which these fields have their old values. */
function withBefore(step: ApplyStep, changes: readonly Change[]): ApplyStep {
  const fields = changes
    .filter((change) => change.drift === undefined)
    .map((change) => ({ ...change, path: `/spec${change.path}` }))
    .sort((left, right) => compareNatural(left.path, right.path))
  const removed = fields.filter((change) => change.after === undefined)
  const added = fields.filter((change) => change.before === undefined).reverse()
  const other = fields.filter((change) => change.after !== undefined && change.before !== undefined)
  // List items are added in ascending order and removed in descending order, so that each index is right.
  const patch: Operation[] = [
    ...removed.map(({ path, before }): Operation => ({ op: 'add', path, value: before })),
    ...other.map(({ path, before }): Operation => ({ op: 'replace', path, value: before })),
    ...added.map(({ path }): Operation => ({ op: 'remove', path })),
  ]
  return jsonpatch.applyPatch(structuredClone(step), patch).newDocument
}
