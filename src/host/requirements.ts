import { join } from 'node:path'
import type { HostReader } from './host.ts'

/** A program that HeroPods starts, and the packages that contain it. */
export interface Requirement {
  readonly program: string
  readonly apt: string
  readonly dnf: string
  readonly purpose: string
}

const always: readonly Requirement[] = [
  { program: 'crun', apt: 'crun', dnf: 'crun', purpose: 'runs containers' },
  { program: 'conmon', apt: 'conmon', dnf: 'conmon', purpose: 'supervises containers' },
  { program: 'ip', apt: 'iproute2', dnf: 'iproute', purpose: 'makes network interfaces, addresses and routes' },
  { program: 'iptables-save', apt: 'iptables', dnf: 'iptables-nft', purpose: 'reads the rules of iptables' },
  { program: 'iptables-restore', apt: 'iptables', dnf: 'iptables-nft', purpose: 'writes the rules of iptables' },
  { program: 'mount', apt: 'mount', dnf: 'util-linux', purpose: 'mounts overlays' },
  { program: 'umount', apt: 'mount', dnf: 'util-linux', purpose: 'unmounts overlays' },
  { program: 'nsenter', apt: 'util-linux', dnf: 'util-linux', purpose: 'calls crun on hybrid cgroup hosts' },
  { program: 'unshare', apt: 'util-linux', dnf: 'util-linux', purpose: 'calls crun on hybrid cgroup hosts' },
  { program: 'flock', apt: 'util-linux', dnf: 'util-linux-core', purpose: 'locks instances' },
  { program: 'find', apt: 'findutils', dnf: 'findutils', purpose: 'decides if HeroPods must react to an exit' },
  { program: 'cp', apt: 'coreutils', dnf: 'coreutils', purpose: 'unpacks images and fills volumes' },
]

export const redisRequirement: Requirement = {
  program: 'redis-server',
  apt: 'redis-server',
  dnf: 'valkey',
  purpose: 'stores records (or valkey-server, or HEROPODS_REDIS_URL)',
}

/** Needed only by some stacks or commands. */
export const sometimes: readonly Requirement[] = [
  { program: 'podman', apt: 'podman', dnf: 'podman', purpose: 'pulls images by reference' },
  { program: 'catatonit', apt: 'catatonit', dnf: 'catatonit', purpose: '`init` and `keep_alive`' },
  { program: 'tar', apt: 'tar', dnf: 'tar', purpose: 'unpacks image archives' },
  {
    program: 'conntrack',
    apt: 'conntrack',
    dnf: 'conntrack-tools',
    purpose: 'ends UDP flows to a published port that has moved',
  },
  {
    program: 'nft',
    apt: 'nftables',
    dnf: 'nftables',
    purpose: 'reports changed rules of iptables and nftables to `watch`',
  },
  { program: 'setpriv', apt: 'util-linux', dnf: 'util-linux', purpose: 'ends programs together with `watch`' },
  { program: 'findmnt', apt: 'util-linux', dnf: 'util-linux', purpose: 'reports mounts to `watch`' },
  { program: 'git', apt: 'git', dnf: 'git-core', purpose: 'follows a repository (`watch --git`)' },
]

/** The PATH for programs. The caller's PATH is not used. */
export const safePath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const folders = [...safePath.split(':'), '/usr/libexec/podman']

/** Path of a program in the system's folders; undefined if it is not installed. */
export async function findProgram(host: HostReader, program: string): Promise<string | undefined> {
  for (const path of folders.map((folder) => join(folder, program))) if (await exists(host, path)) return path
  return undefined
}

const exists = async (host: HostReader, path: string): Promise<boolean> =>
  (await host.statTarget(path).catch(() => undefined)) !== undefined

/** Programs that every apply needs and that are not installed on this host. */
export async function missingPrograms(host: HostReader, externalRedis: boolean): Promise<readonly Requirement[]> {
  const missing: Requirement[] = []
  for (const one of always) if ((await findProgram(host, one.program)) === undefined) missing.push(one)
  const redis = externalRedis || (await findProgram(host, 'redis-server')) || (await findProgram(host, 'valkey-server'))
  return redis ? missing : [...missing, redisRequirement]
}

export const allRequirements: readonly Requirement[] = [...always, redisRequirement, ...sometimes]

/** The command that installs these with the host's package manager. */
export async function installCommand(host: HostReader, requirements: readonly Requirement[]): Promise<string> {
  const dnf = !(await exists(host, '/usr/bin/apt-get')) && (await exists(host, '/usr/bin/dnf'))
  const packages = [...new Set(requirements.map((one) => (dnf ? one.dnf : one.apt)))]
  return `${dnf ? 'dnf' : 'apt'} install ${packages.join(' ')}`
}

/** True if the kernel lists a file system (proc(5)); it does not list modules that are not loaded. */
export async function knowsFilesystem(host: HostReader, name: string): Promise<boolean> {
  const list = (await host.readFile('/proc/filesystems').catch(() => undefined)) ?? ''
  return list.split(/\s+/).includes(name)
}
