import type { ProcessIdentity } from '../../../host/host.ts'
import { either, flag, listOf, mapOf, number, object, optional, type Shape, text } from '../../../model/values/shape.ts'
import type { ContainerExit } from '../../operations.ts'
import type { HealthRecord } from './health/record.ts'
import type { OciConfig } from './oci/config.ts'
import type { ContainerRecord, NotRestarted, OnDisk, Running, StopRecord } from './record.ts'

const texts = listOf(text)

const process = optional(object({ pid: number, startTime: number }))

/** Times are in milliseconds. The field that is present selects the type of the check. */
const healthcheck = either(object({ interval: number, timeout: number, retries: number }), object({ disable: flag }))

const rates = listOf(object({ path: text, rate: number }))
const blockIo = object({
  weight: number,
  weight_device: listOf(object({ path: text, weight: number })),
  device_read_bps: rates,
  device_write_bps: rates,
  device_read_iops: rates,
  device_write_iops: rates,
})

/** The fields that every version has written. A field that a later version has added is optional here. */
const spec = object({
  service: text,
  image: text,
  image_digest: optional(text),
  command: optional(texts),
  entrypoint: optional(texts),
  environment: mapOf(text),
  working_dir: optional(text),
  user: optional(text),
  group_add: texts,
  hostname: text,
  network_mode: text,
  networks: listOf(object({ network: text, aliases: texts, ipv4_address: text, mac: text })),
  ports: listOf(object({ host_ip: text, published: number, target: number, protocol: text })),
  expose: texts,
  dns: optional(texts),
  dns_search: optional(texts),
  dns_opt: texts,
  extra_hosts: mapOf(either(text, texts)),
  mounts: listOf(
    object({
      type: text,
      target: text,
      source: optional(text),
      volume: optional(text),
      options: optional(texts),
      driver_opts: optional(object({ type: text, device: text, o: text })),
    }),
  ),
  files: listOf(object({ kind: text, name: text, target: text, mode: text, uid: text, gid: text, content: text })),
  shm_size: number,
  mem_limit: number,
  mem_reservation: number,
  memswap_limit: number,
  cpu_period: number,
  cpu_quota: number,
  cpu_shares: number,
  cpuset: text,
  pids_limit: number,
  blkio_config: optional(blockIo),
  cap_add: texts,
  cap_drop: texts,
  seccomp: text,
  devices: listOf(object({ source: text, target: text, permissions: text })),
  ulimits: mapOf(object({ soft: number, hard: number })),
  sysctls: mapOf(text),
  healthcheck: optional(healthcheck),
  on_unhealthy: optional(object({ action: text, limit: number, window: number })),
  restart: object({ policy: text, max_retries: number }),
  stop_signal: optional(text),
  stop_grace_period: number,
  verify: optional(number),
  logging: object({ max_size: number, max_file: number }),
  labels: mapOf(text),
  annotations: mapOf(text),
  depends_on: listOf(object({ container: text, condition: text })),
})

export const containerRecord: Shape<OnDisk<ContainerRecord>> = object({
  owner: text,
  spec,
  incarnation: number,
  stopped: flag,
  ignoresStop: optional(text),
  boot: optional(text),
})

export const stopRecord: Shape<OnDisk<StopRecord>> = object({
  incarnation: number,
  by: text,
  at: text,
  signal: text,
  graceMs: number,
  isIgnored: flag,
})

export const runningRecord: Shape<OnDisk<Running>> = object({
  id: text,
  incarnation: number,
  process,
  conmon: process,
  startedAt: text,
  restarts: number,
  held: flag,
  paused: optional(flag),
  stamps: listOf(object({ path: text, mtimeMs: number, size: number })),
  imageMs: optional(number),
})

/** The reason why a restart policy could not start a container again. */
export const notRestartedRecord: Shape<OnDisk<NotRestarted>> = object({
  incarnation: number,
  message: text,
  code: optional(text),
})

/** The process that waits to start a container again. */
export interface Waiting extends ProcessIdentity {
  /** Of the run that has ended. */
  readonly exitCode?: number
  readonly outOfMemory?: boolean
  /** The number of the next start in a row, and its time (RFC 3339). */
  readonly number?: number
  readonly at?: string
}

export const waitingRecord: Shape<Waiting> = object({
  pid: number,
  startTime: number,
  exitCode: optional(number),
  outOfMemory: optional(flag),
  number: optional(number),
  at: optional(text),
})

/** The last exits of a container, the newest last. */
export const exitRecords: Shape<readonly ContainerExit[]> = listOf(
  object({
    run: number,
    startedAt: text,
    endedAt: text,
    exitCode: number,
    outOfMemory: flag,
    stoppedBy: optional(text),
    stopNote: optional(text),
    isUnplanned: optional(flag),
  }),
)

export const healthRecord: Shape<HealthRecord> = object({
  status: text,
  failingStreak: number,
  checkedAt: optional(number),
  output: text,
  durationMs: number,
  log: optional(
    listOf(object({ ok: flag, exitCode: optional(number), output: text, endedAt: number, durationMs: number })),
  ),
})

/** The part of config.json that is read again. The runtime checks the rest. */
export const bundleRecord: Shape<OciConfig> = object({
  process: object({
    user: object({ uid: number, gid: number }),
    args: texts,
    env: texts,
    cwd: text,
    rlimits: optional(listOf(object({ type: text, soft: number, hard: number }))),
  }),
  mounts: listOf(object({ destination: text, source: optional(text), options: optional(texts) })),
  linux: object({ resources: object({}) }),
  annotations: mapOf(text),
})
