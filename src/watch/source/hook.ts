import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/**
 * True if the sender of a webhook knows the secret: GitHub's `X-Hub-Signature-256`, the `X-Gitea-Signature` of Gitea and Forgejo, or
 * GitLab's `X-Gitlab-Token`. `body` has the received bytes. Without a secret no webhook is allowed. Pure.
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

/** Compares hashes, so that the time reveals neither content nor length. */
const isSame = (left: string, right: string): boolean => timingSafeEqual(digest(left), digest(right))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
