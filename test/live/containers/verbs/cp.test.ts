import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cli, hostState, Instance } from '../../support.ts'

let instance: Instance
let host = ''
beforeAll(() => {
  host = hostState()
  instance = new Instance()
  instance.stack(`volumes: { data: }
containers:
  web: { image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s, volumes: ["data:/srv/data"] }
  fixed: { image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s, read_only: true }
`)
  instance.apply()
})
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(host)
})

const here = (name: string): string => join(instance.base, name)
const shell = (script: string): string => instance.exec('web', 'sh', '-c', script)
const refused = (...args: string[]): string => {
  const { code, stderr } = instance.heropods(['cp', ...args])
  expect(code).not.toBe(0)
  return stderr
}

it('copies a folder into a container and out again', { timeout: 60_000 }, () => {
  mkdirSync(here('site/sub'), { recursive: true })
  writeFileSync(here('site/index.html'), 'hello', { mode: 0o640 })
  writeFileSync(here('site/sub/with blank\u00e9'), 'x'.repeat(100_000))
  symlinkSync('/etc/passwd', here('site/link'))
  instance.ok('cp', 'site', 'web:/srv')
  expect(shell('cat /srv/site/index.html; stat -c "%a %u" /srv/site/index.html; readlink /srv/site/link')).toBe(
    'hello640 0\n/etc/passwd\n',
  )
  instance.ok('cp', 'site/.', 'web:/srv/data')
  expect(shell('cat /srv/data/index.html')).toBe('hello')
  instance.ok('cp', 'web:/srv/site', 'back')
  expect(readFileSync(here('back/sub/with blank\u00e9'), 'utf8')).toBe('x'.repeat(100_000))
  expect(statSync(here('back/index.html')).mode & 0o777).toBe(0o640)
  instance.ok('cp', 'web:/srv/data/index.html', 'renamed.html')
  expect(readFileSync(here('renamed.html'), 'utf8')).toBe('hello')
})

it('keeps owners with -a alone, and never makes a program of a container privileged here', { timeout: 60_000 }, () => {
  shell('cp /bin/busybox /srv/tool; chown 1234:5678 /srv/tool; chmod 4755 /srv/tool')
  instance.ok('cp', 'web:/srv/tool', 'tool')
  expect(statSync(here('tool'))).toMatchObject({ uid: 0, gid: 0 })
  expect(statSync(here('tool')).mode & 0o7777).toBe(0o755)
  instance.ok('cp', '-a', 'web:/srv/tool', 'tool')
  expect(statSync(here('tool'))).toMatchObject({ uid: 1234, gid: 5678 })
})

it('reads and writes tar archives on standard input and output', { timeout: 60_000 }, () => {
  const options = { cwd: instance.base, env: instance.environment }
  const archive = spawnSync(process.execPath, [cli, 'cp', 'web:/srv/site', '-'], options)
  expect(archive.status).toBe(0)
  const listed = spawnSync('tar', ['-t'], { input: archive.stdout, encoding: 'utf8' }).stdout.split('\n')
  expect(listed).toEqual(expect.arrayContaining(['site/index.html', 'site/link']))
  shell('mkdir /srv/new')
  const unpacked = spawnSync(process.execPath, [cli, 'cp', '-', 'web:/srv/new'], { ...options, input: archive.stdout })
  expect(unpacked.status).toBe(0)
  expect(shell('cat /srv/new/site/index.html')).toBe('hello')
})

it('follows no link of a container to files of the host', { timeout: 60_000 }, () => {
  writeFileSync(here('secret'), 'secret of the host')
  shell(
    `mkdir -p /evil; ln -s ${here('secret')} /evil/file; ln -s ${instance.base} /evil/folder; ln -s ../../../../../../.. /evil/up`,
  )
  expect(refused('web:/evil/folder/secret', 'stolen')).toContain('not-copied')
  expect(refused('-L', 'web:/evil/file', 'stolen')).toContain('not-copied')
  expect(refused(`web:/evil/up${here('secret')}`, 'stolen')).toContain('not-copied')
  expect(refused(`web:/proc/1/root${here('secret')}`, 'stolen')).toContain('not-copied')
  writeFileSync(here('mine'), 'new')
  instance.heropods(['cp', 'mine', 'web:/evil/folder/secret'])
  instance.heropods(['cp', 'mine', 'web:/evil/file'])
  instance.heropods(['cp', 'mine', `web:/evil/up${here('secret')}`])
  expect(readFileSync(here('secret'), 'utf8')).toBe('secret of the host')
  expect(existsSync(here('stolen'))).toBe(false)
})

it('works with a stopped container, except where a volume would be', { timeout: 60_000 }, () => {
  instance.ok('stop', 'web')
  instance.ok('cp', 'web:/srv/site/index.html', 'stopped.html')
  instance.ok('cp', 'renamed.html', 'web:/later.html')
  expect(refused('web:/srv/data/index.html', 'x')).toMatch(/not-running[\s\S]*\/srv\/data is not mounted/)
  instance.ok('start', 'web')
  expect(shell('cat /later.html')).toBe('hello')
})

it('names the path and the reason of a failure', { timeout: 60_000 }, () => {
  expect(refused('web:/nowhere', '.')).toContain('test/container/web:/nowhere: it does not exist.')
  expect(refused('nowhere', 'web:/')).toContain('nowhere: it does not exist.')
  expect(refused('mine', 'web:/no/where/')).toContain('is not a folder')
  expect(refused('mine', 'fixed:/mine')).toContain('the file system is read-only')
  expect(refused('a', 'b')).toContain('One of the two paths must be NAME:PATH')
})
