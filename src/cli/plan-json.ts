import type { Origin } from '../model/desired.ts'
import { showable } from '../model/diff/showable.ts'
import type { Plan } from '../model/plan.ts'
import type { OriginLookup } from './plan-origins.ts'

/** The document of `diff --json` (schemas/output/diff.schema.json). Sensitive values are left out. */
export function planJson(plan: Plan, originAt: OriginLookup = () => undefined): object {
  return {
    formatVersion: plan.formatVersion,
    steps: plan.steps.map(({ address, kind, action, class: stepClass, reason, changes, after, destructive }) => ({
      address,
      kind,
      action,
      class: stepClass,
      reason,
      destructive,
      after,
      ...originField(originAt(address, '')),
      changes: changes.map(({ path, before, after: desired, class: changeClass, drift }) => ({
        path,
        before: redacted(before),
        after: redacted(desired),
        class: changeClass,
        ...(drift !== undefined && { drift }),
        ...originField(originAt(address, path)),
      })),
    })),
    summary: plan.summary,
    warnings: plan.warnings,
  }
}

const originField = (origin: Origin | undefined) => (origin ? { origin } : {})

/** null means that the field is absent. */
const redacted = (value: unknown): unknown => showable(value ?? null)
