import type { DriverTable } from './driver.ts'
import { bridge } from './drivers/bridge.ts'

/** The one list of network drivers. */
export const networkDrivers: DriverTable = { bridge }
