import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from '../../host/caller-files.ts'
import type { Paths } from '../../host/files/paths.ts'
import type { ParseCache } from './document.ts'
import type { Expanded } from './expand-document.ts'

const kept = 64
/** A file that someone has damaged is as good as none. */
const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')
/** Raised when the form of a document changes: what an older version kept is parsed again. */
const version = 2

interface Kept {
  readonly version: number
  readonly documents: readonly Expanded[]
}

/** Parsed stack files below an instance's data folder. A reader gets what an earlier apply left; only an apply adds to it. */
export function openParseCache(paths: Paths, write: boolean): ParseCache {
  const folder = join(paths.data, 'cache', 'stacks')
  const file = (sha256: string): string => join(folder, `${sha256}.json`)
  return {
    read(sha256) {
      try {
        const [checksum = '', text = ''] = readFileSync(file(sha256), 'utf8').split('\n')
        if (checksum !== sha256Of(text)) return undefined
        const found = JSON.parse(text) as Partial<Kept>
        return found.version === version ? found.documents : undefined
      } catch {
        return undefined
      }
    },
    write(sha256, documents) {
      if (!write || documents.some(({ data }) => statesSecrets(data))) return
      const text = JSON.stringify({ version, documents } satisfies Kept)
      const temporary = `${file(sha256)}.${randomBytes(6).toString('hex')}.tmp`
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        writeFileSync(temporary, `${sha256Of(text)}\n${text}`, { mode: 0o600 })
        rmSync(file(sha256), { recursive: true, force: true })
        renameSync(temporary, file(sha256))
        prune(folder)
      } catch {
        // What cannot be kept is parsed again.
        rmSync(temporary, { force: true })
      }
    },
  }
}

/** Secrets that stand in a file itself are not copied to another place. */
function statesSecrets(document: unknown): boolean {
  const { secrets, variables } = (document ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>> | null>>
  const some = (parts: Readonly<Record<string, unknown>> | null | undefined, field: string): boolean =>
    Object.values(parts ?? {}).some((one) => one !== null && typeof one === 'object' && field in one)
  return some(secrets, 'content') || some(variables, 'sensitive')
}

function prune(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name))
  if (files.length <= kept) return
  const byAge = files
    .map((path) => ({ path, time: statSync(path).mtimeMs }))
    .sort((left, right) => right.time - left.time)
  for (const { path } of byAge.slice(kept)) rmSync(path, { recursive: true, force: true })
}
