import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { RedisServer } from '../records/redis-server.ts'
import { cli, hostState, Instance } from '../support.ts'

const [from, to, redis] = [new Instance(), new Instance(), new RedisServer()]
const file = join(from.base, 'backup.json')
const passphraseFile = from.write('passphrase', 'a word\nnot this line\n')
const importArgs = ['instance', 'import', file, '--passphrase-file', passphraseFile]
let before: string
let history: string

const codes = (instance: Instance, args: readonly string[], environment: NodeJS.ProcessEnv = {}): readonly string[] => {
  const { stdout } = instance.heropods([...args, '--json'], environment)
  return (JSON.parse(stdout) as { errors: { code: string }[] }).errors.map((one) => one.code)
}
const secretIn = (instance: Instance): string => instance.exec('web', 'sh', '-c', 'echo $PW').trim()

beforeAll(async () => {
  before = hostState()
  await redis.start('--maxmemory-policy', 'noeviction')
  const body = (seconds: number): string => `
variables: { pw: { type: string, sensitive: true } }
volumes: { ledger: { protect: false } }
containers:
  web: { image: busybox, command: [sleep, "${seconds}"], init: true, environment: { PW: "\${pw}" }, volumes: ["ledger:/data"] }
`
  from.stack(body(1000))
  from.apply('test.yaml', '--var', 'pw=geheim-eins')
  from.stack(body(2000))
  from.apply('test.yaml', '--var', 'pw=geheim-zwei')
  from.write('data/default/records/suspended/test', '')
  history = from.ok('history', '--json')
})

afterAll(async () => {
  from.end()
  to.end()
  await redis.end()
  expect(hostState()).toBe(before)
})

it('exports to a file of mode 0600 without any readable secret, and names what it does not have', () => {
  const { stderr, stdout } = from.heropods(['instance', 'export', '-o', file, '--passphrase-file', passphraseFile])
  expect(stdout).toBe(`instance default exported to ${file}: up to generation 2\n`)
  expect(stderr).toContain('Not included: the data of test/volume/ledger.')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).not.toMatch(/geheim|a word/)
  expect(codes(from, ['instance', 'export', 'other', '-o', file])).toEqual(['unknown-instance'])
  expect(codes(from, ['instance', 'export', '-o', file])).toEqual(['no-passphrase'])
})

it('asks for the passphrase on a terminal twice, and does not show it', () => {
  const typed = join(from.base, 'typed.json')
  const command = `${process.execPath} ${cli} instance export -o ${typed}`
  const answer = (text: string): string =>
    execFileSync('sh', ['-c', `(sleep 1; printf '${text}'; sleep 2) | script -qec '${command}' /dev/null`], {
      env: from.environment,
      encoding: 'utf8',
    })
  const shown = answer('other word\\rother word\\r')
  expect(shown).toContain('Passphrase of the file:')
  expect(shown).toContain('exported to')
  expect(shown).not.toContain('other word')
  const other = { HEROPODS_PASSPHRASE: 'another word' }
  expect(codes(to, ['instance', 'import', typed], other)).toEqual(['wrong-passphrase'])
})

it('writes nothing for a wrong passphrase or a damaged file', () => {
  expect(codes(to, ['instance', 'import', file], { HEROPODS_PASSPHRASE: 'a Word' })).toEqual(['wrong-passphrase'])
  const cut = from.write('cut.json', readFileSync(file, 'utf8').slice(0, -200))
  expect(codes(to, ['instance', 'import', cut], { HEROPODS_PASSPHRASE: 'a word' })).toEqual(['not-a-backup'])
  expect(existsSync(join(to.base, 'data'))).toBe(false)
  expect(hostState()).toContain(from.base)
})

it('imports into another place: history, suspension and plans are the same, nothing runs', () => {
  expect(to.ok(...importArgs)).toContain('instance default imported: up to generation 2\n')
  expect(to.ok('history', '--json')).toBe(history)
  expect(to.ok('ps')).toMatch(/web +test +- +missing/)
  expect(existsSync(join(to.data, 'records/suspended/test'))).toBe(true)
  expect(JSON.parse(to.ok('diff', '@1', '@2', '--json'))).toMatchObject({ from: 1, to: 2 })
  expect(codes(to, importArgs)).toEqual(['instance-not-empty'])
})

it('brings the containers up from the records alone, with the secrets of each generation', () => {
  from.ok('destroy', '--all', '--yes', '--delete-data')
  to.ok('rollback', '2', '--yes')
  expect(secretIn(to)).toBe('geheim-zwei')
  to.ok('rollback', '1', '--yes')
  expect(secretIn(to)).toBe('geheim-eins')
  writeFileSync(join(to.base, 'test.yaml'), readFileSync(join(from.base, 'test.yaml')))
  to.apply('test.yaml', '--var', 'pw=geheim-zwei')
  expect(to.steps('test.yaml', '--var', 'pw=geheim-zwei')).toEqual([])
})

it('imports with an external Redis, keeps the settings that the instance has, and its next run has no warning', () => {
  const environment = { HEROPODS_REDIS_URL: `unix://${redis.socket}` }
  const copied = (...args: string[]) => to.heropods([...args, '--instance', 'copy'], environment)
  to.ok('instance', 'new', 'copy', '--bridge', 'hpcopy', '--subnet', '10.77.0.0/24')
  expect(to.heropods([...importArgs, '--as', 'copy'], environment)).toMatchObject({ code: 0, stderr: '' })
  expect(copied('history', '--json').stdout).toBe(history)
  // The subnet is another one: the containers get new addresses.
  expect(copied('rollback', '2', '--yes')).toMatchObject({ code: 0 })
  expect(JSON.parse(copied('ps', '--json').stdout).containers[0].ip).toMatch(/^10\.77\.0\./)
  const { stderr, code } = copied('apply', '--yes', 'test.yaml', '--var', 'pw=geheim-zwei')
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('records-restored') })
  expect(JSON.parse(copied('ps', '--json').stdout).containers[0].ip).toMatch(/^10\.77\.0\./)
  expect(copied('destroy', '--all', '--yes', '--delete-data').code).toBe(0)
  expect(copied('instance', 'rm', 'copy', '--delete-data').code).toBe(0)
  rmSync(join(to.base, 'data', 'copy'), { recursive: true, force: true })
})
