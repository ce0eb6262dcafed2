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
import { fits, listOf, number, object, type Shape } from '../../model/values/shape.ts'
import { fieldOf, isRecord } from '../../model/values/unknown.ts'
import type { ParseCache } from './document.ts'
import type { Expanded } from './expand-document.ts'

/** The most cached files; the oldest ones are removed. */
const maxEntries = 64
/** The checksum of an entry. A damaged entry is not used. */
const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')
/** The version of the format of documents. Entries of other versions are not used. */
const version = 2

interface CacheEntry {
  readonly version: number
  readonly documents: readonly Expanded[]
}

const entryShape: Shape<CacheEntry> = object({ version: number, documents: listOf(object({})) })

/** A cache of parsed stack files in the data folder of an instance. Only writers add entries. */
export function openParseCache(paths: Paths, write: boolean): ParseCache {
  const folder = join(paths.data, 'cache', 'stacks')
  const file = (sha256: string): string => join(folder, `${sha256}.json`)
  return {
    read(sha256) {
      try {
        const [checksum = '', text = ''] = readFileSync(file(sha256), 'utf8').split('\n')
        if (checksum !== sha256Of(text)) return undefined
        const found: unknown = JSON.parse(text)
        return fits(entryShape, found) && found.version === version ? found.documents : undefined
      } catch {
        return undefined
      }
    },
    write(sha256, documents) {
      if (!write || documents.some(({ data }) => containsSecrets(data))) return
      const text = JSON.stringify({ version, documents } satisfies CacheEntry)
      const temporary = `${file(sha256)}.${randomBytes(6).toString('hex')}.tmp`
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        writeFileSync(temporary, `${sha256Of(text)}\n${text}`, { mode: 0o600 })
        rmSync(file(sha256), { recursive: true, force: true })
        renameSync(temporary, file(sha256))
        prune(folder)
      } catch {
        // Without an entry the file is parsed again.
        rmSync(temporary, { force: true })
      }
    },
  }
}

/** True for a document with secrets in plain text. It is not cached. */
function containsSecrets(document: unknown): boolean {
  const some = (part: string, field: string): boolean =>
    Object.values(fieldOf(document, part) ?? {}).some((one) => isRecord(one) && field in one)
  return some('secrets', 'content') || some('variables', 'sensitive')
}

function prune(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name))
  if (files.length <= maxEntries) return
  const byAge = files
    .map((path) => ({ path, time: statSync(path).mtimeMs }))
    .sort((left, right) => right.time - left.time)
  for (const { path } of byAge.slice(maxEntries)) rmSync(path, { recursive: true, force: true })
}
