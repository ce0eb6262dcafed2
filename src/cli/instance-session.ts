import { openSession, type Session } from '../reconciler/session.ts'
import { type CommonOptions, typedCommand } from './context.ts'
import { durationOption } from './options.ts'

/** Options of commands that change something. */
export interface WriteOptions extends CommonOptions {
  /** How long to wait for another run, as `30s`; a plain number is seconds. */
  readonly lockTimeout?: string
}

/** Opens the instance for reading, for as long as `act` takes. */
export const reading = <T>(options: CommonOptions, act: (session: Session) => Promise<T>): Promise<T> =>
  during(options, false, act)

/** Opens the instance as its only writer, for as long as `act` takes. */
export const writing = <T>(options: WriteOptions, act: (session: Session) => Promise<T>): Promise<T> =>
  during(options, true, act)

async function during<T>(options: WriteOptions, write: boolean, act: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession({
    environment: process.env,
    ...(options.instance !== undefined && { instance: options.instance }),
    write,
    ...(options.lockTimeout !== undefined && { lockTimeoutMs: durationOption('--lock-timeout', options.lockTimeout) }),
    command: typedCommand(),
  })
  try {
    return await act(session)
  } finally {
    await session.close()
  }
}
