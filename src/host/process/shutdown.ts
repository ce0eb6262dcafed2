import type { HostReader } from '../host.ts'

/** True while systemd ends all processes of the host, at the end of a shutdown or before a reboot: its last program is then PID 1. */
export const isShuttingDown = async (host: HostReader): Promise<boolean> =>
  (await host.readFile('/proc/1/comm'))?.startsWith('systemd-shutdow') ?? false
