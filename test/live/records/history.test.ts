import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { instancePaths } from '../../../src/host/files/paths.ts'
import { LocalHost } from '../../../src/host/local.ts'
import { revisionsOf } from '../../../src/reconciler/history/history.ts'
import { openState } from '../../../src/state/redis/redis.ts'
import { openWatchStore } from '../../../src/state/watch-store.ts'
import { hostState, Instance, sh } from '../support.ts'

let instance: Instance
let host = ''
beforeAll(() => {
  host = hostState()
})
beforeEach(() => {
  instance = new Instance()
})
afterEach(() => {
  instance.end()
  expect(hostState()).toBe(host)
})

const refused = (...args: string[]): string => {
  const answer = instance.heropods(args)
  expect(answer.code).toBe(3)
  return answer.stderr
}

/** All that a rollback has to bring back of a container, but for what counts its starts and the form its seccomp profile is given in. */
function bundleOf(name: string): unknown {
  const text = readFileSync(join(instance.run, 'containers/test', name, 'bundle/config.json'), 'utf8')
  const bundle = JSON.parse(text) as Record<'annotations' | 'linux', Record<string, unknown>>
  for (const counted of ['org.heropods.incarnation', 'run.oci.seccomp_bpf_data']) delete bundle.annotations[counted]
  for (const counted of ['cgroupsPath', 'seccomp']) delete bundle.linux[counted]
  return bundle
}

const rules = (): string => sh('iptables-save').replace(/\[\d+:\d+\]|^#.*$/gm, '')

const addresses = (): unknown =>
  [...instance.containers()].map(([name, one]) => [name, one.ip, one.networks.map((network) => network.mac)])

const page = async (port: number): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(3000) })).text()

interface Version {
  readonly content: string
  readonly secret: string
  readonly port: number
  readonly subnet: string
  readonly address: string
  readonly more?: string
}

function state({ content, secret, port, subnet, address, more = '' }: Version): void {
  instance.write('secret', secret)
  instance.stack(`
networks: { lan: { subnet: ${subnet} } }
volumes: { data: }
configs: { page: { content: "${content}" } }
secrets: { pass: { file: ./secret } }
containers:
  web:
    image: busybox
    command: [httpd, -f, -p, "80", -h, /www]
    networks: { lan: { ipv4_address: ${address} } }
    ports: ["${port}:80"]
    configs: [{ source: page, target: /www/index.html }]
    secrets: [pass]
    volumes: ["data:/data"]
    stop_grace_period: 0s
  back: { image: busybox, command: [sleep, "1000"], environment: { G: "${content}" }, stop_grace_period: 0s }
${more}`)
}

const versions: readonly Version[] = [
  { content: 'first', secret: 'alpha-geheim', port: 18171, subnet: '10.81.0.0/24', address: '10.81.0.9' },
  { content: 'second', secret: 'beta-geheim', port: 18172, subnet: '10.81.0.0/24', address: '10.81.0.10' },
  {
    content: 'third',
    secret: 'gamma-geheim',
    port: 18172,
    subnet: '10.81.1.0/24',
    address: '10.81.1.9',
    more: '  extra: { image: busybox, command: [sleep, "1000"], volumes: ["more:/m"], stop_grace_period: 0s }\n',
  },
]

