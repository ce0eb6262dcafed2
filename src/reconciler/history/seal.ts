import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const [nonceBytes, tagBytes] = [12, 16]

const sealingKey = (key: Buffer): Buffer => Buffer.from(hkdfSync('sha256', key, '', 'heropods history', 32))

/** Encrypts sensitive values, each bound to its name, under a key derived from the instance's. */
export function createSealer(key: Buffer): (name: string, value: string) => string {
  const derivedKey = sealingKey(key)
  return (name, value) => {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv(algorithm, derivedKey, nonce).setAAD(Buffer.from(name))
    const encrypted = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64')
  }
}

/** Decrypts sealed values; undefined: the value was sealed under another key, or is damaged. */
export function createUnsealer(key: Buffer): (name: string, sealed: string) => string | undefined {
  const derivedKey = sealingKey(key)
  return (name, sealed) => {
    const bytes = Buffer.from(sealed, 'base64')
    try {
      const decipher = createDecipheriv(algorithm, derivedKey, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      })
        .setAAD(Buffer.from(name))
        .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
      return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
    } catch {
      return undefined
    }
  }
}
