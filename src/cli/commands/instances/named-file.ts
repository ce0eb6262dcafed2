import { FileFault, readPlainText } from '../../../host/files/plain-file.ts'
import { refusedError } from '../../../model/errors.ts'
import { sentence } from '../../../stack/check/suggest.ts'

/** The text of a file that an argument names. `largest`: bytes. Raises `file-missing`, `file-unreadable` (refused), with this hint. */
export function namedFileText(file: string, largest: number, hint: string): string {
  try {
    return readPlainText(file, largest)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    throw refusedError({
      code: error.reason === 'absent' ? 'file-missing' : 'file-unreadable',
      message: sentence(error.message.replace(/^t/, 'T')),
      hint,
    })
  }
}
