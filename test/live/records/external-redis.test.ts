import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hostState, Instance } from '../support.ts'
import { RedisServer } from './redis-server.ts'

const cli = join(import.meta.dirname, '../../../dist/heropods.js')
/** The rights that the message about a limited user names. */
const rights = ['+@all', '-@admin', '-@dangerous', '+info', '~heropods:*', '~context:heropods', '&__redis__:invalidate']

const redis = new RedisServer()
const url = `unix://${redis.socket}?db=3`
const instance = new Instance({ HEROPODS_REDIS_URL: url })
let before: string

const stack = (value: string): string => `networks: { lan: { subnet: 10.61.0.0/24 } }
containers:
  a: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, environment: { X: "${value}" } }
`

beforeAll(async () => {
  before = hostState()
  await redis.start('--maxmemory-policy', 'noeviction', '--databases', '16')
  instance.stack(stack('one'))
  instance.apply()
  instance.stack(stack('two'), 'two')
})

afterAll(async () => {
  instance.end()
  await redis.end()
  expect(hostState()).toBe(before)
})

/** The same command line, beside this test. */
async function beside(environment: NodeJS.ProcessEnv, ...args: string[]): Promise<{ code: number; stderr: string }> {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: instance.base,
    env: { ...instance.environment, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (data) => {
    stderr += data
  })
  const code = await new Promise<number>((resolve) => child.once('exit', (number) => resolve(number ?? -1)))
  return { code, stderr }
}

async function appears(path: string): Promise<void> {
  for (const deadline = Date.now() + 20_000; !existsSync(join(instance.data, path)); await delay(5))
    if (Date.now() > deadline) throw new Error(`${path} does not appear`)
}

/** A server that takes twenty seconds to load its data, and meanwhile answers that it does. */
async function loadingServer(): Promise<RedisServer> {
  const [full, slow] = [new RedisServer(), new RedisServer()]
  await full.start()
  full.cli('eval', "for i = 1, 2000 do redis.call('set', 'k' .. i, 'v') end", '0')
  full.cli('save')
  copyFileSync(join(full.folder, 'dump.rdb'), join(slow.folder, 'dump.rdb'))
  await full.end()
  await slow.start('--key-load-delay', '10000', '--loading-process-events-interval-bytes', '1024')
  return slow
}

const pid = () => instance.containers().get('a')?.pid
const refused = (code: string, stderr: string, exit: number | null) =>
  expect({ exit, code: /error\[([\w-]+)\]/.exec(stderr)?.[1] }).toEqual({ exit: 3, code })

it('whatever Redis refuses is told by its name, and commands end with the host as it was', () => {
  const known = pid()
  const apply = (environment: NodeJS.ProcessEnv = {}) => instance.heropods(['apply', '--yes', 'two.yaml'], environment)
  redis.cli('config', 'set', 'maxmemory', '1')
  const full = apply()
  refused('redis-out-of-memory', full.stderr, full.code)
  expect(instance.heropods(['ps']).code).toBe(0)
  redis.cli('config', 'set', 'maxmemory', '0')
  redis.cli('acl', 'setuser', 'reader', 'on', '>geheim', '~*', '&*', '+@read', '+@connection', '+info')
  const reader = (password: string) => ({ HEROPODS_REDIS_URL: `unix://reader:${password}@${redis.socket}?db=3` })
  const limited = apply(reader('geheim'))
  refused('redis-permission', limited.stderr, limited.code)
  const wrong = apply(reader('geheim2'))
  refused('redis-auth', wrong.stderr, wrong.code)
  expect(limited.stderr + wrong.stderr).not.toContain('geheim')
  redis.cli('replicaof', '127.0.0.1', '1')
  const replica = apply()
  refused('redis-readonly', replica.stderr, replica.code)
  redis.cli('config', 'set', 'replica-serve-stale-data', 'no')
  const waiting = apply()
  refused('redis-loading', waiting.stderr, waiting.code)
  expect(instance.heropods(['ps'])).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('warning[redis-loading]'),
  })
  redis.cli('replicaof', 'no', 'one')
  redis.cli('acl', 'setuser', 'elsewhere', 'on', '>pw', '~other:*', '&*', '+@all')
  const elsewhere = instance.heropods(['ps'], { HEROPODS_REDIS_URL: `unix://elsewhere:pw@${redis.socket}?db=3` })
  expect(elsewhere).toMatchObject({ code: 0, stderr: expect.stringContaining('warning[redis-permission]') })
  redis.cli('acl', 'setuser', 'mute', 'on', '>pw', '~*', '&*', '+@all', '-info')
  const mute = instance.heropods(['diff', 'test.yaml'], { HEROPODS_REDIS_URL: `unix://mute:pw@${redis.socket}?db=3` })
  expect(mute).toMatchObject({ code: 0, stderr: '' })
  const database = apply({ HEROPODS_REDIS_URL: `unix://${redis.socket}?db=99` })
  refused('redis-database', database.stderr, database.code)
  const blank = apply({ HEROPODS_REDIS_URL: 'redis://127.0.0.1/3 ' })
  refused('redis-url', blank.stderr, blank.code)
  expect(pid()).toBe(known)
})

