import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a webhook comes from who knows the secret: GitHub's `X-Hub-Signature-256`, the `X-Gitea-Signature` of Gitea and Forgejo, or
 * GitLab's `X-Gitlab-Token`. `body` is what was received, byte for byte. Without a secret nothing is allowed. Pure.
 */
export function hookAllowed(headers: IncomingHttpHeaders, body: Buffer, secret: string | undefined): boolean {
  if (secret === undefined || secret === '') return false
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  const expected = {
    'x-hub-signature-256': `sha256=${signature}`,
    'x-gitea-signature': signature,
    'x-gitlab-token': secret,
  }
  return Object.entries(expected).some(([header, value]) => {
    const given = headers[header]
    return typeof given === 'string' && isSame(given, value)
  })
}

/** Hashed first: neither content nor length shows in the time it takes. */
const isSame = (left: string, right: string): boolean => timingSafeEqual(digest(left), digest(right))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
