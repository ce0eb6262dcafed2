import type { ContainerSpec } from '../../model/kinds/container.ts'
import type { ImageSpec } from '../../model/kinds/image.ts'
import { ownValue } from '../../model/values/own-value.ts'
import { toPath } from '../read/position.ts'
import {
  beginning,
  firstOf,
  hostNamed,
  mountAt,
  named,
  type PathStep,
  portOf,
  sourceNamed,
  tmpfsAt,
  valued,
} from './path-step.ts'

/** A field of a stack file that may set a field of a spec. */
export interface FileField {
  readonly path: readonly PathStep[]
  /** `path` begins at the document instead of the object. */
  readonly inDocument?: boolean
}

type Rest = readonly string[]
type Finder = (spec: ContainerSpec | undefined, rest: Rest) => readonly FileField[]

const field = (...path: PathStep[]): FileField => ({ path })
const limit =
  (name: string, ...others: readonly string[]): Finder =>
  () => [field(name), ...others.map((other) => field('deploy', 'resources', ...other.split('.')))]

/** Fields of a list whose entries are texts. */
const valuesOf =
  (name: 'dns' | 'dns_search' | 'dns_opt' | 'expose' | 'group_add' | 'cap_add' | 'cap_drop'): Finder =>
  (spec, [index]) => {
    const value = spec?.[name]?.[Number(index)]
    return [field(name, ...(value === undefined ? [] : [valued(value)]))]
  }

const keyed =
  (name: string): Finder =>
  (_, [key]) => [field(name, ...(key === undefined ? [] : [named(key)]))]

/** The names of a container or replica in `depends_on`. */
const keysOf = (address: string): readonly string[] => {
  const name = address.split('/').at(-1) ?? ''
  return [name, name.replace(/\.\d+$/, '')]
}

const containerFinders: Readonly<Record<string, Finder>> = {
  service: () => [],
  image_digest: () => [field('image')],
  environment: keyed('environment'),
  sysctls: keyed('sysctls'),
  annotations: keyed('annotations'),
  labels: (_, [key]) => {
    const step = key === undefined ? [] : [named(key)]
    return [field('labels', ...step), field('deploy', 'labels', ...step)]
  },
  extra_hosts: (_, [name]) => [field('extra_hosts', ...(name === undefined ? [] : [hostNamed(name)]))],
  dns: valuesOf('dns'),
  dns_search: valuesOf('dns_search'),
  dns_opt: valuesOf('dns_opt'),
  expose: valuesOf('expose'),
  group_add: valuesOf('group_add'),
  cap_add: valuesOf('cap_add'),
  cap_drop: valuesOf('cap_drop'),
  mem_limit: limit('mem_limit', 'limits.memory'),
  mem_reservation: limit('mem_reservation', 'reservations.memory'),
  pids_limit: limit('pids_limit', 'limits.pids'),
  cpu_quota: (...all) => [field('cpus'), ...limit('cpu_quota', 'limits.cpus')(...all)],
  cpu_period: (...all) => [field('cpus'), ...limit('cpu_period', 'limits.cpus')(...all)],
  no_new_privileges: () => [field('security_opt', beginning('no-new-privileges'))],
  seccomp: () => [field('security_opt', beginning('seccomp'))],
  apparmor: () => [field('security_opt', beginning('apparmor'))],
  restart: () => [field('restart'), field('deploy', 'restart_policy')],
  logging: (_, [name]) => [field('logging', 'options', ...(name === undefined ? [] : [name.replace('_', '-')]))],
  devices: (spec, [index]) => {
    const device = spec?.devices[Number(index)]
    return [field('devices', ...(device ? [beginning(device.source)] : []))]
  },
  ports: (spec, [index]) => {
    const port = spec?.ports[Number(index)]
    return [field('ports', ...(port ? [portOf(port)] : []))]
  },
  networks: (spec, [index, ...rest]) => {
    const network = spec?.networks[Number(index)]?.network.split('/').at(-1)
    return [field('networks', ...(network === undefined ? [] : [named(network), ...rest]))]
  },
  depends_on: (spec, [index]) => {
    const other = spec?.depends_on[Number(index)]?.container
    return [field('depends_on', ...(other === undefined ? [] : [named(...keysOf(other))]))]
  },
  mounts: (spec, [index]) => {
    const mount = spec?.mounts[Number(index)]
    if (mount === undefined) return [field('volumes'), field('tmpfs')]
    const inVolumes = field('volumes', mountAt(mount.target))
    return mount.type === 'tmpfs' ? [field('tmpfs', tmpfsAt(mount.target)), inVolumes] : [inVolumes]
  },
  files: (spec, [index, part]) => {
    const file = spec?.files[Number(index)]
    if (file === undefined) return [field('configs'), field('secrets')]
    const kind = `${file.kind}s`
    const content: FileField = { path: [kind, file.name, firstOf('content', 'file', 'variable')], inDocument: true }
    return [...(part === 'content' ? [content] : []), field(kind, sourceNamed(file.name))]
  },
}

/** The fields in a file that may set a field of a container, in the order of precedence. Pure. */
export function containerFields(spec: ContainerSpec | undefined, pointer: string): readonly FileField[] {
  const [name, ...rest] = toPath(pointer).map(String)
  if (name === undefined) return []
  return ownValue(containerFinders, name)?.(spec, rest) ?? [field(name, ...rest)]
}

/** The fields in an entry of `images:` that may set a field of an image. Pure. */
export function imageFields(pointer: string): readonly FileField[] {
  const [name, ...rest] = toPath(pointer).map(String)
  if (name === undefined) return []
  return [name === 'source' || name === 'digest' ? field(firstOf('ref', 'archive', 'builtin')) : field(name, ...rest)]
}

/** The field of a container that sets a field of an image without an entry in `images:`. Pure. */
export const usedImageField = (pointer: string): FileField => field(imageFieldsOfContainers[pointer] ?? 'image')

const imageFieldsOfContainers: Readonly<Record<string, keyof ImageSpec>> = {
  '/pull_policy': 'pull_policy',
  '/platform': 'platform',
}

/** The field in an entry of `networks:` or `volumes:`. Pure. */
export function entryFields(pointer: string): readonly FileField[] {
  const [name, ...rest] = toPath(pointer).map(String)
  if (name === undefined) return []
  return name === 'labels' && rest[0] !== undefined ? [field('labels', named(rest[0]))] : [field(name, ...rest)]
}
