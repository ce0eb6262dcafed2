import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import schema from '../../schemas/stack.schema.json' with { type: 'json' }
import type { DesiredStack } from '../../src/model/desired.ts'
import { HeroPodsError } from '../../src/model/errors.ts'
import { stackFolder } from './support.ts'

/**
 * Walks the schema: every field, set alone to a value of its own in a stack that lacks it, must change what the stack means, or be refused.
 * A new field that nobody reads fails here.
 */
const { load } = stackFolder()

interface Schema {
  readonly $ref?: string
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly additionalProperties?: Schema | boolean
  readonly enum?: readonly unknown[]
  readonly type?: string | readonly string[]
  readonly default?: unknown
}
type Data = Record<string, unknown>

const root = schema as unknown as Schema & { readonly definitions: Readonly<Record<string, Schema>> }
const resolved = (part: Schema): Schema => {
  const reference = part.$ref ?? part.allOf?.[0]?.$ref
  const definition = reference === undefined ? undefined : root.definitions[reference.split('/').at(-1) ?? '']
  return definition === undefined ? part : { ...resolved(definition), ...part }
}

/** Fields of maps below a part of the schema, as paths; `*` is a name that the user chooses. */
function fields(part: Schema, path: readonly string[]): string[] {
  const one = resolved(part)
  const own = Object.entries(one.properties ?? {}).flatMap(([name, below]) => [
    [...path, name].join('.'),
    ...fields(below, [...path, name]),
  ])
  const named = typeof one.additionalProperties === 'object' ? fields(one.additionalProperties, [...path, '*']) : []
  const items = one.items === undefined ? [] : fields(one.items, path)
  return [...new Set([...own, ...named, ...items, ...(one.anyOf ?? []).flatMap((form) => fields(form, path))])]
}

/** For readers only, as their descriptions say; or without an effect of its own, with the reason. */
const withoutEffect: Readonly<Record<string, string>> = {
  apiVersion: 'only one value is valid',
  'metadata.labels': 'for readers',
  'variables.*.description': 'for readers',
  'configs.*.labels': 'for readers',
  'secrets.*.labels': 'for readers',
  'containers.*.ports.name': 'for readers',
  'containers.*.ports.mode': 'both values mean what is done',
  'volumes.*.driver': 'only one value is valid',
  'containers.*.logging.driver': 'all values that are taken mean what is done',
}

