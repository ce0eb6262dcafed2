import { join, resolve } from 'node:path'
import { existsSync, statSync } from '../../../host/caller-files.ts'
import type { Diagnostic } from '../../../model/errors.ts'
import type { StackStatus, WatchStatus } from '../../../model/status.ts'
import { countOf } from '../../../model/values/count.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import type { PlanInputs } from '../../../reconciler/plan/saved-plan.ts'
import { underWatch } from './watch-warning.ts'

/**
 * The warning about stacks that a running watch follows and that folders do not declare: a plan of the folders does not show their removal.
 * Empty: an argument is a file, or no watch runs.
 */
export async function removedStackWarnings(
  engine: Pick<Engine, 'paths'>,
  declared: readonly string[],
  { files, merged, cwd }: Pick<PlanInputs, 'files' | 'merged' | 'cwd'>,
): Promise<readonly Diagnostic[]> {
  const isFolder = (file: string): boolean => statSync(resolve(cwd, file)).isDirectory()
  // Without arguments it is the folder `stacks`, unless there is a heropods.yaml.
  const areFolders = files.length > 0 ? files.every(isFolder) : !existsSync(join(cwd, 'heropods.yaml'))
  return areFolders && merged.length === 0 ? underWatch(engine, (status) => missingStacks(status, declared)) : []
}

/** Folders without any followed stack are another source. Pure. */
export function missingStacks(
  { source: { location }, stacks }: Pick<WatchStatus, 'source' | 'stacks'>,
  declared: readonly string[],
): readonly Diagnostic[] {
  const followed = stacks.filter(({ owner }) => owner === undefined)
  const missing = followed.filter(({ stack }) => !declared.includes(stack))
  if (missing.length === 0 || missing.length === followed.length) return []
  const named = missing.map(withObjects).join(', ')
  return [
    {
      code: 'watched-stack',
      message: `No file declares ${named}. If watch gets these files from ${location}, it removes ${missing.length === 1 ? 'that stack' : 'those stacks'}.`,
      hint: 'Restore the files of the stacks that should stay.',
    },
  ]
}

const withObjects = ({ stack, objects }: StackStatus): string => `${stack} (${countOf(objects.length, 'object')})`
