import { expect, it } from 'vitest'
import { LocalHost } from '../../src/host/local.ts'
import { isShuttingDown } from '../../src/host/process/shutdown.ts'

/** A host whose first process has this name. */
const hostWith = (name: string | undefined) => {
  const host = new LocalHost()
  host.readFile = async (path) => (path === '/proc/1/comm' && name !== undefined ? `${name}\n` : undefined)
  return host
}

it('the last program of systemd is a shutdown, every other first process is not', async () => {
  expect(await isShuttingDown(hostWith('systemd-shutdow'))).toBe(true)
  expect(await isShuttingDown(hostWith('systemd'))).toBe(false)
  expect(await isShuttingDown(hostWith('init'))).toBe(false)
  expect(await isShuttingDown(hostWith(undefined))).toBe(false)
})
