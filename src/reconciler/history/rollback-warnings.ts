import { type Diagnostic, firstLine } from '../../model/errors.ts'
import { authorText, type Generation } from '../../model/generation.ts'

/** The warnings about generations to return to that were not successful. Pure. */
export const failedTargets = (targets: readonly Generation[]): readonly Diagnostic[] =>
  targets
    .filter(({ result }) => result !== 'done')
    .map(({ generation, result, failures: [first] = [] }) => ({
      code: 'failed-generation',
      message: `Generation ${generation} ${result === 'failed' ? 'failed' : 'was interrupted'}${first ? `: ${firstLine(first.message)}` : '.'}`,
      hint: `\`heropods history ${generation}\` shows its errors. \`heropods rollback\` without a number goes to a successful generation.`,
    }))

/** The warning about stacks that did not exist then, and that the user has not named. Pure. */
export const removedStacks = (
  absent: readonly { readonly stack: string; readonly to: number }[],
): readonly Diagnostic[] => {
  const [first] = absent
  if (first === undefined) return []
  const names = absent.map(({ stack }) => stack).join(', ')
  return [
    {
      code: 'removed-stack',
      message: `Generation ${first.to} did not have ${names} yet: this rollback removes all objects of ${absent.length === 1 ? 'this stack' : 'these stacks'}.`,
      hint: 'Add `--stack NAME` for each stack to roll back; the others stay.',
    },
  ]
}

/** The warnings about stacks that were removed since, and that the user has not named. `all`: the stacks of the rollback. Pure. */
export function revivedStacks(
  revived: readonly string[],
  all: readonly string[],
  generations: readonly Generation[],
): readonly Diagnostic[] {
  const others = all.filter((stack) => !revived.includes(stack))
  const options = others.map((stack) => `--stack ${stack}`).join(' ')
  return revived.map((stack) => {
    const removal = generations.findLast(({ stacks }) => Object.hasOwn(stacks, stack))
    const by = removal ? ` in generation ${removal.generation} by ${authorText(removal)}` : ''
    return {
      code: 'revived-stack',
      message: `${stack} was removed${by}. This rollback creates its objects again; watch does not follow it until a file declares it.`,
      ...(others.length > 0 && { hint: `Add \`${options}\` to leave ${stack} out.` }),
    }
  })
}
