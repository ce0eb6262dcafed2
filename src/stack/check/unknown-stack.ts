import { type HeroPodsError, refusedError } from '../../model/errors.ts'
import { didYouMean } from './suggest.ts'

/** The error `unknown-stack` for a name that no stack of the instance has. Pure. */
export const unknownStackError = (name: string, known: readonly string[]): HeroPodsError =>
  refusedError({
    code: 'unknown-stack',
    message: `This instance has no stack "${name}".${didYouMean(name, known)}`,
    hint: `Stacks: ${known.join(', ') || 'none'}.`,
  })
