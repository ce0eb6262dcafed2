import type { DriftedField } from '../../../model/change.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import { numberList } from '../../../model/kinds/limits.ts'
import { isResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import type { ReadContext } from '../../provider.ts'
import { readNamespaces } from '../network/namespaces.ts'
import { netnsName } from '../run-names.ts'
import { ownsNamespace } from './interfaces.ts'
import type { ContainerRecord } from './record.ts'

const ofNetwork = ({ sysctls }: Pick<ContainerSpec, 'sysctls'>): readonly string[] =>
  Object.keys(sysctls).filter((name) => name.startsWith('net.'))

const fileOf = (name: string): string => `/proc/sys/${name.replaceAll('.', '/')}`

/**
 * Current values of the net.* parameters that containers set. One command reads them inside the namespaces, since /proc shows only the
 * values of the reader's namespace.
 * Runs no command if no container sets any.
 */
export async function readSysctls(
  read: ReadContext,
  records: ReadonlyMap<ResourceAddress, ContainerRecord>,
): Promise<ReadonlyMap<ResourceAddress, ReadonlyMap<string, string>>> {
  const namespaces = await readNamespaces(read)
  const stating = [...records].filter(
    ([address, { spec }]) => namespaces.has(address) && ownsNamespace(spec) && ofNetwork(spec).length > 0,
  )
  if (stating.length === 0) return new Map()
  const input = stating.flatMap(([address, { spec }]) => {
    const inside = `netns exec ${netnsName(read.paths, address)}`
    return [
      `${inside} echo == ${address}`,
      `${inside} head --verbose --lines=1 ${ofNetwork(spec).map(fileOf).join(' ')}`,
    ]
  })
  const { stdout } = await read.host.query({
    program: 'ip',
    args: ['-force', '-batch', '-'],
    input: `${input.join('\n')}\n`,
  })
  return parseReadings(stdout)
}

/** Parses the output of `head --verbose`: a line with the address of a container, then its values. */
function parseReadings(text: string): ReadonlyMap<ResourceAddress, ReadonlyMap<string, string>> {
  const found = new Map<ResourceAddress, Map<string, string>>()
  let values = new Map<string, string>()
  let file = ''
  for (const line of text.split('\n')) {
    const container = /^== (\S+)$/.exec(line)?.[1] ?? ''
    const path = /^==> (\S+) <==$/.exec(line)?.[1]
    if (isResourceAddress(container)) {
      values = new Map()
      found.set(container, values)
    } else if (path !== undefined) file = path
    else if (file !== '') {
      values.set(file, line.trim().replace(/\s+/g, ' '))
      file = ''
    }
  }
  return found
}

/** The parameters of the namespace that differ from those of the spec. Pure. */
export function sysctlDrift(
  spec: ContainerSpec,
  found: ReadonlyMap<string, string> | undefined,
): readonly DriftedField[] {
  return ofNetwork(spec).flatMap((name) => {
    const now = found?.get(fileOf(name))
    const desired = (spec.sysctls[name] as string).trim().replace(/\s+/g, ' ')
    return now === undefined || isSame(desired, now) ? [] : [{ name, applied: desired, live: now }]
  })
}

const listOfPorts = /^\d+(-\d+)?(,\d+(-\d+)?)*$/

/** True if the kernel shows `now` after `desired` was written: it shows numbers in its own base, lists in its own order. */
function isSame(desired: string, now: string): boolean {
  if (desired === now) return true
  if (desired.includes(',') && listOfPorts.test(desired) && listOfPorts.test(now))
    return numberList(desired).join() === numberList(now).join()
  const [desiredRow, row] = [numbersOf(desired), numbersOf(now)]
  // The kernel ignores further numbers of a row, and keeps its own where the row is shorter.
  return (
    [...desiredRow, ...row].every((one) => one !== undefined) &&
    row.every((one, index) => one === (desiredRow[index] ?? one))
  )
}

const numbersOf = (text: string): readonly (number | undefined)[] => text.split(' ').map(numberOf)

/** Parses a number with the rules of the kernel: `0x10` and `020` are 16. */
function numberOf(text: string): number | undefined {
  if (/^-?(0|[1-9]\d*)$/.test(text)) return Number(text)
  if (/^-?0[0-7]+$/.test(text)) return Number.parseInt(text, 8)
  return /^-?0x[0-9a-f]+$/i.test(text) ? Number.parseInt(text, 16) : undefined
}
