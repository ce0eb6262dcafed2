import { join } from 'node:path'
import { shortHash } from '../../../../host/files/paths.ts'
import { refusedError } from '../../../../model/errors.ts'
import type { ContainerSpec, InjectedFile } from '../../../../model/kinds/container.ts'
import { type ResourceAddress, sharedContainer } from '../../../../model/resource-address.ts'
import { contentBytes } from '../../../../model/values/content.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import { extraLines, hostsPath, renderHosts } from '../../network/names/render-hosts.ts'
import { containerLayout } from '../layout.ts'
import { initPath } from '../oci/environment.ts'
import type { Bind } from '../oci/mounts.ts'
import type { ResolvedUser } from '../oci/users.ts'
import { type FileStamp, readRecord } from '../record.ts'

const catatonit = ['/usr/libexec/podman/catatonit', '/usr/libexec/catatonit/catatonit', '/usr/bin/catatonit']

/** Content of resolv.conf(5). Pure. */
export function renderResolvConf(spec: Pick<ContainerSpec, 'dns' | 'dns_search' | 'dns_opt'>): string {
  const lines = [
    ...(spec.dns_search?.length ? [`search ${spec.dns_search.join(' ')}`] : []),
    ...(spec.dns ?? []).map((server) => `nameserver ${server}`),
    ...(spec.dns_opt.length ? [`options ${spec.dns_opt.join(' ')}`] : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** Path on the host of a config or secret of a container. Pure. */
export const injectedPath = (folder: string, file: InjectedFile): string =>
  join(folder, `${file.kind}-${shortHash(file.target)}`)

/** Files of a container on the host with their desired text, without configs and secrets. */
async function plainFiles(
  read: ReadContext,
  container: ResourceAddress,
  spec: ContainerSpec,
): Promise<ReadonlyMap<string, string>> {
  const { files } = containerLayout(read.paths, container)
  const texts = new Map<string, string>([[join(files, 'hostname'), `${spec.hostname}\n`]])
  const inheritsNames = spec.network_mode === 'host' && spec.dns === undefined
  const resolv = inheritsNames ? ((await read.host.readFile('/etc/resolv.conf')) ?? '') : renderResolvConf(spec)
  texts.set(join(files, 'resolv.conf'), resolv)
  if (spec.networks.length === 0) {
    const hosts = spec.network_mode === 'host' ? await read.host.readFile('/etc/hosts') : undefined
    const extra = extraLines(spec.extra_hosts).map((line) => `${line}\n`)
    texts.set(join(files, 'hosts'), hosts === undefined ? renderHosts([], spec.extra_hosts) : hosts + extra.join(''))
  }
  return texts
}

/** Writes all files of a container; in place, since they may be mounted already. Returns their stamps. */
export async function writeFiles(
  write: WriteContext,
  container: ResourceAddress,
  spec: ContainerSpec,
  user: ResolvedUser,
): Promise<readonly FileStamp[]> {
  const { files } = containerLayout(write.paths, container)
  const written: string[] = []
  for (const [path, text] of await plainFiles(write, container, spec)) {
    await write.host.writeInPlace(path, text, 0o644)
    written.push(path)
  }
  for (const file of spec.files) {
    const path = injectedPath(files, file)
    // The content is written with mode 0600, then owner and mode are set.
    await write.host.writeFile(path, contentOf(write, file))
    const owner = (given: string, otherwise: number): number => (given === '' ? otherwise : Number(given))
    await write.host.setOwner(path, Number.parseInt(file.mode, 8), owner(file.uid, user.uid), owner(file.gid, user.gid))
    written.push(path)
  }
  return stampsOf(write, written)
}

/**
 * Writes the desired content into the files of a running container; in place, since they are mounted. Of configs and secrets only
 * those that were edited are written. Returns the stamps.
 */
export async function rewriteFiles(
  write: WriteContext,
  container: ResourceAddress,
  spec: ContainerSpec,
  known: readonly FileStamp[],
): Promise<readonly FileStamp[]> {
  const { files } = containerLayout(write.paths, container)
  const edited = await editedFiles(write, known)
  const texts = await plainFiles(write, container, spec)
  for (const [path, text] of texts) await write.host.writeInPlace(path, text, 0o644)
  for (const file of spec.files) {
    const path = injectedPath(files, file)
    if (edited.includes(path))
      await write.host.writeInPlace(path, contentOf(write, file), Number.parseInt(file.mode, 8))
  }
  return stampsOf(write, [...new Set([...known.map((stamp) => stamp.path), ...texts.keys()])])
}

const contentOf = (write: WriteContext, { content }: InjectedFile): Buffer =>
  contentBytes(content, (text) => write.resolveSecrets(text))

export async function stampsOf(read: ReadContext, paths: readonly string[]): Promise<readonly FileStamp[]> {
  const stats = await Promise.all(paths.map(async (path) => ({ path, stat: await read.host.stat(path) })))
  return stats.flatMap(({ path, stat }) => (stat ? [{ path, mtimeMs: stat.mtimeMs, size: stat.size }] : []))
}

/** Paths of files that were edited since they were written. */
export async function editedFiles(read: ReadContext, stamps: readonly FileStamp[]): Promise<readonly string[]> {
  const now = await stampsOf(
    read,
    stamps.map((stamp) => stamp.path),
  )
  const found = new Map(now.map((stamp) => [stamp.path, stamp]))
  return stamps
    .filter((stamp) => {
      const one = found.get(stamp.path)
      return one === undefined || one.mtimeMs !== stamp.mtimeMs || one.size !== stamp.size
    })
    .map((stamp) => stamp.path)
}

/** Files that are mounted into a container beside its mounts: name files, configs, secrets, the init program. */
export async function fileBinds(
  read: ReadContext,
  container: ResourceAddress,
  spec: ContainerSpec,
): Promise<readonly Bind[]> {
  const { files } = containerLayout(read.paths, container)
  const networks = spec.networks.map((one) => one.network)
  const hosts = networks.length > 0 ? hostsPath(read.paths, networks, spec.extra_hosts) : join(files, 'hosts')
  const shared = sharedContainer(spec.network_mode)
  const nameFiles = shared ? await namesOf(read, shared, files) : { hosts, resolv: join(files, 'resolv.conf') }
  const readOnly = (source: string, target: string): Bind => ({ source, target, read_only: true })
  const init = spec.init || spec.keep_alive ? await initProgram(read) : undefined
  return [
    readOnly(nameFiles.resolv, '/etc/resolv.conf'),
    readOnly(nameFiles.hosts, '/etc/hosts'),
    readOnly(join(files, 'hostname'), '/etc/hostname'),
    ...spec.files.map((file) => readOnly(injectedPath(files, file), file.target)),
    ...(init ? [readOnly(init, initPath)] : []),
  ]
}

/** Name files of the container whose network is shared. */
async function namesOf(
  read: ReadContext,
  shared: ResourceAddress,
  own: string,
): Promise<{ hosts: string; resolv: string }> {
  const spec = (await readRecord(read.host, read.paths, shared))?.spec
  if (spec === undefined) return { hosts: join(own, 'hosts'), resolv: join(own, 'resolv.conf') }
  const { files } = containerLayout(read.paths, shared)
  const networks = spec.networks.map((one) => one.network)
  return {
    hosts: networks.length > 0 ? hostsPath(read.paths, networks, spec.extra_hosts) : join(files, 'hosts'),
    resolv: join(files, 'resolv.conf'),
  }
}

export async function initProgram(read: ReadContext): Promise<string> {
  for (const path of catatonit) if ((await read.host.stat(path))?.kind === 'file') return path
  throw refusedError({
    code: 'tool-missing',
    message: 'The program catatonit is not installed; `init` and `keep_alive` need it.',
    hint: '`apt install catatonit` or `dnf install catatonit`; `heropods doctor` checks the rest.',
  })
}
