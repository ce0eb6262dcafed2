import type { HostReader } from '../../../../host/host.ts'
import type { Address } from '../../../../model/address.ts'
import { parseAddress } from '../../../../model/address.ts'
import type { Diagnostic } from '../../../../model/errors.ts'
import type { ContainerSpec, Mount } from '../../../../model/kinds/container.ts'
import { type SystemFault, systemFault } from '../../../../model/system-fault.ts'

/** Why sources of a container's binds cannot be mounted; `before`: what it ran with, if it did. Reads only. */
export async function sourceProblems(
  host: HostReader,
  address: Address,
  spec: Pick<ContainerSpec, 'mounts'>,
  before: Pick<ContainerSpec, 'mounts'> | undefined,
): Promise<readonly Diagnostic[]> {
  const { name } = parseAddress(address)
  const had = new Set((before?.mounts ?? []).filter(isBind).map(({ source }) => source))
  const problems: Diagnostic[] = []
  for (const { source, create_host_path } of spec.mounts.filter(isBind)) {
    const found = await stateOf(host, source)
    if (found === 'there') continue
    if (found !== 'absent')
      problems.push({ code: found.code, message: `${name}: ${found.message}`, hint: found.hint, address })
    // A source that was there is not made anew: its data is gone, and it may have been a file.
    else if (had.has(source))
      problems.push({
        code: 'mount-source-missing',
        message: `${name} mounts ${source}, which is no longer there.`,
        hint: 'Put it back, or take it out of the stack. A folder that may begin empty can be made with `mkdir`.',
        address,
      })
    // A link that leads nowhere is in the way of the folder.
    else if (!create_host_path || (await host.stat(source)) !== undefined)
      problems.push({
        code: 'mount-source-missing',
        message: `${name} mounts ${source}, which does not exist.`,
        hint: 'Make it, or state `bind: { create_host_path: true }`.',
        address,
      })
  }
  return problems
}

/** A source that is there in some way and cannot be looked at: nothing that asks more of it would come to an end. */
export const isUnreadable = ({ code }: Diagnostic): boolean => code !== 'mount-source-missing'

const isBind = (mount: Mount): mount is Extract<Mount, { type: 'bind' }> => mount.type === 'bind'

async function stateOf(host: HostReader, path: string): Promise<'there' | 'absent' | SystemFault> {
  try {
    return (await host.statTarget(path)) ? 'there' : 'absent'
  } catch (error) {
    const fault = systemFault(error)
    if (fault === undefined) throw error
    return fault.code === 'not-a-folder' ? 'absent' : fault
  }
}
