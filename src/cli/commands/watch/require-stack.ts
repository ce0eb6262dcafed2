import { refusedError } from '../../../model/errors.ts'
import { didYouMean } from '../../../stack/check/suggest.ts'

/** Raises `unknown-stack` (refused) if no known stack has this name. */
export function requireStack(stack: string, stacks: readonly { readonly stack: string }[]): void {
  const known = stacks.map((one) => one.stack)
  if (known.includes(stack)) return
  throw refusedError({
    code: 'unknown-stack',
    message: `There is no stack "${stack}".${didYouMean(stack, known)}`,
    hint: `Stacks: ${known.join(', ') || 'none'}.`,
  })
}
