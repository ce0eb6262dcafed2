/** The programs with known faults, by the name of their `--version` output. */
export const versionedPrograms = ['crun', 'runc', 'podman'] as const
export type VersionedProgram = (typeof versionedPrograms)[number]

/** The parts of a host that decide if a fault concerns it. */
export interface VersionContext {
  readonly versions: Readonly<Partial<Record<VersionedProgram, string>>>
  readonly kernel: string
  readonly cgroups: 'v1' | 'v2' | 'hybrid'
}

/** A fault of released versions: from `from` (inclusive; default the first) to `before` (the version that fixes it). */
export interface KnownFault {
  readonly program: VersionedProgram
  readonly from?: string
  readonly before: string
  readonly symptom: string
  readonly link: string
  /** Containers of HeroPods itself fail; default false: a warning. */
  readonly severe?: boolean
  /** The hosts that it concerns; default all. */
  readonly concerns?: (context: VersionContext) => boolean
}

const isV1 = ({ cgroups }: VersionContext): boolean => cgroups !== 'v2'

export const knownFaults: readonly KnownFault[] = [
  {
    program: 'crun',
    from: '1.11.1',
    before: '1.11.2',
    symptom: 'containers without a CPU limit do not start on cgroup v1 ("read from sync socket")',
    link: 'https://github.com/containers/crun/issues/1338',
    severe: true,
    concerns: isV1,
  },
  {
    program: 'crun',
    from: '1.18',
    before: '1.18.1',
    symptom: 'the device cgroup cannot be set up on cgroup v1',
    link: 'https://github.com/containers/crun/blob/main/NEWS',
    severe: true,
    concerns: isV1,
  },
  {
    program: 'crun',
    from: '1.14',
    before: '1.14.1',
    symptom: 'the device filter cannot be installed on kernels before 5.11',
    link: 'https://github.com/containers/crun/blob/main/NEWS',
    severe: true,
    concerns: ({ cgroups, kernel }) => cgroups === 'v2' && isBefore(kernel, '5.11'),
  },
  {
    program: 'crun',
    from: '1.7',
    before: '1.8.1',
    symptom: 'cgroups of ended containers stay on cgroup v1 hosts with systemd, until no container can be created',
    link: 'https://github.com/containers/crun/issues/1144',
    concerns: isV1,
  },
  {
    program: 'crun',
    before: '1.14.3',
    symptom: 'podman 5.6 builds and runs nothing with it ("unknown version specified")',
    link: 'https://github.com/containers/podman/issues/27272',
    concerns: ({ versions }) => versions.podman !== undefined && !isBefore(versions.podman, '5.6'),
  },
  {
    program: 'crun',
    before: '1.4.4',
    symptom: 'CVE-2022-27650: processes of `exec` get inheritable capabilities',
    link: 'https://nvd.nist.gov/vuln/detail/CVE-2022-27650',
  },
  {
    program: 'runc',
    before: '1.1.12',
    symptom: 'CVE-2024-21626: an image can reach files of the host (podman may build with runc)',
    link: 'https://github.com/opencontainers/runc/security/advisories/GHSA-xr7r-f8xq-vfvv',
  },
  {
    program: 'runc',
    from: '1.1.12',
    before: '1.2.8',
    symptom: 'CVE-2025-31133, CVE-2025-52565 and CVE-2025-52881: a container can write to files of the host',
    link: 'https://github.com/opencontainers/runc/security/advisories/GHSA-9493-h29p-rfm2',
  },
  {
    program: 'runc',
    from: '1.3.0',
    before: '1.3.3',
    symptom: 'CVE-2025-31133, CVE-2025-52565 and CVE-2025-52881: a container can write to files of the host',
    link: 'https://github.com/opencontainers/runc/security/advisories/GHSA-9493-h29p-rfm2',
  },
  {
    program: 'podman',
    before: '4.9.4',
    symptom: 'CVE-2024-1753: `podman build` of an untrusted Containerfile can write to files of the host',
    link: 'https://github.com/containers/podman/pull/22164',
  },
]

/** The numbers of a version such as `1.1.5+ds1` or `6.1.0-18-amd64`; missing ones count as 0. */
const numbersOf = (version: string): readonly number[] =>
  (/^\d+(\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number)

/** True if a version is older than another one. Pure. */
export function isBefore(version: string, other: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(other)]
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}

/** The known faults of the installed versions that concern this host. Pure. */
export const faultsOf = (context: VersionContext, faults = knownFaults): readonly KnownFault[] =>
  faults.filter(({ program, from = '0', before, concerns }) => {
    const version = context.versions[program]
    if (version === undefined || isBefore(version, from) || !isBefore(version, before)) return false
    return concerns?.(context) ?? true
  })
