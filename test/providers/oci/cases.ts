import type { ContainerSpec } from '../../../src/model/kinds/container.ts'
import type { ImageConfig } from '../../../src/model/kinds/image.ts'
import { containerSpec } from '../../specs.ts'

/** Containers whose config.json is compared with the file `config.json` beside this one. */
export interface OciCase {
  readonly spec: ContainerSpec
  readonly image: ImageConfig
  readonly netns?: string
  readonly anonymous?: Readonly<Record<string, string>>
  readonly cgroups?: 'v1' | 'hybrid' | 'v2'
  readonly mayRaise?: boolean
}

export const ociCases: Readonly<Record<string, OciCase>> = {
  plain: { spec: containerSpec(), image: { Cmd: ['sh'] }, netns: '/run/netns/plain' },
  full: {
    spec: containerSpec({
      command: ['serve', '--port=80'],
      entrypoint: ['/entry'],
      environment: { A: 'own', B: 'two\nlines', PATH: '/own' },
      working_dir: '/srv',
      network_mode: 'none',
      mounts: [
        { type: 'volume', volume: 's/volume/data', target: '/data', read_only: false, nocopy: false },
        {
          type: 'bind',
          source: '/host/etc',
          target: '/data/etc',
          read_only: true,
          propagation: 'rslave',
          create_host_path: false,
        },
        {
          type: 'bind',
          source: '/host/one',
          target: '/one',
          read_only: false,
          propagation: 'rprivate',
          create_host_path: true,
          recursive: 'disabled',
        },
        { type: 'tmpfs', target: '/tmp', size: '50%', mode: '1777', options: ['exec', 'uid=5'] },
        { type: 'tmpfs', target: '/dev/shm', size: 4096, mode: '700' },
      ],
      read_only: true,
      mem_limit: 1 << 28,
      mem_reservation: 1 << 20,
      memswap_limit: -1,
      cpu_quota: 50_000,
      cpu_shares: 512,
      cpuset: '0-1',
      pids_limit: 99,
      cap_add: ['NET_ADMIN'],
      cap_drop: ['CHOWN'],
      apparmor: 'profile',
      ulimits: { nofile: { soft: 99, hard: 9999 }, core: { soft: -1, hard: -1 } },
      sysctls: { 'net.core.somaxconn': '128' },
      init: true,
      tty: true,
      annotations: { own: 'text' },
      labels: { own: 'label' },
    }),
    image: { Cmd: ['dropped'], Env: ['A=image', 'C=c', 'PATH=/image'], WorkingDir: '/image' },
    netns: '/run/netns/full',
    anonymous: { '/var/lib/x': '/volumes/anonymous/x' },
    cgroups: 'v1',
    mayRaise: true,
  },
  privileged: {
    spec: containerSpec({ privileged: true, network_mode: 'host', cpu_shares: 2048, cpu_period: 1000 }),
    image: { Entrypoint: ['/entry'], Cmd: ['a'] },
    cgroups: 'v2',
  },
}

export const user = { uid: 33, gid: 44, additionalGids: [44, 5], home: '/var/www' }
export const bounds = (mayRaise: boolean) => ({
  hard: new Map([
    ['nofile', 4096],
    ['sigpending', 60],
  ]),
  mayRaise,
})
export const binds = ['hosts', 'hostname', 'resolv.conf'].map((name) => ({
  source: `/run/files/${name}`,
  target: `/etc/${name}`,
  read_only: true,
}))
export const devices = { nodes: [{ path: '/dev/fuse', type: 'c', major: 10, minor: 229 }], access: [{ allow: false }] }
export const seccomp = { defaultAction: 'SCMP_ACT_ERRNO', syscalls: [{ names: ['read'], action: 'SCMP_ACT_ALLOW' }] }
export const shielded = { maskedPaths: ['/proc/kcore'], readonlyPaths: ['/proc/sys'] }
export const bounding = 2n ** 40n - 1n
