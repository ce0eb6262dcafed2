import type { Host } from '../host/host.ts'
import { LocalHost } from '../host/local.ts'

/** The host of this command: the machine on which it runs, with the environment of its user. */
export const localHost: Host = new LocalHost()