describe('rollback', () => {
  it('brings each generation back exactly, whatever the files say', async () => {
    const seen = versions.map((version, index) => {
      state(version)
      if (version.more)
        instance.write(
          'test.yaml',
          readFileSync(join(instance.base, 'test.yaml'), 'utf8').replace('{ data: }', '{ data: , more: }'),
        )
      instance.apply()
      return { index, bundles: ['web', 'back'].map(bundleOf), rules: rules(), addresses: addresses() }
    })
    instance.exec('extra', 'sh', '-c', 'echo kept > /m/file')
    // What lies on disk now has no say.
    rmSync(join(instance.base, 'test.yaml'))
    rmSync(join(instance.base, 'secret'))
    for (const index of [0, 2, 1, 0]) {
      const { content, secret, port } = versions[index] as Version
      instance.ok('rollback', String(index + 1), '--yes')
      expect({ index, bundles: ['web', 'back'].map(bundleOf), rules: rules(), addresses: addresses() }).toEqual(
        seen[index],
      )
      expect(await page(port)).toBe(content)
      expect(instance.exec('web', 'cat', '/run/secrets/pass')).toBe(secret)
      expect(instance.exec('back', 'wget', '-qO-', 'http://web/')).toBe(content)
      expect(instance.ok('rollback', String(index + 1), '--yes')).toContain('No changes.')
      if (index === 2) expect(instance.exec('extra', 'cat', '/m/file')).toBe('kept\n')
    }
    expect(instance.ok('volume', 'ls')).toMatch(/more.*released/)
    const { generations } = JSON.parse(instance.ok('history', '--json')) as {
      generations: { rollbackOf: number | null; files: { path: string; sha256: string }[]; command: string }[]
    }
    expect(generations.map((one) => one.rollbackOf)).toEqual([1, 2, 3, 1, null, null, null])
    expect(generations[0]).toMatchObject({ command: 'heropods rollback 1 --yes', files: generations[6]?.files })
    expect(instance.ok('history')).toContain('rollback to 3')
    // What is kept holds no value, not even in other clothes.
    const redis = join(instance.run, 'redis.sock')
    const kept = sh('redis-cli', '-s', redis, '--scan')
      .trim()
      .split('\n')
      .filter((key) => /(document|patches|plans|sealed|generations)$/.test(key))
    const texts = kept.map((key) => sh('redis-cli', '-s', redis, 'hgetall', key)).join('')
    for (const { secret } of versions)
      for (const form of [secret, Buffer.from(secret).toString('base64')]) expect(texts).not.toContain(form)
  })

  it('goes by itself to the newest earlier good one, of what the newest changed', () => {
    const one = (name: string, label: string): string =>
      `containers:\n  ${name}: { image: busybox, command: [sleep, "1000"], labels: { v: ${label} }, stop_grace_period: 0s }\n`
    instance.stack(one('a', 'first'), 'one')
    instance.apply('one.yaml')
    expect(refused('rollback', '--yes')).toContain('[nothing-earlier]')
    instance.stack(one('b', 'first'), 'two')
    instance.apply('two.yaml')
    instance.stack(one('a', 'second').replace('sleep, "1000"', '/nowhere'), 'one')
    expect(instance.heropods(['apply', '--yes', 'one.yaml']).code).toBe(1)
    instance.ok('rollback', '--yes')
    expect(instance.heropods(['diff', 'one.yaml', '--exit-code']).code).toBe(2)
    instance.stack(one('a', 'first'), 'one')
    expect(instance.steps('one.yaml')).toEqual([])
    expect([...instance.containers().keys()]).toEqual(['a', 'b'])
    expect(refused('rollback', '3')).toContain('[failed-generation]')
    // A stack that was not there then goes.
    instance.ok('rollback', '1', '--stack', 'two', '--yes')
    expect([...instance.containers().keys()]).toEqual(['a'])
    // And what was taken away comes back, also once nothing stands.
    instance.ok('destroy', '--all', '--yes')
    expect([...instance.containers().keys()]).toEqual([])
    expect(instance.ok('rollback', '6', '--yes')).toContain('No changes.')
    instance.ok('rollback', '--yes')
    expect([...instance.containers().keys()]).toEqual(['a'])
    instance.ok('rollback', '2', '--yes')
    expect([...instance.containers().keys()]).toEqual(['a', 'b'])
  })

  it('is refused with the way out, and then touches nothing', async () => {
    const joined =
      'containers:\n  late: { image: busybox, command: [sleep, "1000"], networks: [lan], stop_grace_period: 0s }\nnetworks: { lan: { external: true, name: test/lan } }\n'
    state(versions[0] as Version)
    instance.apply()
    instance.stack('networks: { lan: { subnet: 10.81.0.0/24 } }\n')
    instance.apply()
    instance.stack(joined, 'other')
    instance.apply('other.yaml')
    expect(instance.containers().get('late')?.ip).toBe('10.81.0.2')
    const gone = refused('rollback', '1', '--stack', 'test', '--yes')
    expect(gone).toContain('[bad-address]')
    expect(gone).toContain('other/container/late')
    expect(gone).toContain('In that generation it had this address')
    instance.ok('destroy', 'other', '--yes')
    expect(refused('rollback', '7', '--yes')).toContain('Stored: 1 to 4.')
    expect(refused('rollback', 'x', '--yes')).toContain('[usage]')
    expect(refused('rollback', '1', '--stack', 'none', '--yes')).toContain('[unknown-stack]')
    expect(refused('rollback', '1')).toContain('[not-agreed]')
    const key = join(instance.data, 'key')
    const own = readFileSync(key)
    writeFileSync(key, Buffer.alloc(32, 7))
    expect(refused('rollback', '1', '--stack', 'test', '--yes')).toContain('[sensitive-unreadable]')
    writeFileSync(key, own)
    instance.ok('rollback', '1', '--stack', 'test', '--yes')
    expect(instance.exec('web', 'cat', '/run/secrets/pass')).toBe('alpha-geheim')
  })

  it('tells a running watch what it went back from, and who follows the events', async () => {
    const paths = instancePaths(instance.environment)
    const one = (label: string): string =>
      `containers:\n  a: { image: busybox, command: [sleep, "1000"], labels: { v: ${label} }, stop_grace_period: 0s }\n`
    instance.stack(one('first'))
    instance.apply()
    instance.stack(one('second'))
    instance.apply()
    const store = await openWatchStore({ host: new LocalHost(), paths, mode: 'write' })
    const memory = {
      stack: 'test',
      source: '/s',
      files: [],
      appliedHash: null,
      applied: 2,
      attempted: 2,
      appliedAt: null,
      rejected: null,
      suspended: false,
      settings: {},
    } as const
    await store?.updateRecord('test', memory)
    instance.ok('rollback', '--yes')
    expect(instance.ok('status', 'test')).toMatch(/^last change: generation 3, .* by .*: it restored generation 1$/m)
    const state = await openState({ host: new LocalHost(), paths, mode: 'read' })
    const [first, second] = await state.generations()
    expect((await store?.watchRecords())?.get('test')?.rejected).toMatchObject({
      hash: second?.stacks.test?.desiredHash,
      reason: 'RolledBack',
      generation: 2,
      restored: true,
    })
    expect((await state.records(['test'])).get('test')?.desiredHash).toBe(first?.stacks.test?.desiredHash)
    const events = (await store?.events()) ?? []
    expect(events.map(({ type, generation, stack }) => [type, generation, stack])).toEqual(
      [1, 2, 3].flatMap((generation) => [
        ['apply.started', generation, 'test'],
        ['stack.applied', generation, 'test'],
        ['apply.finished', generation, 'test'],
      ]),
    )
    await Promise.all([store?.close(), state.close()])
  })
})

