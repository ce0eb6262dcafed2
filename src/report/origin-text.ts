import type { Origin } from '../model/desired.ts'

/** `shop.yaml:12`, `prod.yaml:4 (overlay)` or `shop.yaml:7 (variable TAG)`. Pure. */
export function originText({ file, line, through, variables = [] }: Origin): string {
  const route = [...(through ? [through] : []), ...variables.map((name) => `variable ${name}`)]
  return `${file}${line === undefined ? '' : `:${line}`}${route.length > 0 ? ` (${route.join(', ')})` : ''}`
}
