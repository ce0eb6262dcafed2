import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ChangeQueue } from '../reconciler/engine/change-queue.ts'
import { Engine } from '../reconciler/engine.ts'
import { localHost } from './local-host.ts'

/** The longest wait for other runs, milliseconds. Pulumi has no timeouts for these resources. */
const lockTimeoutMs = 600_000

/** The installed command line. conmon calls it when a container exits. */
const heropodsCommand = [process.execPath, join(dirname(fileURLToPath(import.meta.url)), '..', 'heropods.js')]

/** The operations of this Pulumi program. */
export const operations = new ChangeQueue(async ({ write, createsKey = false, owner }, act) => {
  const engine = await Engine.open({
    host: localHost,
    write,
    createsKey,
    lockTimeoutMs,
    command: 'pulumi',
    ...(owner !== undefined && { origin: owner.replace(/^pulumi\//, '') }),
    heropodsCommand,
  })
  try {
    return await act(engine)
  } finally {
    await engine.close()
  }
})