/** Values for fields whose own schema does not say enough, and what must stand beside them. A field is set in the container `a`. */
const samples: Readonly<Record<string, unknown>> = {
  kind: 'Overlay',
  'metadata.name': 'another',
  include: ['./more.yaml'],
  'include.path': [{ path: './more.yaml' }],
  'reconcile.ignore': ['container/a:/mem_limit'],
  'reconcile.windows': ['mon UTC'],
  'reconcile.interval': '77s',
  'reconcile.timeout': '77s',
  'reconcile.monitor': '77s',
  'images.*.pull_policy': 'daily',
  'containers.*.pull_policy': 'every_12h',
  'images.*.platform': { ref: 'docker.io/library/other:1', archive: undefined, platform: 'linux/arm64' },
  'containers.*.platform': { image: 'docker.io/library/other:1', platform: 'linux/arm64' },
  'networks.*.subnet': '10.9.0.0/24',
  'networks.*.gateway': { subnet: '10.1.0.0/24', gateway: '10.1.0.9' },
  'networks.*.dns': { servers: ['192.0.2.1'] },
  'networks.*.dns.servers': { dns: { servers: ['192.0.2.1'] } },
  'networks.*.dns.search': { dns: { search: ['example.test'] } },
  'networks.*.peers': ['x'],
  'networks.*.exclude': ['10.1.0.7'],
  'networks.*.external': { external: true, name: 'other/lan', subnet: undefined },
  'networks.*.name': 'other/lan',
  'images.*.ref': { ref: 'docker.io/library/other:1', archive: undefined },
  'images.*.builtin': { builtin: 'busybox', archive: undefined },
  'images.*.archive': './other.tar',
  'volumes.*.driver_opts': { driver_opts: { type: 'tmpfs' } },
  'volumes.*.driver_opts.type': { driver_opts: { type: 'tmpfs' } },
  'volumes.*.driver_opts.device': { driver_opts: { type: 'nfs', device: 'a:/b' } },
  'volumes.*.driver_opts.o': { driver_opts: { type: 'tmpfs', o: 'size=1m' } },
  'configs.*.file': { file: './more.yaml', content: undefined },
  'configs.*.content': 'other',
  'configs.*.variable': { variable: 'v', content: undefined },
  'secrets.*.file': { file: './more.yaml', content: undefined },
  'secrets.*.content': 'other',
  'secrets.*.variable': { variable: 'v', content: undefined },
  'variables.*.type': 'int',
  'variables.*.default': 'other',
  'variables.*.env': 'HEROPODS_TEST',
  'variables.*.enum': ['other'],
  'variables.*.pattern': '^z',
  'variables.*.min': { type: 'int', default: 1, min: 5 },
  'variables.*.max': { type: 'int', default: 9, max: 5 },
  'variables.*.required': { required: true, default: undefined },
  'containers.*.image': 'docker.io/library/other:1',
  'containers.*.env_file': './a.env',
  'containers.*.env_file.path': [{ path: './a.env' }],
  'containers.*.env_file.required': [{ path: './gone.env', required: true }],
  'containers.*.working_dir': '/srv',
  'containers.*.user': '1000',
  'containers.*.group_add': ['5'],
  'containers.*.hostname': 'other',
  'containers.*.ports': ['80:80'],
  'containers.*.ports.target': [{ target: 81, published: 80 }],
  'containers.*.ports.published': [{ target: 80, published: 81 }],
  'containers.*.ports.host_ip': [{ target: 80, published: 80, host_ip: '127.0.0.2' }],
  'containers.*.ports.protocol': [{ target: 80, published: 80, protocol: 'udp' }],
  'containers.*.ports.public': [{ target: 80, published: 80, public: true }],
  'containers.*.expose': [80],
  'containers.*.volumes': ['/a:/b'],
  'containers.*.volumes.type': [{ type: 'tmpfs', target: '/b' }],
  'containers.*.volumes.source': [{ type: 'bind', source: '/c', target: '/b' }],
  'containers.*.volumes.target': [{ type: 'tmpfs', target: '/c' }],
  'containers.*.volumes.read_only': [{ type: 'bind', source: '/a', target: '/b', read_only: true }],
  'containers.*.volumes.bind': [{ type: 'bind', source: '/a', target: '/b', bind: { propagation: 'shared' } }],
  'containers.*.volumes.bind.propagation': [
    { type: 'bind', source: '/a', target: '/b', bind: { propagation: 'slave' } },
  ],
  'containers.*.volumes.bind.recursive': [
    { type: 'bind', source: '/a', target: '/b', read_only: true, bind: { recursive: 'disabled' } },
  ],
  'containers.*.volumes.bind.options': [{ type: 'bind', source: '/a', target: '/b', bind: { options: ['noexec'] } }],
  'containers.*.volumes.volume.options': [
    { type: 'volume', source: 'v', target: '/b', volume: { options: ['noexec'] } },
  ],
  'containers.*.volumes.bind.create_host_path': [
    { type: 'bind', source: '/a', target: '/b', bind: { create_host_path: false } },
  ],
  'containers.*.volumes.volume': [{ type: 'volume', source: 'v', target: '/b', volume: { nocopy: true } }],
  'containers.*.volumes.volume.nocopy': [{ type: 'volume', source: 'v', target: '/b', volume: { nocopy: true } }],
  'containers.*.volumes.tmpfs': [{ type: 'tmpfs', target: '/b', tmpfs: { size: 1 } }],
  'containers.*.volumes.tmpfs.size': [{ type: 'tmpfs', target: '/b', tmpfs: { size: 2 } }],
  'containers.*.volumes.tmpfs.mode': [{ type: 'tmpfs', target: '/b', tmpfs: { mode: '0700' } }],
  'containers.*.volumes.tmpfs.options': [{ type: 'tmpfs', target: '/b', tmpfs: { options: ['exec'] } }],
  'containers.*.tmpfs': '/b',
  'containers.*.networks': { two: null },
  'containers.*.networks.*.aliases': { lan: { aliases: ['x'] } },
  'containers.*.networks.*.ipv4_address': { lan: { ipv4_address: '10.1.0.9' } },
  'containers.*.network_mode': { network_mode: 'host', networks: undefined },
  'containers.*.dns': '192.0.2.1',
  'containers.*.dns_search': 'example.test',
  'containers.*.dns_opt': ['ndots:2'],
  'containers.*.extra_hosts': { x: '192.0.2.1' },
  'containers.*.depends_on': ['b'],
  'containers.*.depends_on.*.condition': { b: { condition: 'service_completed_successfully' } },
  'containers.*.depends_on.*.restart': { b: { restart: true } },
  'containers.*.depends_on.*.required': { off: { required: true } },
  'containers.*.healthcheck': { test: 'true' },
  'containers.*.healthcheck.test': { test: 'false' },
  'containers.*.healthcheck.http': { http: { port: 80 } },
  'containers.*.healthcheck.http.port': { http: { port: 81 } },
  'containers.*.healthcheck.http.path': { http: { port: 80, path: '/x' } },
  'containers.*.healthcheck.http.scheme': { http: { port: 80, scheme: 'https' } },
  'containers.*.healthcheck.http.status': { http: { port: 80, status: 204 } },
  'containers.*.healthcheck.tcp': { tcp: 80 },
  ...Object.fromEntries(
    ['interval', 'timeout', 'retries', 'start_period', 'start_interval'].map((name) => [
      `containers.*.healthcheck.${name}`,
      { test: 'true', [name]: name === 'retries' ? 7 : '7s' },
    ]),
  ),
  'containers.*.on_unhealthy': { action: 'restart' },
  'containers.*.on_unhealthy.limit': { action: 'restart', limit: 7 },
  'containers.*.on_unhealthy.window': { action: 'restart', window: '7s' },
  'containers.*.restart': 'always',
  'containers.*.stop_signal': 'INT',
  'containers.*.mem_limit': '64m',
  'containers.*.blkio_config': { weight: 20 },
  'containers.*.blkio_config.weight': { weight: 30 },
  'containers.*.blkio_config.weight_device': { weight_device: [{ path: '/dev/a', weight: 20 }] },
  'containers.*.blkio_config.weight_device.path': { weight_device: [{ path: '/dev/b', weight: 20 }] },
  'containers.*.blkio_config.weight_device.weight': { weight_device: [{ path: '/dev/a', weight: 30 }] },
  ...Object.fromEntries(
    ['device_read_bps', 'device_write_bps', 'device_read_iops', 'device_write_iops'].flatMap((field) =>
      ['', '.path', '.rate'].map((below) => [
        `containers.*.blkio_config.${field}${below}`,
        { [field]: [{ path: '/dev/a', rate: below === '.rate' ? 2 : 1 }] },
      ]),
    ),
  ),
  'containers.*.memswap_limit': -1,
  'containers.*.cpuset': '0',
  'containers.*.deploy': { replicas: 2 },
  'containers.*.deploy.replicas': { replicas: 2 },
  'containers.*.deploy.resources.limits': { resources: { limits: { cpus: 1 } } },
  'containers.*.deploy.resources.limits.memory': { resources: { limits: { memory: '64m' } } },
  'containers.*.deploy.restart_policy': { restart_policy: { condition: 'on-failure' } },
  'containers.*.deploy.restart_policy.condition': { restart_policy: { condition: 'on-failure' } },
  'containers.*.cap_add': ['NET_ADMIN'],
  'containers.*.cap_drop': ['ALL'],
  'containers.*.security_opt': ['no-new-privileges:false'],
  'containers.*.devices': ['/dev/null'],
  'containers.*.devices.source': [{ source: '/dev/zero' }],
  'containers.*.devices.target': [{ source: '/dev/null', target: '/dev/n' }],
  'containers.*.devices.permissions': [{ source: '/dev/null', permissions: 'r' }],
  'containers.*.ulimits': { nofile: 7 },
  'containers.*.ulimits.*.soft': { nofile: { soft: 7, hard: 9 } },
  'containers.*.ulimits.*.hard': { nofile: { soft: 7, hard: 8 } },
  'containers.*.sysctls': { 'net.core.somaxconn': 7 },
  'containers.*.configs': ['c'],
  'containers.*.secrets': ['s'],
  ...Object.fromEntries(
    (['configs', 'secrets'] as const).flatMap((kind) =>
      Object.entries({ source: undefined, target: '/t', mode: '0400', uid: 7, gid: 7, on_change: {} }).map(
        ([name, value]) => [
          `containers.*.${kind}.${name}`,
          [{ source: kind[0], ...(value !== undefined && { [name]: value }) }],
        ],
      ),
    ),
  ),
  'containers.*.profiles': ['debug'],
  'containers.*.extends': 'b',
  'containers.*.extends.service': { service: 'b' },
  'containers.*.extends.file': { service: 'far', file: './more.yaml' },
  'containers.*.logging': { options: { 'max-file': 7 } },
}

