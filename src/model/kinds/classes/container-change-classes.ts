import type { ChangeClass } from '../../change.ts'
import type { ContainerSpec } from '../container.ts'

/**
 * The change class of each field. The planner, `explain`, the reference and the tests read this table. The code does not compile if
 * a field is missing.
 */
export const containerClasses: Readonly<Record<keyof ContainerSpec, ChangeClass>> = {
  service: 'live',
  image: 'recreate',
  image_digest: 'recreate',
  command: 'recreate',
  entrypoint: 'recreate',
  environment: 'recreate',
  working_dir: 'recreate',
  user: 'recreate',
  group_add: 'recreate',
  hostname: 'recreate',
  network_mode: 'recreate',
  networks: 'recreate',
  ports: 'live',
  expose: 'live',
  dns: 'live',
  dns_search: 'live',
  dns_opt: 'live',
  extra_hosts: 'recreate',
  mounts: 'recreate',
  files: 'recreate',
  read_only: 'recreate',
  shm_size: 'recreate',
  mem_limit: 'live',
  mem_reservation: 'live',
  memswap_limit: 'live',
  cpu_period: 'live',
  cpu_quota: 'live',
  cpu_shares: 'live',
  cpuset: 'live',
  pids_limit: 'live',
  blkio_config: 'live',
  cap_add: 'recreate',
  cap_drop: 'recreate',
  privileged: 'recreate',
  no_new_privileges: 'recreate',
  seccomp: 'recreate',
  apparmor: 'recreate',
  devices: 'recreate',
  ulimits: 'recreate',
  sysctls: 'recreate',
  init: 'recreate',
  tty: 'recreate',
  stdin_open: 'recreate',
  keep_alive: 'recreate',
  healthcheck: 'live',
  on_unhealthy: 'live',
  restart: 'live',
  stop_signal: 'live',
  stop_grace_period: 'live',
  verify: 'live',
  logging: 'live',
  labels: 'live',
  annotations: 'live',
  depends_on: 'live',
}

const known: Readonly<Record<string, ChangeClass>> = containerClasses

/** Class of a change at a JSON pointer into a canonical container. `field` is its first segment; undefined: there is no such field. Pure. */
export function containerClassOf(field: string, path: string): ChangeClass | undefined {
  // The names on a network are only in the hosts files, which change while containers run.
  if (/^\/networks\/\d+\/aliases(\/|$)/.test(path)) return 'live'
  if (/^\/networks\/\d+\/static$/.test(path)) return 'live'
  return known[field]
}
