import type { Generation } from '../../model/generation.ts'

type Process = Pick<Generation, 'pid' | 'command' | 'origin'>

/** The generations of one run. */
export type Run<T = Generation> = readonly [T, ...T[]]

/** True if two neighbours in the history are of one `pulumi up` or `destroy`: its provider process records each batch of resources. */
const isSameRun = (one: Process | undefined, next: Process): boolean =>
  one?.command === 'pulumi' && next.command === 'pulumi' && one.pid === next.pid && one.origin === next.origin

/** The generations of a list in its order: those of one run of Pulumi together, each other one alone. Pure. */
export function runsOfGenerations<T extends Process>(generations: readonly T[]): readonly Run<T>[] {
  const runs: [T, ...T[]][] = []
  for (const one of generations) {
    const run = runs.at(-1)
    if (run && isSameRun(run.at(-1), one)) run.push(one)
    else runs.push([one])
  }
  return runs
}