const label = { l: 'x' }
/** A value that is not the default, from the schema alone. */
function sample(path: string, part: Schema): unknown {
  const one = resolved(part)
  const reference = part.$ref ?? part.allOf?.[0]?.$ref ?? ''
  if (/keyValues|environment|parameters/.test(reference)) return label
  if (reference.endsWith('words')) return ['x']
  if (reference.endsWith('duration')) return '77s'
  if (one.enum) return one.enum.find((value) => value !== one.default)
  const types = [one, ...(one.anyOf ?? []).map(resolved)].flatMap(({ type }) => type ?? [])
  if (types.includes('boolean')) return one.default !== true
  if (types.includes('integer') || types.includes('number')) return 4000
  if (one.properties) {
    const [[name, below] = ['', {}]] = Object.entries(one.properties)
    return { [name]: sample(`${path}.${name}`, below) }
  }
  if (types.includes('object')) return undefined
  return 'x'
}

const base = (): Data => ({
  apiVersion: 'heropods/v1',
  kind: 'Stack',
  metadata: { name: 'test' },
  variables: { v: { default: 'value' } },
  networks: { lan: { subnet: '10.1.0.0/24' }, two: { subnet: '10.2.0.0/24' } },
  images: { i: { archive: './image.tar' } },
  volumes: { v: {} },
  configs: { c: { content: 'c' } },
  secrets: { s: { content: 's' } },
  containers: {
    a: {
      image: 'docker.io/library/one:1',
      networks: ['lan'],
      environment: { V: '${v}' },
      depends_on: { off: { required: false }, gone: { required: false } },
    },
    b: { image: 'i', networks: ['lan'], command: 'b', configs: ['c'], secrets: ['s'] },
    off: { image: 'docker.io/library/one:1', networks: ['lan'], profiles: ['off'] },
  },
})
const firstKeys: Readonly<Record<string, string>> = {
  variables: 'v',
  networks: 'lan',
  images: 'i',
  volumes: 'v',
  configs: 'c',
  secrets: 's',
  containers: 'a',
}

