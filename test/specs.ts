import type { Change } from '../src/model/change.ts'
import type { Resource } from '../src/model/desired.ts'
import type { Generation } from '../src/model/generation.ts'
import type { ContainerActual, ContainerSpec } from '../src/model/kinds/container.ts'
import type { ImageSpec } from '../src/model/kinds/image.ts'
import { noLimits } from '../src/model/kinds/limits.ts'
import type { NetworkSpec } from '../src/model/kinds/network.ts'
import type { VolumeSpec } from '../src/model/kinds/volume.ts'
import type { SpecOf } from '../src/model/kinds.ts'
import type { OwnedOf } from '../src/model/observation.ts'
import type { Step, StepAction } from '../src/model/plan.ts'
import { parseResourceAddress, type ResourceAddress } from '../src/model/resource-address.ts'

/** Whole specs, with the fields that a test is about. */
export const containerSpec = (fields: Partial<ContainerSpec> = {}): ContainerSpec => ({
  service: 'web',
  image: 's/image/base',
  environment: {},
  group_add: [],
  hostname: 'web',
  network_mode: 'bridge',
  networks: [],
  ports: [],
  expose: [],
  dns_opt: [],
  extra_hosts: {},
  mounts: [],
  files: [],
  read_only: false,
  shm_size: 67108864,
  ...noLimits,
  cap_add: [],
  cap_drop: [],
  privileged: false,
  no_new_privileges: true,
  seccomp: 'default',
  apparmor: '',
  devices: [],
  ulimits: {},
  sysctls: {},
  init: false,
  tty: false,
  stdin_open: false,
  keep_alive: false,
  restart: { policy: 'no', max_retries: 0 },
  stop_grace_period: 0,
  logging: { max_size: 10485760, max_file: 3 },
  labels: {},
  annotations: {},
  depends_on: [],
  ...fields,
})

export const networkSpec = (fields: Partial<NetworkSpec> = {}): NetworkSpec => ({
  driver: 'bridge',
  bridge: 'hptest0',
  subnet: '10.66.0.0/24',
  gateway: '10.66.0.1',
  internal: false,
  mtu: 1500,
  dns: { servers: [], search: [] },
  exclude: [],
  labels: {},
  members: [],
  hosts: {},
  ...fields,
})

export const imageSpec = (fields: Partial<ImageSpec> = {}): ImageSpec => ({
  source: { type: 'builtin', name: 'busybox' },
  pull_policy: 'missing',
  labels: {},
  ...fields,
})

export const volumeSpec = (fields: Partial<VolumeSpec> = {}): VolumeSpec => ({ protect: false, labels: {}, ...fields })

/** A resource of the kind that its address has. */
export function resource(
  address: ResourceAddress,
  labels: SpecOf['labels'] = {},
  ofContainer: Partial<ContainerSpec> = {},
): Resource {
  const { kind } = parseResourceAddress(address)
  switch (kind) {
    case 'network':
      return { kind, address, spec: networkSpec({ labels }) }
    case 'image':
      return { kind, address, spec: imageSpec({ labels }) }
    case 'volume':
      return { kind, address, spec: volumeSpec({ labels }) }
    case 'container':
      return { kind, address, spec: containerSpec({ labels, ...ofContainer }) }
  }
}

/** A resource that exists as its spec says. */
export function owned(one: Resource): OwnedOf {
  const presence = 'owned'
  switch (one.kind) {
    case 'network':
      return { ...one, presence, actual: { bridge: one.spec.bridge, drift: [] } }
    case 'image':
      return { ...one, presence, actual: { digest: 'sha256:0', unpacked: true, pulledByUs: false } }
    case 'volume':
      return { ...one, presence, actual: { path: '/data', released: false, missing: false, unrecorded: false } }
    case 'container':
      return { ...one, presence, actual: containerActual() }
  }
}

export const containerActual = (fields: Partial<ContainerActual> = {}): ContainerActual => ({
  state: 'running',
  run: 1,
  restarts: 0,
  needsNamespace: false,
  drift: [],
  ...fields,
})

export const ownedContainer = (spec: ContainerSpec, actual: Partial<ContainerActual> = {}): OwnedOf<'container'> => ({
  kind: 'container',
  presence: 'owned',
  spec,
  actual: containerActual(actual),
})

/** What a test says of a step beside its object, its action and its changes. */
export type StepDetails = Partial<Pick<Step, 'class' | 'after'>> & { readonly spec?: Partial<ContainerSpec> }

/** A step of a plan. */
export function planStep(
  address: ResourceAddress,
  action: StepAction,
  changes: readonly Change[] = [],
  { spec, ...details }: StepDetails = {},
): Step {
  const all = {
    id: `${address}:${action}`,
    class: changes.length > 0 ? 'live' : null,
    changes,
    after: [],
    ...details,
    reason: 'as it was',
    destructive: false,
  } as const
  return action === 'delete' || action === 'release'
    ? { ...resource(address), ...all, action }
    : { ...resource(address, {}, spec), ...all, action }
}

/** A difference between what was applied and what is stated; with `drift` one between what was applied and the host. */
export const change = (path: string, fields: Partial<Change> = {}): Change => ({
  path,
  before: 1,
  after: 2,
  class: 'live',
  ...fields,
})

/** A run of root that changed nothing and is done. */
export const generationOf = (generation: number, fields: Partial<Generation> = {}): Generation => ({
  generation,
  user: 'root',
  pid: 1,
  command: 'heropods apply',
  time: '2026-11-28T11:57:00Z',
  summary: { create: 0, update: 0, recreate: 0, delete: 0, keep: 0 },
  stacks: { s: { desiredHash: null, files: [] } },
  result: 'done',
  ...fields,
})
