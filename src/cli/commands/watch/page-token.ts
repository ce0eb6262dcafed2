import { readFileSync } from '../../../host/caller-files.ts'
import { messageOf, refusedError } from '../../../model/errors.ts'
import { checkToken } from '../../../watch/http/access.ts'
import type { WatchSourceOptions } from './source-options.ts'

/**
 * The token of the status page: of the file after `--listen-token-file`, else HEROPODS_PAGE_TOKEN; undefined: the page needs none. It is
 * never an argument: every user of the host can read those. Raises `bad-page-token` (refused).
 */
export function pageToken(
  { listenTokenFile }: Pick<WatchSourceOptions, 'listenTokenFile'>,
  { HEROPODS_PAGE_TOKEN: variable }: NodeJS.ProcessEnv,
): string | undefined {
  if (listenTokenFile !== undefined) return checkToken(readToken(listenTokenFile), listenTokenFile)
  return variable ? checkToken(variable, 'HEROPODS_PAGE_TOKEN') : undefined
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw refusedError({
      code: 'bad-page-token',
      message: `The token of the status page cannot be read: ${messageOf(error)}.`,
      hint: `Make it: \`openssl rand -hex 32 > ${file} && chmod 600 ${file}\`.`,
    })
  }
}
