import type { HostReader } from '../../host/host.ts'

/** What a service tells systemd (sd_notify(3)); nothing where it was not started by it. No method throws. */
export interface Service {
  /** It is up: starting is over. */
  ready(): Promise<void>
  /** One line for `systemctl status`, sent with the next sign of life. */
  status(text: string): void
  /** A sign of life: to be given often; one is sent at half the watchdog's time, so that a late one still comes in time. */
  alive(): Promise<void>
  stopping(): Promise<void>
}

const statusEvery = 30_000

/** The service that the environment (NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID) tells of. */
export function openService(host: HostReader, environment: NodeJS.ProcessEnv): Service {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: usec, WATCHDOG_PID: pid } = environment
  if (!socket) return { ready: nothing, status: () => undefined, alive: nothing, stopping: nothing }
  const watched = usec !== undefined && (pid === undefined || Number(pid) === host.system.pid)
  const every = watched ? Number(usec) / 2000 : statusEvery
  let text = ''
  let told = ''
  let sent = Number.NEGATIVE_INFINITY
  const send = async (...variables: readonly string[]): Promise<void> => {
    if (variables.length === 0) return
    await host.query({
      program: 'systemd-notify',
      args: ['--', ...variables],
      env: { NOTIFY_SOCKET: socket },
      timeout: 10_000,
    })
  }
  const withStatus = (...variables: readonly string[]): readonly string[] => {
    const changed = text !== told
    told = text
    return changed ? [...variables, `STATUS=${text}`] : variables
  }
  return {
    ready: () => send(...withStatus('READY=1')),
    status: (now) => {
      text = now.replace(/\s+/g, ' ').trim()
    },
    alive: async () => {
      const now = performance.now()
      if (now - sent < every) return
      sent = now
      await send(...withStatus(...(watched ? ['WATCHDOG=1'] : [])))
    },
    stopping: () => send('STOPPING=1'),
  }
}

const nothing = async (): Promise<void> => undefined
