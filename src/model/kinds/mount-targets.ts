import type { ContainerSpec } from './container.ts'

/** Files that HeroPods mounts into every container. */
export const nameFiles: readonly string[] = ['/etc/hostname', '/etc/hosts', '/etc/resolv.conf']

/** Paths of a container on which the stack or HeroPods mounts something. Pure. */
export const mountTargets = (spec: Pick<ContainerSpec, 'mounts' | 'files'>): readonly string[] => [
  ...spec.mounts.map((mount) => mount.target),
  ...spec.files.map((file) => file.target),
  ...nameFiles,
]
