import type { HeroAction } from '../../../heroscript/actions.ts'
import { checkValues } from '../../../heroscript/check-values.ts'
import { readHeroScript } from '../../../heroscript/read-heroscript.ts'
import { readFileSync } from '../../../host/caller-files.ts'
import { absentHint } from '../../../host/files/paths.ts'
import { decodeText, FileFault, readPlainText } from '../../../host/files/plain-file.ts'
import { refusedError } from '../../../model/errors.ts'
import { sentence } from '../../../stack/check/suggest.ts'

/** The largest script, bytes. */
const largest = 2 ** 20

/** Endings of files with HeroScript, as in the original. */
const endings = /\.(heroscript|hero|hs)$/

/** Hints for files with other contents, by their ending. */
const otherFiles: readonly (readonly [RegExp, string])[] = [
  [
    /compose\.ya?ml$/,
    'A Compose file is converted by `heropods init --from FILE`. A stack file needs no conversion: `heropods apply FILE`.',
  ],
  [/\.ya?ml$/, '`heropods apply FILE` applies a stack file; `heropods init --from FILE` converts a Compose file.'],
]
const rename =
  'Rename it to end in .heroscript, .hero or .hs, or use standard input: `heropods import - < FILE`. Objects that HeroPods did not create cannot be imported.'

/** Reads and checks a script; `-` is standard input. Raises all its errors, `usage`, `file-missing`, `file-unreadable` (refused). */
export function readScript(file: string): readonly HeroAction[] {
  const actions = readHeroScript(textOf(file), file === '-' ? 'standard input' : file)
  checkValues(actions)
  return actions
}

function textOf(file: string): string {
  if (file !== '-' && !endings.test(file))
    throw refusedError({
      code: 'usage',
      message: `${file} does not have the name of a HeroScript.`,
      hint: otherFiles.find(([pattern]) => pattern.test(file))?.[1].replaceAll('FILE', file) ?? rename,
    })
  try {
    return file === '-' ? decodeText(readFileSync(0), 'Standard input') : readPlainText(file, largest)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    const isAbsent = error.reason === 'absent'
    throw refusedError({
      code: isAbsent ? 'file-missing' : 'file-unreadable',
      message: sentence(error.message.replace(/^t/, 'T')),
      hint: isAbsent
        ? absentHint(file, 'Check the path.')
        : `Name a regular file in UTF-8 of at most ${largest / 2 ** 20} MiB.`,
    })
  }
}
