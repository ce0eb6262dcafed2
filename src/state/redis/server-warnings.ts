import type { Redis } from 'ioredis'
import type { Diagnostic } from '../../model/errors.ts'

/** Warnings about the settings of a shared server; none if the user may not read them. */
export async function serverWarnings(redis: Redis): Promise<readonly Diagnostic[]> {
  const memory = await redis.info('memory').catch(() => '')
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? 'noeviction'
  if (policy === 'noeviction' || /^maxmemory:0\b/m.test(memory)) return []
  return [
    {
      code: 'redis-evicts',
      message: `Redis may delete records when its memory is full (maxmemory-policy ${policy}).`,
      hint: 'Set `maxmemory-policy noeviction`, or use a separate server for HeroPods.',
    },
  ]
}
