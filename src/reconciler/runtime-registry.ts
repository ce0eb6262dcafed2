import { linuxRuntime } from '../providers/linux/runtime.ts'
import type { Runtime, RuntimeOptions } from '../providers/runtime.ts'

/** The runtime of this host. This file alone names an implementation. Without `heropodsCommand` it cannot start containers. */
export const localRuntime = (options: RuntimeOptions = { heropodsCommand: [] }): Runtime => linuxRuntime(options)
