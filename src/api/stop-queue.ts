import type { ResourceAddress } from '../model/resource-address.ts'
import type { Engine } from '../reconciler/engine.ts'

interface PendingStop {
  readonly container: ResourceAddress
  readonly graceMs: number | undefined
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

type Write = <T>(act: (engine: Engine) => Promise<T>) => Promise<T>

/** Stops that one process asks for. Those that wait for the same turn as the writer run at the same time. */
export class StopQueue {
  private waiting: PendingStop[] = []
  private turn: Promise<void> | undefined

  constructor(private readonly write: Write) {}

  /** Resolves when the container has stopped. */
  stop(container: ResourceAddress, graceMs: number | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ container, graceMs, resolve, reject })
      this.turn ??= this.run()
    })
  }

  private async run(): Promise<void> {
    let batch: readonly PendingStop[] = []
    try {
      await this.write(async (engine) => {
        batch = this.takeAll()
        await Promise.all(batch.map((one) => stopOne(engine, one)))
      })
    } catch (error) {
      for (const one of batch.length > 0 ? batch : this.takeAll()) one.reject(error)
    }
  }

  /** The stops that wait now. Later ones need another turn. */
  private takeAll(): readonly PendingStop[] {
    const batch = this.waiting
    this.waiting = []
    this.turn = undefined
    return batch
  }
}

async function stopOne(engine: Engine, { container, graceMs, resolve, reject }: PendingStop): Promise<void> {
  const [outcome] = await engine.stop([container], graceMs === undefined ? {} : { grace: graceMs })
  if (outcome?.error === undefined) resolve()
  else reject(outcome.error)
}
