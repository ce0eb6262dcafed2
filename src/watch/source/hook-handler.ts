import type { HookHandler } from '../http/view.ts'
import { hookAllowed } from './hook.ts'

export interface HookOptions {
  readonly isGit: boolean
  readonly secret: string | undefined
  /** Fetches the repository now. */
  poll(): void
}

/** Handles webhooks of a git server: after a valid one `watch` fetches at once. */
export const hookHandler =
  ({ isGit, secret, poll }: HookOptions): HookHandler =>
  async ({ headers, body }) => {
    if (!isGit) return 404
    if (!hookAllowed(headers, body, secret)) return 401
    poll()
    return 202
  }
