import type { HostReader } from '../../../host/host.ts'
import { type Diagnostic, toDiagnostic } from '../../../model/errors.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import { numberList } from '../../../model/kinds/limits.ts'
import { runnableConfig } from '../../../model/kinds/runnable-config.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import type { ReadContext } from '../../provider.ts'
import { isUnpacked, readImageConfig, rootfsOf } from '../image/store.ts'
import { blockIoProblems } from './block-io/problems.ts'
import { limitProblems } from './least-limits.ts'
import { readProfile } from './oci/seccomp-cache.ts'
import { resolveUser } from './oci/users.ts'
import { initProgram } from './rootfs/files.ts'
import { rootProblem } from './rootfs/mount-points.ts'
import { placesOf, readOnlyProblems } from './rootfs/mount-sources.ts'
import { rootUnusable } from './rootfs/place-problems.ts'
import { deviceProblems, isUnreadable, sourceProblems } from './rootfs/source-problems.ts'
import { isMounted, workingDirFault } from './rootfs/working-dir.ts'

/** Problems that would prevent new processes of these containers: missing mount sources, devices, profiles, programs. Reads only. */
export async function containerPreflight(
  read: ReadContext,
  items: ReadonlyMap<ResourceAddress, ContainerSpec>,
  observed: ReadonlyMap<ResourceAddress, ObservationOf<'container'>>,
  { isRollback = false }: { readonly isRollback?: boolean } = {},
): Promise<readonly Diagnostic[]> {
  if (items.size > 0 && unusable.test(read.paths.data)) return [badBase(read.paths.data)]
  const found = await Promise.all(
    [...items].map(([address, spec]) => {
      const one = observed.get(address)
      return problemsOf(read, address, spec, isRollback ? spec : one?.presence === 'owned' ? one.spec : undefined)
    }),
  )
  return found.flat()
}

/** `before`: the spec of its last run, if there was one. */
async function problemsOf(
  read: ReadContext,
  address: ResourceAddress,
  spec: ContainerSpec,
  before: ContainerSpec | undefined,
): Promise<readonly Diagnostic[]> {
  const { name } = parseResourceAddress(address)
  const problems = [...(await sourceProblems(read.host, address, spec, before))]
  if (problems.some(isUnreadable)) return problems
  problems.push(...(await readOnlyProblems(read, address, spec)))
  problems.push(...(await deviceProblems(read.host, address, spec)))
  problems.push(...(await blockIoProblems(read, address, spec.blkio_config)))
  const ofImage = await imageProblem(read, spec)
  if (ofImage) problems.push({ ...ofImage, message: `${name}: ${ofImage.message}`, address })
  problems.push(...(await rootProblems(read, address, spec)))
  const online = await read.once('online-cpus', () => onlineCpus(read.host))
  const lacking = numberList(spec.cpuset || online).find((cpu) => !numberList(online).includes(cpu))
  if (lacking !== undefined)
    problems.push({
      code: 'bad-limit',
      message: `The \`cpuset\` of ${name} contains CPU ${lacking}, which this host does not have.`,
      hint: `Use CPUs of this host: ${online}.`,
      address,
    })
  problems.push(
    ...limitProblems(spec).map((problem) => ({ ...problem, message: `${name}: ${problem.message}`, address })),
  )
  for (const problem of await programProblems(read, spec))
    problems.push({ ...problem, message: `${name}: ${problem.message}`, address })
  return problems
}

/** Problems with its init program or its seccomp profile. */
async function programProblems(read: ReadContext, spec: ContainerSpec): Promise<readonly Diagnostic[]> {
  const checks: (() => Promise<unknown>)[] = []
  if (spec.init || spec.keep_alive) checks.push(() => read.once('init-program', () => initProgram(read)))
  if (!spec.privileged && spec.seccomp !== 'unconfined') checks.push(() => readProfile(read, spec.seccomp))
  const found = await Promise.all(
    checks.map((check) =>
      check().then(
        () => [],
        (error) => [toDiagnostic(error)],
      ),
    ),
  )
  return found.flat()
}

const onlineCpus = async (host: HostReader): Promise<string> =>
  ((await host.readFile('/sys/devices/system/cpu/online')) ?? '0').trim()

/** Reasons why a root from this image cannot have the container's mounts. Checked only if the image is unpacked on this host. */
async function rootProblems(
  read: ReadContext,
  address: ResourceAddress,
  spec: ContainerSpec,
): Promise<readonly Diagnostic[]> {
  const { image_digest: digest = '' } = spec
  if (!(await read.once(`unpacked ${digest}`, () => isUnpacked(read.host, read.paths, digest)))) return []
  const places = await placesOf(read, spec, [])
  // Cached, since containers of one image mostly have the same places, and each place needs several reads.
  const key = `root ${digest} ${places.map(({ target, kind }) => `${kind} ${target}`).join('\0')}`
  const problem = await read.once(key, () => rootProblem(read.host, rootfsOf(read.paths, digest), places))
  return problem === undefined ? [] : [rootUnusable(address, problem)]
}

/** Why its image cannot be started, if the image is unpacked on this host. */
async function imageProblem(read: ReadContext, spec: ContainerSpec): Promise<Diagnostic | undefined> {
  const { image_digest: digest = '' } = spec
  if (!(await read.once(`unpacked ${digest}`, () => isUnpacked(read.host, read.paths, digest)))) return undefined
  const image = await read.once(`image-config ${digest}`, () => readImageConfig(read.host, read.paths, digest))
  const root = rootfsOf(read.paths, digest)
  try {
    const { user, cwd } = runnableConfig(spec, image)
    const key = [digest, user, ...spec.group_add].join(' ')
    const lookUp = async (path: string): Promise<string> => (await read.host.readInRoot(root, path)) ?? ''
    await read.once(`user ${key}`, async () =>
      resolveUser(user, spec.group_add, await lookUp('/etc/passwd'), await lookUp('/etc/group')),
    )
    if (isMounted(spec, cwd)) return undefined
    return await read.once(`cwd ${digest} ${cwd}`, () => workingDirFault(read.host, root, cwd))
  } catch (error) {
    return toDiagnostic(error)
  }
}

/** Characters that separate or escape in the options of a mount. */
const unusable = /[:,\\"\n\r]/

const badBase = (path: string): Diagnostic => ({
  code: 'base-folder-unusable',
  message: `The folder ${path} cannot hold containers: an overlay mount does not allow \`:\`, \`,\`, \`\\\`, \`"\` or a line break in a path.`,
  hint: 'Set HEROPODS_DIR to another folder.',
})
