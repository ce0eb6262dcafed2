import type { Redis } from 'ioredis'
import type { Diagnostic } from '../../model/errors.ts'

/** What is worth a warning about a server of someone else; nothing where its user may not ask. */
export async function serverNotices(redis: Redis): Promise<readonly Diagnostic[]> {
  const memory = await redis.info('memory').catch(() => '')
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? 'noeviction'
  if (policy === 'noeviction' || /^maxmemory:0\b/m.test(memory)) return []
  return [
    {
      code: 'redis-evicts',
      message: `Redis may throw records away when its memory is full (maxmemory-policy ${policy}).`,
      hint: 'Set `maxmemory-policy noeviction`, or use a server of its own for HeroPods.',
    },
  ]
}
