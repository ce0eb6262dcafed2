/** When a registry is asked: at every plan, when the image is not here, never, or when the last answer is older than a period. */
export type PullPolicy = 'always' | 'missing' | 'never' | 'daily' | 'weekly' | `every_${string}`

const unitMs: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }
const every = /^every_((?:\d+[wdhms])+)$/

/** How old the last answer of a registry may be, milliseconds. undefined: the policy has no period. Pure. */
export function pullPeriodMs(policy: string): number | undefined {
  if (policy === 'daily') return unitMs.d
  if (policy === 'weekly') return unitMs.w
  const [, text] = every.exec(policy) ?? []
  return text
    ?.match(/\d+[wdhms]/g)
    ?.reduce((sum, part) => sum + Number.parseInt(part, 10) * (unitMs[part.at(-1) ?? ''] ?? 0), 0)
}

/** The pull policy of a text; `if_not_present` and other texts are `missing`. Pure. */
export function pullPolicy(text: string | undefined): PullPolicy {
  const known = (['always', 'never', 'daily', 'weekly'] as const).find((policy) => policy === text)
  if (known !== undefined) return known
  return text !== undefined && isEvery(text) ? text : 'missing'
}

const isEvery = (text: string): text is `every_${string}` => every.test(text)

/** The policy of the two that asks a registry more often. Pure. */
export const stricterPolicy = (left: PullPolicy, right: PullPolicy): PullPolicy =>
  gapMs(right) < gapMs(left) ? right : left

/** The longest time between two questions. */
function gapMs(policy: PullPolicy): number {
  if (policy === 'always') return 0
  if (policy === 'never') return Number.POSITIVE_INFINITY
  return pullPeriodMs(policy) ?? Number.MAX_VALUE
}
