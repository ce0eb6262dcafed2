import { beforeAll, describe, expect, it } from 'vitest'
import { HeroPodsError } from '../../src/model/errors.ts'
import type { BackupContent } from '../../src/reconciler/engine/instance/backup/backup-content.ts'
import { encryptBackup, readBackup } from '../../src/reconciler/engine/instance/backup/encrypted-backup.ts'

const content: BackupContent = {
  settings: { network: { subnet: '10.50.0.0/24' } },
  key: '0123456789abcdef'.repeat(4),
  definitions: { containers: { web: '{"image":"busybox"}' }, images: {} },
  records: {
    version: 1,
    generation: 2,
    fields: { generations: { 1: '{}' }, document: {}, patches: {}, sealed: { name: 'geheim' }, leases: {} },
  },
  plans: { 1: '{}' },
  suspended: ['shop'],
}
const about = { instance: 'default', exportedAt: '2026-11-28T12:00:00.000Z', heropods: '0.1.0' }

const errorCode = async (act: () => Promise<unknown>): Promise<string | undefined> => {
  const error = await act().then(
    () => undefined,
    (failure: unknown) => failure,
  )
  return error instanceof HeroPodsError ? error.diagnostics[0]?.code : undefined
}

let json: string
beforeAll(async () => {
  json = await encryptBackup(content, about, 'pass')
})

/** The code of the error for an export with these changes of its fields. */
const codeWith = (change: Record<string, unknown>): Promise<string | undefined> =>
  errorCode(async () => readBackup(JSON.stringify({ ...JSON.parse(json), ...change }), 'file').decrypt('pass'))

const contentCode = (change: Record<string, unknown>): Promise<string | undefined> =>
  errorCode(async () =>
    readBackup(await encryptBackup({ ...content, ...change } as BackupContent, about, 'pass'), 'file').decrypt('pass'),
  )

describe('an export of an instance', () => {
  it('is read under its passphrase only, and shows its header alone', async () => {
    const { header, decrypt } = readBackup(json, 'file')
    expect(header).toMatchObject({ format: 'heropods-instance', version: 1, ...about })
    expect(await decrypt('pass')).toEqual(content)
    expect(await errorCode(() => decrypt('Pass'))).toBe('wrong-passphrase')
    expect(Buffer.from(JSON.parse(json).content, 'base64').toString('latin1')).not.toContain('geheim')
  })

  it('has another salt and nonce each time', async () => {
    const again = readBackup(await encryptBackup(content, about, 'pass'), 'file').header
    expect(again.kdf.salt).not.toBe(readBackup(json, 'file').header.kdf.salt)
    expect(again.cipher.nonce).not.toBe(readBackup(json, 'file').header.cipher.nonce)
  })

  it('takes composed and decomposed letters of a passphrase as the same', async () => {
    const { decrypt } = readBackup(await encryptBackup(content, about, 'caf\u00e9'), 'file')
    expect(await decrypt('cafe\u0301')).toEqual(content)
  })

  it('is refused if it is damaged, of a later version, or another file', async () => {
    const { content: bytes, kdf } = JSON.parse(json)
    expect(await codeWith({ content: `${bytes.slice(0, 40)}AAAA${bytes.slice(44)}` })).toBe('not-a-backup')
    expect(await codeWith({ version: 2 })).toBe('not-a-backup')
    expect(await codeWith({ format: 'other' })).toBe('not-a-backup')
    expect(await codeWith({ kdf: { ...kdf, N: 2 ** 30 } })).toBe('not-a-backup')
    expect(await codeWith({ kdf: { ...kdf, N: 1000 } })).toBe('not-a-backup')
    expect(await codeWith({ cipher: undefined })).toBe('not-a-backup')
    expect(await errorCode(async () => readBackup('hello', 'file').decrypt('pass'))).toBe('not-a-backup')
    expect(await errorCode(async () => readBackup(json.slice(0, 200), 'file').decrypt('pass'))).toBe('not-a-backup')
  })

  it('authenticates its header', async () => {
    expect(await codeWith({ instance: 'other' })).toBe('wrong-passphrase')
    expect(await codeWith({ exportedAt: '2030-01-01T00:00:00.000Z' })).toBe('wrong-passphrase')
  })

  it.each([
    ['a name with a folder', { definitions: { containers: { '../../x': '{}' }, images: {} } }],
    ['a plan with a path', { plans: { '../1': '{}' } }],
    ['a stack with a path', { suspended: ['../x'] }],
    ['a short key', { key: '00' }],
    ['wrong settings', { settings: { network: { bridge: 'eth0' } } }],
    ['records without a generation', { records: { version: 1, fields: {} } }],
  ])('refuses %s in the content', async (_, change) => {
    expect(await contentCode(change)).toBe('not-a-backup')
  })
})
