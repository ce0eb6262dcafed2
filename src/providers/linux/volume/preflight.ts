import { isDeepStrictEqual } from 'node:util'
import { findProgram, installCommand } from '../../../host/requirements.ts'
import type { Diagnostic } from '../../../model/errors.ts'
import type { VolumeMount, VolumeSpec } from '../../../model/kinds/volume.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { ReadContext } from '../../provider.ts'
import { isNfs, serverOf } from './mount-text.ts'

/** How long a server may take to accept a connection, milliseconds. */
const answerTimeoutMs = 5000

/** Reasons why the file systems of volumes cannot be mounted: no program, or a server that does not answer. Reads only. */
export async function volumePreflight(
  read: ReadContext,
  volumes: ReadonlyMap<ResourceAddress, VolumeSpec>,
  observed: ReadonlyMap<ResourceAddress, ObservationOf<'volume'>>,
): Promise<readonly Diagnostic[]> {
  const found = await Promise.all(
    [...volumes].map(async ([address, { driver_opts }]) =>
      driver_opts === undefined || isMounted(observed.get(address), driver_opts)
        ? []
        : problemsOf(read, address, driver_opts),
    ),
  )
  return found.flat()
}

const isMounted = (one: ObservationOf<'volume'> | undefined, desired: VolumeMount): boolean =>
  one?.presence === 'owned' && one.actual.mountFault === undefined && isDeepStrictEqual(one.spec?.driver_opts, desired)

async function problemsOf(
  read: ReadContext,
  address: ResourceAddress,
  mount: VolumeMount,
): Promise<readonly Diagnostic[]> {
  const server = serverOf(mount)
  if (server === undefined) return []
  const problems: Diagnostic[] = []
  const { ok, output } = await read.once(`server ${server.host}:${server.port}`, () =>
    read.host.probeTcp(server.port, server.host, AbortSignal.timeout(answerTimeoutMs)),
  )
  if (!ok)
    problems.push({
      code: 'volume-unreachable',
      message: `The server of ${address} does not answer: ${output}.`,
      hint: `Start it, or correct the host in \`driver_opts\`. For another port, add \`port=NUMBER\` to \`o\`.`,
      address,
    })
  const helper = isNfs(mount.type)
    ? { program: 'mount.nfs', apt: 'nfs-common', dnf: 'nfs-utils', purpose: 'mounts NFS' }
    : { program: 'mount.cifs', apt: 'cifs-utils', dnf: 'cifs-utils', purpose: 'mounts CIFS' }
  if ((await read.once(`program ${helper.program}`, () => findProgram(read.host, helper.program))) === undefined)
    problems.push({
      code: 'tool-missing',
      message: `${address} needs the program \`${helper.program}\`.`,
      hint: `Run \`${await installCommand(read.host, [helper])}\`.`,
      address,
    })
  return problems
}