it('a user with the rights that the message names can do everything', () => {
  redis.cli('acl', 'setuser', 'pods', 'on', '>pw', ...rights)
  const environment = { HEROPODS_REDIS_URL: `unix://pods:pw@${redis.socket}?db=3` }
  for (const args of [['apply', '--yes', 'test.yaml'], ['history'], ['refresh'], ['events'], ['unlock']])
    expect(instance.heropods(args, environment)).toMatchObject({ code: 0, stderr: '' })
})

it('a Redis that takes no more clients says so', async () => {
  const other = createConnection(redis.socket)
  await once(other, 'connect')
  redis.cli('config', 'set', 'maxclients', '1')
  const { code, stderr } = instance.heropods(['diff', 'test.yaml'])
  other.destroy()
  await once(other, 'close')
  await expect.poll(() => redis.cli('config', 'set', 'maxclients', '1000')).toBe('OK')
  refused('redis-clients', stderr, code)
})

it('a Redis that takes connections and is silent is waited for 5 s, and named', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  await new Promise((resolve) => silent.once('listening', resolve))
  const { port } = silent.address() as { port: number }
  const environment = { HEROPODS_REDIS_URL: `redis://127.0.0.1:${port}` }
  const loading = await loadingServer()
  const [late, apply, diff, ps, events] = await Promise.all([
    beside({ HEROPODS_REDIS_URL: `unix://${loading.socket}` }, 'diff', 'test.yaml'),
    beside(environment, 'apply', '--yes', 'test.yaml'),
    beside(environment, 'diff', 'test.yaml'),
    beside(environment, 'ps'),
    beside(environment, 'events'),
  ])
  silent.close()
  await loading.end()
  refused('redis-loading', late.stderr, late.code)
  for (const one of [apply, diff, events]) refused('redis-timeout', one.stderr, one.code)
  expect(apply.stderr).toContain('waited 5 s')
  expect(ps).toMatchObject({ code: 0, stderr: expect.stringContaining('warning[redis-timeout]') })
})

it('a Redis that stops in the middle of an apply ends it with what was waited for, and the next one completes it', async () => {
  instance.stack(
    `containers:\n  b: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, network_mode: none }\n`,
    'late',
  )
  const running = beside({}, 'apply', '--yes', 'late.yaml')
  await appears('containers/late/b/spec.json')
  redis.signal('SIGSTOP')
  const { code, stderr } = await running
  redis.signal('SIGCONT')
  expect(code).toBe(1)
  expect(stderr).toMatch(/error\[redis-timeout\] Redis did not answer within 10 s \(writing the records\)/)
  const b = instance.containers().get('b')?.pid
  instance.apply('late.yaml')
  expect(instance.containers().get('b')?.pid).toBe(b)
  instance.ok('destroy', '--yes', 'late')
})

it('a Redis that is emptied in the middle of an apply is no other writer', async () => {
  instance.stack(
    `containers:\n  c: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, network_mode: none }\n`,
    'emptied',
  )
  const running = beside({}, 'apply', '--yes', 'emptied.yaml')
  await appears('containers/emptied/c/spec.json')
  redis.cli('flushall')
  expect(await running).toEqual({ code: 0, stderr: '' })
  // What was there before comes back from its copy on disk.
  const { generations } = JSON.parse(instance.ok('history', '--json')) as {
    generations: { generation: number; result: string }[]
  }
  const told = generations.map(({ generation, result }) => `${generation} ${result}`)
  expect(told.at(-1)).toBe('1 done')
  expect(told[0]).toBe(`${told.length} done`)
})

it('a Redis that may throw records away is told in plan and doctor', () => {
  redis.cli('config', 'set', 'maxmemory', '100mb')
  redis.cli('config', 'set', 'maxmemory-policy', 'allkeys-lru')
  expect(instance.heropods(['diff', 'test.yaml']).stderr).toContain('warning[redis-evicts]')
  expect(instance.heropods(['doctor']).stdout).toContain('allkeys-lru')
  redis.cli('config', 'set', 'maxmemory-policy', 'noeviction')
  redis.cli('config', 'set', 'maxmemory', '0')
})

it('destroy, rm and stop are done where Redis refuses writes, since the host says what is there', () => {
  redis.cli('config', 'set', 'maxmemory', '1')
  for (const args of [
    ['stop', 'c'],
    ['rm', 'c'],
    ['destroy', '--yes', 'emptied'],
  ]) {
    const { code, stderr } = instance.heropods(args)
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('warning[redis-out-of-memory]') })
  }
  redis.cli('config', 'set', 'maxmemory', '0')
  expect([...instance.containers().keys()]).toEqual(['a'])
  instance.ok('refresh')
  expect(instance.steps()).toEqual([])
})

