import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import { messageOf } from '../../model/errors.ts'
import { connect, serverAt } from './connection.ts'
import { socketPath } from './embedded.ts'
import type { Redis } from './ioredis.ts'
import { instanceKeys } from './keys.ts'

/** The first and the longest time between two attempts to connect, milliseconds. */
const [firstWaitMs, maxWaitMs] = [50, 2000]

const channel = '__redis__:invalidate'

/**
 * Signals changes of the records of an instance, and the loss of their server. It uses client-side caching (Redis 6 and Valkey), which
 * costs nothing while nothing changes. It never starts a server.
 */
export class RecordsSignal {
  private redis: Redis | undefined
  private wait = firstWaitMs
  private timer: NodeJS.Timeout | undefined
  private connecting = false
  private closed = false
  private how = 'not connected yet'
  private ok = false

  constructor(
    private readonly options: { readonly host: HostReader; readonly paths: Paths; readonly url?: string },
    private readonly onSignal: (detail: string) => void,
  ) {}

  state(): { readonly ok: boolean; readonly how: string } {
    return { ok: this.ok, how: this.how }
  }

  /** Connects if it is not connected. Raises nothing: after a failure it tries again later. */
  async connect(): Promise<void> {
    if (this.closed || this.connecting || this.redis) return
    clearTimeout(this.timer)
    this.connecting = true
    const { paths, url } = this.options
    try {
      // RESP2 sends invalidations as messages; ioredis drops the pushes of RESP3.
      this.redis = await connect(url ?? serverAt(socketPath(paths)), 2)
      this.wait = firstWaitMs
      this.redis.once('close', () => this.lost())
      await this.listen(this.redis)
      if (this.redis) this.onSignal('connected to the records')
    } catch {
      this.retryLater('its server does not answer')
    }
    this.connecting = false
    if (this.closed) this.redis?.disconnect()
    // connect() returned at once if the timer called it in the meantime, so another attempt is needed.
    else if (this.redis === undefined) this.retryLater(this.how)
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    this.redis?.disconnect()
  }

  private async listen(redis: Redis): Promise<void> {
    const { inventory, leases } = await instanceKeys(this.options.host, this.options.paths)
    redis.on('message', (_channel, key) =>
      this.onSignal(
        key === '' ? 'the records were erased' : `the records changed: ${key.slice(key.lastIndexOf(':') + 1)}`,
      ),
    )
    try {
      const id = await redis.client('ID')
      await redis.client('TRACKING', 'ON', 'REDIRECT', id, 'BCAST', 'PREFIX', inventory, 'PREFIX', leases)
      await redis.subscribe(channel)
      this.ok = true
      this.how = 'Redis reports changed keys'
    } catch (error) {
      if (redis.status !== 'ready') return this.lost()
      this.how = `this server does not report changed keys: ${messageOf(error)}`
    }
  }

  private lost(): void {
    if (this.closed || this.redis === undefined) return
    this.retryLater('the connection was lost')
    this.onSignal('the connection to the records was lost')
  }

  private retryLater(why: string): void {
    this.redis = undefined
    this.ok = false
    this.how = why
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.connect(), this.wait)
    this.wait = Math.min(this.wait * 2, maxWaitMs)
  }
}