/** How a field may be refused: it is not done, or its value forbids what the stack says elsewhere. */
const refusals = [
  'not-yet-supported',
  'no-effect',
  'bad-variable',
  'inactive-dependency',
  'overlay-alone',
  'file-missing',
]

/** What a stack means, or how it is refused. */
async function meaning(stack: Data): Promise<string> {
  const beside = {
    'heropods.yaml': '',
    'more.yaml':
      'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: test }\nvolumes: { more: }\ncontainers: { far: { image: busybox, networks: [lan], user: "7" } }\n',
    'a.env': 'A=1\n',
  }
  try {
    return shown(
      await load('', {
        beside: { ...beside, 'heropods.yaml': stringify(stack) },
        environment: { HEROPODS_TEST: 'set' },
      }),
    )
  } catch (error) {
    if (!(error instanceof HeroPodsError) || error.diagnostics.some(({ place }) => place === undefined)) throw error
    const codes = error.diagnostics.map(({ code }) => code)
    expect(refusals, JSON.stringify(error.diagnostics)).toEqual(expect.arrayContaining(codes))
    return `refused: ${codes}`
  }
}

const shown = ({ resources, inactive, reconcile, labels, sensitiveVariables, sources, name }: DesiredStack): string =>
  JSON.stringify([name, [...resources.values()], inactive, reconcile, labels, sensitiveVariables, sources])

function withField(path: readonly string[], value: unknown): Data {
  const stack = base()
  const [top = '', star, ...rest] = path
  if (path.join('.') === 'include.path') return { ...stack, include: value }
  if (star === undefined || !(top in firstKeys))
    return { ...stack, [top]: star === undefined ? value : { ...(stack[top] as Data), [star]: value } }
  const kind = stack[top] as Record<string, Data>
  const key = firstKeys[top] ?? ''
  const [field = '', ...below] = rest
  // A sample of a field further down is that of the whole field, or of all fields of the object.
  const whole = below.length > 0 && !isSample(path) ? nested(below, value) : value
  const isObject =
    whole !== null && typeof whole === 'object' && !Array.isArray(whole) && isSample(path) && field in whole
  kind[key] = { ...kind[key], ...(isObject ? (whole as Data) : { [field]: whole }) }
  return stack
}
const isSample = (path: readonly string[]): boolean => path.join('.') in samples
const nested = ([first, ...rest]: readonly string[], value: unknown): unknown =>
  first === undefined ? value : { [first]: nested(rest, value) }

const schemaOf = (path: readonly string[]): Schema =>
  path.reduce<Schema>((part, name) => {
    const one = resolved(part)
    const forms = [
      one,
      ...(one.anyOf ?? []).map(resolved),
      ...(one.items ? [resolved(one.items), ...(resolved(one.items).anyOf ?? [])] : []),
    ]
    const deeper = forms.flatMap((form) => [
      form,
      ...(form.items ? [resolved(form.items), ...(resolved(form.items).anyOf ?? [])] : []),
    ])
    for (const form of deeper) {
      if (name === '*' && typeof form.additionalProperties === 'object') return form.additionalProperties
      const below = form.properties?.[name]
      if (below) return below
    }
    return {}
  }, root)

const all = fields(root, []).filter((path) => !path.startsWith('services'))

it('the schema has many fields', () => expect(all.length).toBeGreaterThan(180))

it.each(all.filter((path) => !(path in firstKeys)))('%s', async (path) => {
  if (path in withoutEffect) return
  const parts = path.split('.')
  const value = path in samples ? samples[path] : sample(path, schemaOf(parts))
  expect(value, 'no sample').not.toBeUndefined()
  expect(await meaning(withField(parts, value))).not.toBe(await meaning(base()))
})

it('what has no effect is no more than is listed, and is still part of the schema', () => {
  expect(Object.keys(withoutEffect).filter((path) => !all.includes(path))).toEqual([])
})
