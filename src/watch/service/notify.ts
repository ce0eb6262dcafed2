import type { HostReader } from '../../host/host.ts'

/** Notifications to systemd (sd_notify(3)); none if systemd has not started the process. No method throws. */
export interface Service {
  /** The start is complete. */
  ready(): Promise<void>
  /** One line for `systemctl status`, sent with the next notification. */
  setStatusText(text: string): void
  /** Call it often. It notifies the watchdog after half of its time, so that a late call is still in time. */
  notifyWatchdog(): Promise<void>
  stopping(): Promise<void>
}

const statusIntervalMs = 30_000

/** The service of the environment (NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID). */
export function openService(host: HostReader, environment: NodeJS.ProcessEnv): Service {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: usec, WATCHDOG_PID: pid } = environment
  if (!socket) return { ready: nothing, setStatusText: () => undefined, notifyWatchdog: nothing, stopping: nothing }
  const watched = usec !== undefined && (pid === undefined || Number(pid) === host.system.pid)
  const every = watched ? Number(usec) / 2000 : statusIntervalMs
  let text = ''
  let sentText = ''
  let sent = Number.NEGATIVE_INFINITY
  const send = async (...variables: readonly string[]): Promise<void> => {
    if (variables.length === 0) return
    await host.query({
      program: 'systemd-notify',
      args: ['--', ...variables],
      env: { NOTIFY_SOCKET: socket },
      timeoutMs: 10_000,
    })
  }
  const withStatus = (...variables: readonly string[]): readonly string[] => {
    const changed = text !== sentText
    sentText = text
    return changed ? [...variables, `STATUS=${text}`] : variables
  }
  return {
    ready: () => send(...withStatus('READY=1')),
    setStatusText: (now) => {
      text = now.replace(/\s+/g, ' ').trim()
    },
    notifyWatchdog: async () => {
      const now = performance.now()
      if (now - sent < every) return
      sent = now
      await send(...withStatus(...(watched ? ['WATCHDOG=1'] : [])))
    },
    stopping: () => send('STOPPING=1'),
  }
}

const nothing = async (): Promise<void> => undefined
