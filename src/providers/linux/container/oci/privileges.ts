import type { HostReader } from '../../../../host/host.ts'
import { capabilities, capSysResource, hasCapability } from '../../../../host/process/capability.ts'
import { parseHardLimits, type RlimitBounds } from './rlimits.ts'

/** Rights that this process may give to its children. */
export interface Privileges {
  /** Mask of capabilities. */
  readonly bounding: bigint
  readonly rlimitBounds: RlimitBounds
}

export async function readPrivileges(host: HostReader): Promise<Privileges> {
  const status = (await host.readFile('/proc/self/status')) ?? ''
  const hard = parseHardLimits((await host.readFile('/proc/self/limits')) ?? '')
  const mayRaise = hasCapability(status, 'CapBnd', capSysResource)
  return { bounding: capabilities(status, 'CapBnd'), rlimitBounds: { hard, mayRaise } }
}
