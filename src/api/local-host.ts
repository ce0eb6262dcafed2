import { LocalHost } from '../host/local.ts'

/** The host of this program: the machine on which it runs. All instances share it, because it holds the locks of the process. */
export const localHost = new LocalHost()
