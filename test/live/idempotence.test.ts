import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { hostState, Instance } from './support.ts'

/** Promise: plan(apply(s)) is empty for every s. Generated stacks on the real kernel; a failing one is printed with its seed. */
const runs = Number(process.env.HEROPODS_PROPERTY_RUNS ?? 8)
const seed = Number(process.env.HEROPODS_PROPERTY_SEED ?? 20261125)

const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined })
const network = fc.record(
  { internal: fc.boolean(), mtu: fc.constantFrom(1280, 1400, 1500), labels: fc.constant({ a: 'b' }) },
  { requiredKeys: [] },
)
const container = fc.record(
  {
    environment: fc.dictionary(fc.stringMatching(/^[A-Z]{1,6}$/), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
    networks: fc.subarray(['a', 'b', 'c']),
    mem_limit: fc.oneof(fc.integer({ min: 8_000_000, max: 200_000_000 }), fc.constantFrom('64m', '100M', '1.5g')),
    cpus: fc.constantFrom('0.5', 1, 1.25),
    pids_limit: fc.integer({ min: 16, max: 4000 }),
    user: fc.constantFrom('nobody', '1000:1000', 0),
    read_only: fc.boolean(),
    init: fc.boolean(),
    tmpfs: fc.constantFrom('/scratch', ['/scratch:size=1m,mode=0700']),
    volumes: fc.subarray(['data:/data', '/srv', 'other:/other:ro']),
    configs: fc.constantFrom(['page'], [{ source: 'page', target: '/etc/page', mode: '0400', uid: 33 }]),
    secrets: fc.constant(['word']),
    cap_drop: fc.constantFrom(['ALL'], ['NET_RAW', 'CHOWN']),
    ulimits: fc.constant({ nofile: { soft: 512, hard: 1024 } }),
    sysctls: fc.constantFrom({ 'net.ipv4.ip_forward': '0' }, ['net.core.somaxconn=99']),
    extra_hosts: fc.constantFrom(['me=127.0.0.1'], { gate: 'host-gateway' }),
    hostname: fc.stringMatching(/^[a-z]{1,10}$/),
    restart: fc.constantFrom('no', 'always', 'on-failure:3', 'unless-stopped'),
    working_dir: fc.constantFrom('/', '/made/here'),
    shm_size: fc.constantFrom('1m', 2_000_000),
    labels: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string()),
    stop_signal: fc.constantFrom('KILL', 'SIGTERM', 15),
  },
  { requiredKeys: [] },
)
const stack = fc.record({
  networks: fc.tuple(network, network, network),
  containers: fc.array(container, { minLength: 1, maxLength: 4 }),
  replicas: optional(fc.integer({ min: 0, max: 3 })),
})

type Stack = typeof stack extends fc.Arbitrary<infer T> ? T : never

const render = ({ networks, containers, replicas }: Stack): string =>
  JSON.stringify({
    networks: Object.fromEntries(
      networks.map((one, index) => [
        'abc'[index],
        { ...one, subnet: `10.73.${index}.0/24`, dns: { servers: ['192.0.2.1'] } },
      ]),
    ),
    volumes: { data: {}, other: { protect: false } },
    configs: { page: { content: 'a page' } },
    secrets: { word: { content: 'a word' } },
    containers: Object.fromEntries(
      containers.map((one, index) => [
        `c${index}`,
        {
          image: 'busybox',
          command: ['sleep', '1000'],
          stop_grace_period: '0s',
          networks: [],
          ...one,
          // Two containers may not have the same fixed things; a dollar sign would be a reference.
          environment: Object.fromEntries(
            Object.entries(one.environment ?? {}).map(([name, value]) => [
              name,
              typeof value === 'string' ? value.replaceAll('$', '$$$$').replaceAll('\0', '') : value,
            ]),
          ),
          labels: Object.fromEntries(
            Object.entries(one.labels ?? {}).map(([name, value]) => [name, value.replaceAll('$', '$$$$')]),
          ),
          ...(index === 0 && replicas !== undefined && { deploy: { replicas } }),
        },
      ]),
    ),
  })

const instance = new Instance()
const pristine = hostState()
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(pristine)
})

it('plan(apply(s)) is empty for every s', { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(stack, (one) => {
      // JSON is YAML: the head's lines and this map are one document when the braces are taken off.
      const body = Object.entries(JSON.parse(render(one)) as object)
      instance.stack(body.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join('\n'))
      instance.apply()
      expect(instance.steps()).toEqual([])
    }),
    { numRuns: runs, seed, endOnFailure: true },
  )
})
