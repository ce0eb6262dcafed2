import { showable } from '../model/diff/showable.ts'
import type { Plan } from '../model/plan.ts'

/** The document of `diff --json` (schemas/output/diff.schema.json). Sensitive values are left out. */
export function planJson(plan: Plan): object {
  return {
    formatVersion: plan.formatVersion,
    steps: plan.steps.map(({ address, kind, action, class: changeClass, reason, changes, after, destructive }) => ({
      address,
      kind,
      action,
      class: changeClass,
      reason,
      destructive,
      after,
      changes: changes.map(({ path, before, after: wanted, class: own, drift }) => ({
        path,
        before: redacted(before),
        after: redacted(wanted),
        class: own,
        ...(drift !== undefined && { drift }),
      })),
    })),
    summary: plan.summary,
    warnings: plan.warnings,
  }
}

/** null means that the field is absent. */
const redacted = (value: unknown): unknown => showable(value ?? null)
