import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { HeroPodsError } from '../../src/model/errors.ts'
import { head, loadIn } from './load.ts'

const folder = mkdtempSync('/tmp/hp-texts-')
afterAll(() => rmSync(folder, { recursive: true, force: true }))
for (const name of ['a.env', 'b.env', 'conf', 'secret', 'one.yaml', 'image.tar', 'profile.json'])
  writeFileSync(
    join(folder, name),
    {
      'one.yaml': head,
      'profile.json': '{"defaultAction":"SCMP_ACT_ALLOW"}',
    }[name] ?? '',
  )

/** A text in every field that takes one, and a key in every map of users' keys. */
const stack = {
  apiVersion: 'heropods/v1',
  kind: 'Stack',
  metadata: { name: 'test', labels: { l: 'v' } },
  include: ['one.yaml', { path: 'one.yaml' }],
  reconcile: { ignore: ['container/web:/mem_limit'], windows: ['mon-fri'] },
  variables: { v: { type: 'string', default: 'x', env: 'V', description: 'any' } },
  networks: {
    n: {
      subnet: '10.77.0.0/24',
      gateway: '10.77.0.1',
      exclude: ['10.77.0.9'],
      dns: { servers: ['9.9.9.9'], search: ['a.example'] },
      labels: { l: 'v' },
    },
    e: { external: true, name: 'other/net' },
  },
  images: { i: { ref: 'docker.io/library/alpine:3.20', labels: { l: 'v' } }, a: { archive: 'image.tar' } },
  volumes: { data: { labels: { l: 'v' } } },
  configs: { c: { file: 'conf', labels: { l: 'v' } }, t: { content: 'text' }, w: { variable: 'v' } },
  secrets: { s: { file: 'secret' } },
  containers: {
    other: { image: 'busybox', networks: ['n'] },
    web: {
      image: 'i',
      command: ['sleep', '1'],
      entrypoint: 'sh -c',
      environment: { K: 'v' },
      env_file: ['a.env', { path: 'b.env' }],
      working_dir: '/srv',
      user: 'www-data:www',
      group_add: ['audio'],
      hostname: 'host',
      ports: ['8080:80', { target: '81', published: '8081', host_ip: '127.0.0.1', name: 'admin' }],
      expose: ['90'],
      volumes: ['data:/data', { type: 'bind', source: '/srv', target: '/mnt' }],
      tmpfs: ['/run'],
      networks: { n: { aliases: ['alias'], ipv4_address: '10.77.0.5' } },
      dns: ['9.9.9.9'],
      dns_search: ['b.example'],
      dns_opt: ['ndots:2'],
      extra_hosts: { name: '192.0.2.1' },
      depends_on: { other: { condition: 'service_started' } },
      healthcheck: { test: ['CMD', 'true'] },
      restart: 'always',
      stop_signal: 'SIGTERM',
      stop_grace_period: '1s',
      mem_limit: '64m',
      cpus: '1.5',
      cpuset: '0',
      pids_limit: '10',
      cap_add: ['NET_ADMIN'],
      cap_drop: ['CHOWN'],
      security_opt: ['seccomp:profile.json'],
      devices: ['/dev/null', { source: '/dev/zero', target: '/dev/zero', permissions: 'r' }],
      ulimits: { nofile: 10 },
      sysctls: { 'net.core.somaxconn': '1' },
      labels: { l: 'v' },
      annotations: { l: 'v' },
      configs: ['c', { source: 't', target: '/etc/t', mode: '0400', uid: '1', gid: '1' }, { source: 'w' }],
      secrets: ['s'],
      profiles: ['p'],
      extends: { service: 'other' },
      pull_policy: 'missing',
      logging: { driver: 'local', options: { 'max-size': '1m', 'max-file': '2' } },
      deploy: { labels: { l: 'v' } },
    },
  },
}

/** Fields that may hold several lines and control characters. */
const free = [
  /^variables\.v\.(default|description)/,
  /\.(labels|annotations)\.l$/,
  /\.environment\.K$/,
  /\.(command\.\d|entrypoint|healthcheck\.test\.1)$/,
  /\.content$/,
]

type Path = readonly (string | number)[]

function leaves(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value === 'string') return [path]
  return value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, Array.isArray(value) ? Number(key) : key]))
    : []
}

const changed = (value: unknown, path: Path, change: (text: string) => string): unknown => {
  const [first, ...rest] = path
  if (first === undefined) return change(String(value))
  if (Array.isArray(value)) return value.map((one, index) => (index === first ? changed(one, rest, change) : one))
  return Object.fromEntries(
    Object.entries(value as object).map(([key, one]) => [key, key === first ? changed(one, rest, change) : one]),
  )
}

