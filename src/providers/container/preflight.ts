import { type Diagnostic, toDiagnostic } from '../../errors.ts'
import type { HostReader } from '../../host/host.ts'
import { readInRoot } from '../../host/in-root.ts'
import { isUnpacked, rootfsOf } from '../image/store.ts'
import { type Address, parseAddress, type ReadContext } from '../provider.ts'
import { cpuList } from './bundle/limits.ts'
import { resolveUser } from './bundle/users.ts'
import { placesOf, readOnlyProblems } from './mount-sources.ts'
import { rootProblem, rootUnusable } from './root-places.ts'
import type { ContainerSpec } from './spec.ts'

/** What the host lacks for these containers: sources of mounts, devices, profiles. Reads only. */
export async function containerPreflight(
  read: ReadContext,
  items: ReadonlyMap<Address, ContainerSpec>,
): Promise<readonly Diagnostic[]> {
  if (items.size > 0 && /[:,]/.test(read.paths.data)) return [badBase(read.paths.data)]
  const found = await Promise.all([...items].map(([address, spec]) => problemsOf(read, address, spec)))
  return found.flat()
}

async function problemsOf(read: ReadContext, address: Address, spec: ContainerSpec): Promise<readonly Diagnostic[]> {
  const problems: Diagnostic[] = []
  const { name } = parseAddress(address)
  const absent = async (path: string): Promise<boolean> => (await read.host.stat(path)) === undefined
  for (const mount of spec.mounts) {
    if (mount.type === 'bind' && !mount.create_host_path && (await absent(mount.source)))
      problems.push({
        code: 'mount-source-missing',
        message: `${name} mounts ${mount.source}, which does not exist.`,
        hint: 'Make it, or state `bind: { create_host_path: true }`.',
        address,
      })
  }
  problems.push(...(await readOnlyProblems(read, address, spec)))
  for (const device of spec.devices) {
    if (await absent(device.source))
      problems.push({
        code: 'device-missing',
        message: `${name} wants the device ${device.source}, which does not exist.`,
        hint: 'Load its driver, or take it out of `devices:`.',
        address,
      })
  }
  const user = await userProblem(read, spec)
  if (user) problems.push({ ...user, message: `${name}: ${user.message}`, address })
  problems.push(...(await rootProblems(read, address, spec)))
  const online = await read.once('online-cpus', () => onlineCpus(read.host))
  const lacking = cpuList(spec.cpuset || online).find((cpu) => !cpuList(online).includes(cpu))
  if (lacking !== undefined)
    problems.push({
      code: 'bad-limit',
      message: `${name} wants CPU ${lacking}, which this host has not.`,
      hint: `It has ${online}.`,
      address,
    })
  if (spec.seccomp.startsWith('/') && (await absent(spec.seccomp)))
    problems.push({
      code: 'seccomp-profile',
      message: `${name} wants the seccomp profile ${spec.seccomp}, which does not exist.`,
      hint: 'State an existing file, `default` or `unconfined`.',
      address,
    })
  return problems
}

const onlineCpus = async (host: HostReader): Promise<string> =>
  ((await host.readFile('/sys/devices/system/cpu/online')) ?? '0').trim()

/** Why the root that an image gives cannot take the container's mounts, where the image is here to be looked at. */
async function rootProblems(read: ReadContext, address: Address, spec: ContainerSpec): Promise<readonly Diagnostic[]> {
  const { image_digest: digest = '' } = spec
  if (!(await isUnpacked(read.host, read.paths, digest))) return []
  const problem = rootProblem(rootfsOf(read.paths, digest), await placesOf(read, spec, []))
  return problem === undefined ? [] : [rootUnusable(address, problem)]
}

/** A user or group that its image does not know, where the image is here to be asked. */
async function userProblem(read: ReadContext, spec: ContainerSpec): Promise<Diagnostic | undefined> {
  const { image_digest: digest = '', user, group_add } = spec
  if (user === undefined && group_add.length === 0) return undefined
  return read.once(`user ${digest} ${user} ${group_add.join()}`, async () => {
    const root = rootfsOf(read.paths, digest)
    if (!(await isUnpacked(read.host, read.paths, digest))) return undefined
    const inside = (path: string): string => readInRoot(root, path) ?? ''
    try {
      resolveUser(user, group_add, inside('/etc/passwd'), inside('/etc/group'))
      return undefined
    } catch (error) {
      return toDiagnostic(error)
    }
  })
}

const badBase = (path: string): Diagnostic => ({
  code: 'base-folder-unusable',
  message: `The folder ${path} cannot hold containers: overlayfs knows no ":" or "," in paths.`,
  hint: 'Set HEROPODS_DIR to another folder.',
})
