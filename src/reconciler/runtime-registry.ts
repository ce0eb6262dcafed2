import { linuxRuntime } from '../providers/linux/runtime.ts'
import type { Runtime, RuntimeOptions } from '../providers/runtime.ts'

/** The runtime of this host. This file alone names an implementation. Without `self` it cannot start containers. */
export const localRuntime = (options: RuntimeOptions = { self: [] }): Runtime => linuxRuntime(options)