const load = async (value: unknown, profiles: readonly string[] = ['p']): Promise<HeroPodsError | undefined> => {
  writeFileSync(join(folder, 'heropods.yaml'), JSON.stringify(value))
  try {
    await loadIn(folder, { profiles })
    return undefined
  } catch (error) {
    if (error instanceof HeroPodsError) return error
    throw error
  }
}

describe('each text of a stack is of its kind', () => {
  it('the stack with a text in every field is right', async () => {
    expect((await load(stack))?.diagnostics ?? []).toEqual([])
  })

  for (const path of leaves(stack)) {
    const name = path.join('.')
    const isFree = free.some((pattern) => pattern.test(name))
    it(`${name} holds ${isFree ? 'no NUL' : 'no control characters'}`, async () => {
      for (const sign of isFree ? ['\0'] : ['\n', '\u001b[2J']) {
        const error = await load(changed(stack, path, (text) => `${text}${sign}x`))
        expect(error?.refused, JSON.stringify(sign)).toBe(true)
        const place = error?.diagnostics[0]?.place
        // The bad text itself is where the place points at, or what it stands in.
        expect(place?.quote?.slice((place.column ?? 1) - 1), JSON.stringify(error?.diagnostics)).toContain('x')
      }
      if (isFree) expect(await load(changed(stack, path, (text) => `${text}\n\u001b[0m`))).toBeUndefined()
    })
  }

  for (const map of [
    'labels',
    'annotations',
    'environment',
    'extra_hosts',
    'sysctls',
    'ulimits',
    'networks',
    'depends_on',
  ] as const)
    it(`keys of ${map} hold no control characters`, async () => {
      for (const sign of ['\n', '\u001b', '\0']) {
        const value = {
          ...stack.containers.web,
          [map]: {
            [`a${sign}b`]: map === 'networks' ? null : map === 'depends_on' ? {} : map === 'ulimits' ? 1 : '192.0.2.1',
          },
        }
        expect((await load({ ...stack, containers: { ...stack.containers, web: value } }))?.refused).toBe(true)
      }
    })

  it('keys of every kind hold no control characters', async () => {
    for (const kind of ['variables', 'networks', 'images', 'volumes', 'configs', 'secrets', 'containers'] as const) {
      const one = Object.values(stack[kind])[0]
      for (const sign of ['\n', '\u001b', '\0', ' '])
        expect((await load({ ...stack, [kind]: { ...stack[kind], [`a${sign}b`]: one } }))?.refused).toBe(true)
    }
  })
})

describe('names that every object of JavaScript has are names as any other', () => {
  for (const name of ['toString', 'constructor', 'hasOwnProperty', 'valueOf', '__proto__', '__defineGetter__']) {
    const usable = !name.startsWith('_')
    it(`${name} in every map of users' keys`, async () => {
      const key = usable ? name : 'plain'
      const text = JSON.stringify({
        ...stack,
        variables: {},
        configs: { [key]: { content: 'x' } },
        secrets: { [key]: { content: 'x' } },
        volumes: { [key]: null },
        networks: { [key]: null },
        images: { [key]: { ref: 'alpine' } },
        containers: {
          [key]: { image: key, networks: [key], profiles: [] },
          web: {
            image: key,
            configs: [key],
            secrets: [key],
            volumes: [`${key}:/data`],
            networks: { [key]: { aliases: [key] } },
            depends_on: [key],
            environment: { KEY: 'value', A: `\${containers.${key}.ip}` },
            labels: { KEY: 'value' },
            annotations: { KEY: 'value' },
            extra_hosts: { [key]: '192.0.2.1' },
          },
        },
      }).replaceAll('"KEY"', JSON.stringify(name))
      writeFileSync(join(folder, 'heropods.yaml'), text)
      const { stacks } = await loadIn(folder)
      const web = stacks[0]?.resources.get('test/container/web')
      const spec = web?.kind === 'container' ? web.spec : undefined
      for (const map of [spec?.environment, spec?.labels, spec?.annotations])
        expect(Object.entries(map ?? {})).toContainEqual([name, 'value'])
      expect(spec?.files.map((one) => one.name)).toEqual([key, key])
      expect(spec?.depends_on).toEqual([{ container: `test/container/${key}`, condition: 'service_started' }])
    })
  }
})
