import type { HostReader } from '../host.ts'

/**
 * Environment for a crun that may be killed. crun runs a copy of itself, by default through a mount in /tmp, which would remain after a
 * kill. With /proc as its folder for temporary files, where no file can be made, crun makes the copy in memory, if the host allows programs
 * there. That takes some milliseconds, so `crun create` runs without.
 */
export const crunEnvironment = async (host: HostReader): Promise<Readonly<Record<string, string>>> =>
  (await runsFromMemory(host)) ? { _LIBCONTAINER_STATEDIR: '/proc' } : {}

/** memfd_create(2): since Linux 6.3 a host may forbid it. */
async function runsFromMemory(host: HostReader): Promise<boolean> {
  const setting = await host.readFile('/proc/sys/vm/memfd_noexec').catch(() => undefined)
  return setting === undefined || setting.trim() === '0'
}
