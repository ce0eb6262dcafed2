import { decodeText } from '../../host/files/plain-file.ts'
import type { Origin } from '../../model/desired.ts'
import { envFileEntries } from '../interpolate/env-file.ts'
import { readContent } from '../read/read-file.ts'

/** The line of a variable in the last of these env files that sets it; undefined: none does. */
export function envFileLine(files: readonly string[], variable: string): Origin | undefined {
  for (const file of files.toReversed()) {
    const line = lineIn(file, variable)
    if (line !== undefined) return { file, line, through: 'env_file' }
  }
  return undefined
}

function lineIn(file: string, variable: string): number | undefined {
  try {
    const entries = [...envFileEntries(decodeText(readContent(file, 'environment'), file))]
    return entries.findLast((one) => one.name === variable)?.line
  } catch {
    // A file that is not required, or that was removed since.
    return undefined
  }
}
