import { join } from 'node:path'
import { readJson } from '../../host/files/json.ts'
import type { Paths } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import { object, text } from '../../model/values/shape.ts'
import { checkoutsFolder } from '../source/checkouts.ts'
import { CommitReporter, TokenMissing } from './commit-reporter.ts'
import type { Forge } from './forge.ts'
import type { CommitResult } from './status-request.ts'

/** Where the results of commits are sent. */
export interface ForgeRequest {
  readonly forge: Forge
  /** File of the token, absolute. Default: HEROPODS_FORGE_TOKEN. */
  readonly tokenFile?: string
}

/** Bytes. */
const maxTokenBytes = 4096

/** Opens the reporter of an instance. It stores the last result beside the checkouts. */
export function openReporter(
  { forge, tokenFile }: ForgeRequest,
  given: { readonly host: Host; readonly paths: Paths; readonly environment: NodeJS.ProcessEnv },
  warn: (message: string) => void,
): CommitReporter {
  const { host, paths, environment } = given
  const file = join(checkoutsFolder(paths), 'reported.json')
  const { hostname } = host.system
  return new CommitReporter({
    forge,
    context: ['heropods', hostname, ...(paths.instance === 'default' ? [] : [paths.instance])].join('/'),
    token: () => (tokenFile === undefined ? tokenOf(environment) : readToken(host, tokenFile)),
    load: () => readJson<CommitResult>(host, file, sentResult),
    save: (result) => host.writeFile(file, JSON.stringify(result)),
    warn,
  })
}

const sentResult = object<CommitResult>({ commit: text, state: text, description: text })

async function tokenOf({ HEROPODS_FORGE_TOKEN: token }: NodeJS.ProcessEnv): Promise<string> {
  return checkedToken(token ?? '', 'HEROPODS_FORGE_TOKEN')
}

async function readToken(host: Host, file: string): Promise<string> {
  const content = await host.readPlainFile(file, maxTokenBytes).catch(() => {
    throw new TokenMissing(`the token file ${file} cannot be read`)
  })
  return checkedToken(content.toString('utf8'), file)
}

/** A header holds no other characters. */
function checkedToken(given: string, from: string): string {
  const token = given.trim()
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw new TokenMissing(`${from} has no token`)
}
