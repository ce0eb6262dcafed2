import { createCipheriv, createDecipheriv, createHash, randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { type HeroPodsError, refusedError } from '../../../../model/errors.ts'
import { number, object, parseAs, type Shape, text } from '../../../../model/values/shape.ts'
import { stableJson } from '../../../../model/values/stable-json.ts'
import { type BackupContent, contentShape } from './backup-content.ts'

const [compress, decompress] = [promisify(gzip), promisify(gunzip)]
const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

const formatName = 'heropods-instance'
/** The version of the file. It grows if a reader of the version before would misunderstand a file. */
export const backupVersion = 1
const algorithm = 'aes-256-gcm'
/** scrypt with these costs takes 128 MiB and about half a second. */
const costs = { N: 2 ** 17, r: 8, p: 1 }
/** More would only slow down the reader of a file that somebody else made. */
const highestCosts = { N: 2 ** 18, r: 8, p: 4 }
/** Bytes. */
const longestContent = 2 ** 30

/** Facts about an export that can be read without the passphrase. */
export interface BackupHeader {
  readonly format: string
  readonly version: number
  readonly instance: string
  readonly exportedAt: string
  /** Version of HeroPods that wrote the file. */
  readonly heropods: string
  readonly kdf: {
    readonly name: string
    readonly N: number
    readonly r: number
    readonly p: number
    readonly salt: string
  }
  readonly cipher: { readonly name: string; readonly nonce: string }
}

/** The file: the header, and the encrypted content (gzip of JSON, with the tag of the cipher at its end) in base64. */
interface BackupFile extends BackupHeader {
  readonly sha256: string
  readonly content: string
}

const fileShape: Shape<BackupFile> = object({
  format: text,
  version: number,
  instance: text,
  exportedAt: text,
  heropods: text,
  kdf: object({ name: text, N: number, r: number, p: number, salt: text }),
  cipher: object({ name: text, nonce: text }),
  sha256: text,
  content: text,
})

const tagBytes = 16
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** The text of an export. Its content is encrypted under the passphrase, and its header is authenticated. */
export async function encryptBackup(
  content: BackupContent,
  about: Pick<BackupHeader, 'instance' | 'exportedAt' | 'heropods'>,
  passphrase: string,
): Promise<string> {
  const [salt, nonce] = [randomBytes(32), randomBytes(12)]
  const { instance, exportedAt, heropods } = about
  const header: BackupHeader = {
    format: formatName,
    version: backupVersion,
    instance,
    exportedAt,
    heropods,
    kdf: { name: 'scrypt', ...costs, salt: salt.toString('base64') },
    cipher: { name: algorithm, nonce: nonce.toString('base64') },
  }
  const cipher = createCipheriv(algorithm, await keyOf(header, passphrase), nonce).setAAD(authenticated(header))
  const packed = await compress(JSON.stringify(content))
  const bytes = Buffer.concat([cipher.update(packed), cipher.final(), cipher.getAuthTag()])
  const file: BackupFile = { ...header, sha256: sha256(bytes), content: bytes.toString('base64') }
  return `${JSON.stringify(file, undefined, 1)}\n`
}

/** A file of an export with its checked header, before it is decrypted. */
export interface ReadBackup {
  readonly header: BackupHeader
  /** Raises `wrong-passphrase`, `not-a-backup` (refused). */
  decrypt(passphrase: string): Promise<BackupContent>
}

/** Reads the header of an export. `path` is for messages. Raises `not-a-backup` (refused). */
export function readBackup(json: string, path: string): ReadBackup {
  const { value: file, problem } = parseAs(fileShape, json)
  if (file === undefined || file.format !== formatName)
    throw notABackup(`${path} is not an export of an instance${problem === undefined ? '' : `: it ${problem}`}.`)
  if (file.version !== backupVersion)
    throw notABackup(
      `${path} has version ${file.version} of the format; this HeroPods reads version ${backupVersion}.`,
      `Use the HeroPods that wrote it: ${file.heropods}.`,
    )
  const { sha256: expected, content, ...header } = file
  const bytes = Buffer.from(content, 'base64')
  if (sha256(bytes) !== expected || bytes.length <= tagBytes || !isSupported(header))
    throw notABackup(`${path} is damaged: its content does not match its checksum.`, 'Use another copy of the file.')
  return { header, decrypt: (passphrase) => contentOf(header, bytes, passphrase, path) }
}

const isSupported = ({ kdf, cipher }: BackupHeader): boolean =>
  kdf.name === 'scrypt' &&
  cipher.name === algorithm &&
  kdf.N > 1 &&
  Number.isInteger(Math.log2(kdf.N)) &&
  (['N', 'r', 'p'] as const).every((name) => kdf[name] >= 1 && kdf[name] <= highestCosts[name]) &&
  [kdf.r, kdf.p].every(Number.isInteger)

async function contentOf(
  header: BackupHeader,
  bytes: Buffer,
  passphrase: string,
  path: string,
): Promise<BackupContent> {
  const packed = decrypted(header, bytes, await keyOf(header, passphrase))
  if (packed === undefined)
    throw refusedError({
      code: 'wrong-passphrase',
      message: `The passphrase does not open ${path}.`,
      hint: 'Use the passphrase of its export. Nothing was written.',
    })
  const json = await decompress(packed, { maxOutputLength: longestContent })
  const { value, problem } = parseAs(contentShape, json.toString('utf8'))
  if (value === undefined) throw notABackup(`${path} has a content that cannot be used: it ${problem}.`)
  return value
}

function decrypted(header: BackupHeader, bytes: Buffer, key: Buffer): Buffer | undefined {
  const end = bytes.length - tagBytes
  try {
    const decipher = createDecipheriv(algorithm, key, Buffer.from(header.cipher.nonce, 'base64'), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(authenticated(header)).setAuthTag(bytes.subarray(end))
    return Buffer.concat([decipher.update(bytes.subarray(0, end)), decipher.final()])
  } catch {
    return undefined
  }
}

const authenticated = (header: BackupHeader): Buffer => Buffer.from(stableJson(header))

/** Composed and decomposed letters give the same key: keyboards differ. */
const keyOf = ({ kdf: { N, r, p, salt } }: BackupHeader, passphrase: string): Promise<Buffer> =>
  derive(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), 32, { N, r, p, maxmem: 256 * N * r })

const notABackup = (message: string, hint = '`heropods instance export` writes such files.'): HeroPodsError =>
  refusedError({ code: 'not-a-backup', message, hint })