/** Makes a CA and a certificate for 127.0.0.1. Returns the path of each file by its name. */
function certificates(): (name: string) => string {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: redis.folder, stdio: 'ignore' })
  const subject = ['-nodes', '-newkey', 'rsa:2048', '-days', '2']
  openssl('req', '-x509', ...subject, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=ca of a test')
  openssl('req', ...subject.slice(0, 3), '-keyout', 'r.key', '-out', 'r.csr', '-subj', '/CN=redis')
  execFileSync('sh', ['-c', 'echo subjectAltName=IP:127.0.0.1 > ext'], { cwd: redis.folder })
  openssl(
    'x509',
    '-req',
    '-in',
    'r.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    'ext',
    '-out',
    'r.pem',
  )
  return (name) => join(redis.folder, name)
}

it('an encrypted Redis with a password and a CA of its own', async () => {
  const file = certificates()
  const secured = new RedisServer()
  await secured.start(
    '--tls-port',
    '6390',
    '--bind',
    '127.0.0.1',
    '--tls-cert-file',
    file('r.pem'),
    '--tls-key-file',
    file('r.key'),
    '--tls-ca-cert-file',
    file('ca.pem'),
    '--requirepass',
    'p@ss:w/rd',
  )
  const at = 'rediss://:p%40ss%3Aw%2Frd@127.0.0.1:6390/1'
  const own = { cafile: file('ca.pem'), certfile: file('r.pem'), keyfile: file('r.key') }
  const mutual = `${at}?${Object.entries(own)
    .map(([name, path]) => `${name}=${path}`)
    .join('&')}`
  const apply = (stated: string, more: NodeJS.ProcessEnv = {}) =>
    instance.heropods(['apply', '--yes', 'test.yaml'], { HEROPODS_REDIS_URL: stated, ...more })
  const untrusted = apply(at)
  refused('redis-tls', untrusted.stderr, untrusted.code)
  // Redis asks for a certificate of the client too, unless it is told otherwise.
  expect(apply(mutual).code).toBe(0)
  secured.cli('-a', 'p@ss:w/rd', 'config', 'set', 'tls-auth-clients', 'no')
  expect(apply(at, { NODE_EXTRA_CA_CERTS: file('ca.pem') })).toMatchObject({ code: 0, stderr: '' })
  const plain = apply(at.replace('rediss', 'redis'))
  expect({ code: plain.code, stderr: plain.stderr }).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/error\[redis-/),
  })
  await secured.end()
})

it('apply, rollback and watch work with a limited user over TLS, also after the server was killed and started again', async () => {
  const file = certificates()
  const server = new RedisServer()
  const start = (): Promise<void> =>
    server.start(
      ...[
        '--tls-port',
        '6391',
        '--bind',
        '127.0.0.1',
        '--tls-auth-clients',
        'no',
        '--tls-ca-cert-file',
        file('ca.pem'),
      ],
      ...['--tls-cert-file', file('r.pem'), '--tls-key-file', file('r.key'), '--maxmemory-policy', 'noeviction'],
      ...['--appendonly', 'yes', '--appendfsync', 'always', '--user', 'pods', 'on', '>pw', ...rights],
    )
  const killAndStart = async (): Promise<void> => {
    server.signal('SIGKILL')
    await expect.poll(() => server.cli('ping')).toBe('')
    await start()
  }
  await start()
  const own = new Instance({ HEROPODS_REDIS_URL: `rediss://pods:pw@127.0.0.1:6391?cafile=${file('ca.pem')}` })
  const elsewhere = (x: string): string => stack(x).replace('10.61.', '10.62.')
  const value = (): string => own.exec('a', 'sh', '-c', 'echo $X').trim()
  own.stack(elsewhere('one'))
  own.apply()
  server.signal('SIGKILL')
  await expect.poll(() => server.cli('ping')).toBe('')
  const down = own.heropods(['apply', '--yes', 'test.yaml'])
  refused('redis-unreachable', down.stderr, down.code)
  expect(value()).toBe('one')
  await start()
  own.stack(elsewhere('two'))
  own.apply()
  await killAndStart()
  own.ok('rollback', '1', '--yes')
  expect(value()).toBe('one')
  own.write('stacks/test.yaml', readFileSync(own.stack(elsewhere('three')), 'utf8'))
  const watch = spawn(process.execPath, [cli, 'watch', 'stacks', '--no-listen'], {
    cwd: own.base,
    env: own.environment,
    stdio: 'ignore',
  })
  await expect.poll(value, { timeout: 30_000, interval: 500 }).toBe('three')
  await killAndStart()
  own.write('stacks/test.yaml', readFileSync(own.stack(elsewhere('four')), 'utf8'))
  await expect.poll(value, { timeout: 60_000, interval: 500 }).toBe('four')
  watch.kill('SIGTERM')
  await once(watch, 'exit')
  own.end()
  await server.end()
})
