import type { Diagnostic } from '../../../model/errors.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'

/** The least limits with which crun can start a process: crun opens files, and writes the seccomp filter to one. */
const leastLimits = { nofile: 64, fsize: 65_536, cpu: 1 } as const

/** Limits with which no process can start. Checked before the old process is ended. Pure. */
export const limitProblems = ({ ulimits }: Pick<ContainerSpec, 'ulimits'>): readonly Diagnostic[] =>
  Object.entries(leastLimits).flatMap(([name, least]) => {
    const soft = ulimits[name]?.soft ?? -1
    return soft < 0 || soft >= least
      ? []
      : [
          {
            code: 'bad-limit',
            message: `With \`ulimits.${name}\` at ${soft} the runtime cannot start a process.`,
            hint: `Write at least ${least}.`,
          },
        ]
  })