describe('what is kept of generations', () => {
  it('is whole after kill -9 in the middle of an apply, and a mended drift changes none of it', async () => {
    const paths = instancePaths(instance.environment)
    const documents = async (): Promise<string[]> => {
      const state = await openState({ host: new LocalHost(), paths, mode: 'read' })
      const texts = [...revisionsOf(await state.history())].map(({ document }) => JSON.stringify([...document]))
      await state.close()
      return texts.reverse()
    }
    state(versions[0] as Version)
    instance.apply()
    const [first] = await documents()
    state(versions[1] as Version)
    expect(instance.heropods(['apply', '--yes', 'test.yaml'], { HEROPODS_KILL_AT: 'step:1' }).signal).toBe('SIGKILL')
    const killed = await documents()
    expect(killed).toHaveLength(2)
    expect(killed[0]).toBe(first)
    instance.apply()
    expect(await documents()).toEqual([...killed, killed[1]])
    sh('iptables', '-F', 'FORWARD')
    instance.apply()
    expect(await documents()).toEqual([...killed, killed[1], killed[1]])
    expect(instance.ok('diff', '@2', '@4')).toContain('Generations 2 and 4 are the same.')
    instance.ok('rollback', '1', '--yes')
    expect((await documents())[4]).toBe(first)
  })

  it('can be compared', () => {
    for (const version of versions.slice(0, 2)) {
      state(version)
      instance.apply()
    }
    const text = instance.ok('diff', '@1', '@2')
    expect(text).toMatch(/-\/\+ test\/container\/web {2}restart in a new process/)
    expect(text).toMatch(/- ports: \S+:18171->\d+\/tcp\n +\+ ports: \S+:18172->\d+\/tcp\n/)
    expect(text).toMatch(/~ secret \S+ \(\S+\): content changed/)
    expect(text).not.toContain('geheim')
    expect(instance.ok('diff', '@1')).toBe(text)
    const json = JSON.parse(instance.ok('diff', '@2', '@1', '--json')) as {
      stacks: string[]
      patch: { path: string; value: unknown }[]
    }
    expect(json.stacks).toEqual(['test'])
    expect(json.patch).toContainEqual({
      op: 'replace',
      path: '/stacks/test/resources/test~1container~1web/ports/0/published',
      value: 18171,
    })
    expect(instance.heropods(['diff', '@1', '@2', '--exit-code']).code).toBe(2)
    expect(instance.heropods(['diff', '@2', '@2', '--exit-code']).code).toBe(0)
    expect(refused('diff', '@1', '@5')).toContain('Stored: 1 to 2.')
    expect(refused('diff', '@1', 'test.yaml')).toContain('[usage]')
  })
})

it('the history lists what runs did, and the runs of one stack', () => {
  const body = 'containers: { web: { image: busybox, command: [sleep, "9999"], init: true } }\n'
  instance.stack(body)
  instance.stack(body, 'other')
  instance.apply()
  instance.apply('other.yaml')
  const lines = instance.ok('history', 'other').trimEnd().split('\n')
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
    ['GENERATION', 'WHEN', 'WHO', 'WHAT', 'STACKS', 'RESULT'],
    [
      '2',
      expect.stringMatching(/^just now$|^\d+ s ago$/),
      'root',
      expect.stringMatching(/^\d created.*: web, /),
      'other',
      'done',
    ],
  ])
  expect(refused('history', 'othr')).toContain('Did you mean "other"?')
})
