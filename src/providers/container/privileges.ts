import type { HostReader } from '../../host/host.ts'
import { parseHardLimits, type RlimitBounds } from './bundle/rlimits.ts'

/** What this process may hand on to those it starts. */
export interface Privileges {
  /** Mask of capabilities. */
  readonly bounding: bigint
  readonly rlimitBounds: RlimitBounds
}

const capSysResource = 24n

export async function readPrivileges(host: HostReader): Promise<Privileges> {
  const status = (await host.readFile('/proc/self/status')) ?? ''
  const bounding = BigInt(`0x${/^CapBnd:\s*(\w+)/m.exec(status)?.[1] ?? '0'}`)
  const hard = parseHardLimits((await host.readFile('/proc/self/limits')) ?? '')
  return { bounding, rlimitBounds: { hard, mayRaise: ((bounding >> capSysResource) & 1n) === 1n } }
}
