import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A program HeroPods starts, and the packages that bring it. */
export interface Requirement {
  readonly program: string
  readonly apt: string
  readonly dnf: string
  readonly purpose: string
}

const always: readonly Requirement[] = [
  { program: 'crun', apt: 'crun', dnf: 'crun', purpose: 'runs containers' },
  { program: 'conmon', apt: 'conmon', dnf: 'conmon', purpose: 'supervises them' },
  { program: 'ip', apt: 'iproute2', dnf: 'iproute', purpose: 'makes links and addresses' },
  { program: 'iptables-save', apt: 'iptables', dnf: 'iptables-nft', purpose: 'reads firewall rules' },
  { program: 'iptables-restore', apt: 'iptables', dnf: 'iptables-nft', purpose: 'writes firewall rules' },
  { program: 'mount', apt: 'mount', dnf: 'util-linux', purpose: 'mounts overlays' },
  { program: 'umount', apt: 'mount', dnf: 'util-linux', purpose: 'unmounts overlays' },
  { program: 'nsenter', apt: 'util-linux', dnf: 'util-linux', purpose: 'calls crun on hybrid cgroup hosts' },
  { program: 'unshare', apt: 'util-linux', dnf: 'util-linux', purpose: 'calls crun on hybrid cgroup hosts' },
  { program: 'flock', apt: 'util-linux', dnf: 'util-linux-core', purpose: 'locks instances' },
  { program: 'find', apt: 'findutils', dnf: 'findutils', purpose: 'decides whether an exit needs an answer' },
  { program: 'cp', apt: 'coreutils', dnf: 'coreutils', purpose: 'unpacks images and fills volumes' },
]

export const redisRequirement: Requirement = {
  program: 'redis-server',
  apt: 'redis-server',
  dnf: 'valkey',
  purpose: 'keeps records (or valkey-server, or HEROPODS_REDIS_URL)',
}

/** Needed by some stacks or commands only. */
export const sometimes: readonly Requirement[] = [
  { program: 'podman', apt: 'podman', dnf: 'podman', purpose: 'pulls images by reference' },
  { program: 'catatonit', apt: 'catatonit', dnf: 'catatonit', purpose: '`init` and `keep_alive`' },
  { program: 'tar', apt: 'tar', dnf: 'tar', purpose: 'unpacks image archives' },
  {
    program: 'conntrack',
    apt: 'conntrack',
    dnf: 'conntrack-tools',
    purpose: 'ends udp flows to a published port that has moved',
  },
  { program: 'nft', apt: 'nftables', dnf: 'nftables', purpose: 'tells `watch` of changed firewall rules' },
  { program: 'setpriv', apt: 'util-linux', dnf: 'util-linux', purpose: 'ends what `watch` started with it' },
  { program: 'findmnt', apt: 'util-linux', dnf: 'util-linux', purpose: 'tells `watch` of mounts' },
  { program: 'git', apt: 'git', dnf: 'git-core', purpose: 'follows a repository (`watch --git`)' },
]

/** Where programs are looked for, whatever the caller's PATH says. */
export const safePath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const folders = [...safePath.split(':'), '/usr/libexec/podman']

/** Where a program lies in the system's folders; the caller's PATH does not count. */
export const findProgram = (program: string): string | undefined =>
  folders.map((folder) => join(folder, program)).find((path) => existsSync(path))

/** What every apply needs and this host lacks. */
export function missingPrograms(externalRedis: boolean): readonly Requirement[] {
  const lacking = always.filter((one) => findProgram(one.program) === undefined)
  const redis = externalRedis || findProgram('redis-server') || findProgram('valkey-server')
  return redis ? lacking : [...lacking, redisRequirement]
}

export const allRequirements: readonly Requirement[] = [...always, redisRequirement, ...sometimes]

/** The command that installs these, for this host's package manager. */
export function installCommand(requirements: readonly Requirement[]): string {
  const dnf = !existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dnf')
  const packages = [...new Set(requirements.map((one) => (dnf ? one.dnf : one.apt)))]
  return `${dnf ? 'dnf' : 'apt'} install ${packages.join(' ')}`
}

/** Whether the kernel knows a file system (proc(5)); modules not loaded yet do not show. */
export function knowsFilesystem(name: string): boolean {
  try {
    return readFileSync('/proc/filesystems', 'utf8').split(/\s+/).includes(name)
  } catch {
    return false
  }
}
