import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostState, Instance, sh } from '../support.ts'

const sysctl = '/proc/sys/kernel/domainname'
let instance: Instance
let before: string
const source = (): string => join(instance.base, 'data-of-host')

beforeAll(() => {
  before = hostState()
  instance = new Instance()
  mkdirSync(join(source(), 'below'), { recursive: true })
  mkdirSync(join(instance.base, 'volumes'))
  writeFileSync(join(instance.base, 'file'), 'file')
  symlinkSync('/etc', join(instance.base, 'link'))
  sh('mount', '-t', 'tmpfs', 'tmpfs', join(source(), 'below'))
  writeFileSync(join(source(), 'below', 'kept'), 'kept')
  const long = (more: string): string =>
    `{ type: bind, source: ${source()}, target: /data, read_only: true, bind: { ${more} } }`
  const one = (name: string, mount: string): string =>
    `  ${name}: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, network_mode: none, volumes: [${mount}] }\n`
  instance.stack(`volumes: { kept: {} }
containers:
${one('agent', '"/:/host:ro"')}${one('linked', `"${instance.base}/link:/l"`)}${one('slave', '"/:/host:ro,rslave"')}${one('short', `"${source()}:/data:ro", "${instance.base}/file:/file:ro"`)}${one('readonly', long('recursive: readonly'))}${one('writable', long('recursive: writable'))}${one('disabled', long('recursive: disabled'))}${one('volume', '"kept:/data:ro"')}${one('flags', `"${source()}:/data:noexec,nosuid,nodev", "${source()}:/data/exec", "kept:/volume:noexec,noatime", ${long('options: [noexec]').replace('/data,', '/long,')}, { type: volume, target: /unnamed, volume: { options: [noexec] } }`)}`)
  instance.apply()
})
afterAll(() => {
  instance.ok('destroy', '--all', '--yes', '--delete-data')
  sh('umount', join(source(), 'below'))
  instance.end()
  expect(hostState()).toBe(before)
})

const tries = (name: string, command: string): string =>
  instance.exec(name, 'sh', '-c', `(${command}) 2>/dev/null && echo done || echo refused`).trim()

const refusal = (mount: string): string => {
  instance.stack(`containers:\n  app: { image: busybox, volumes: [${mount}] }\n`, 'wrong')
  const { code, stderr } = instance.heropods(['validate', 'wrong.yaml'])
  expect(code).toBe(3)
  return stderr
}

describe('flags of binds and volumes', () => {
  const flagsAt = (target: string): string =>
    instance
      .exec('flags', 'sed', '-n', `s|^\\S* \\S* \\S* \\S* ${target} \\(\\S*\\) .*|\\1|p`, '/proc/self/mountinfo')
      .trim()
  const runs = (folder: string): string =>
    tries('flags', `echo '#!/bin/sh' > ${folder}/run && chmod +x ${folder}/run && ${folder}/run`)

  it('noexec refuses execution, also below the source, and mount flags are those of the stack', () => {
    for (const folder of ['/data', '/data/below', '/volume', '/unnamed']) expect(runs(folder), folder).toBe('refused')
    expect(runs('/data/exec')).toBe('done')
    expect(tries('flags', '/long/run')).toBe('refused')
    expect(flagsAt('/data')).toBe('rw,nosuid,nodev,noexec,relatime')
    expect(flagsAt('/data/below')).toBe('rw,nosuid,nodev,noexec,relatime')
    expect(flagsAt('/data/exec')).toBe('rw,relatime')
    expect(flagsAt('/volume')).toBe('rw,noexec,noatime')
    expect(flagsAt('/long')).toBe('ro,noexec,relatime')
    expect(instance.steps()).toEqual([])
  })

  it('that are lost are drift', () => {
    const pid = String(instance.pids().flags)
    sh('nsenter', '-t', pid, '-m', '-p', 'mount', '-o', 'remount,bind,exec', '/volume')
    const [step] = instance.steps()
    expect(step).toMatchObject({ address: 'test/container/flags', action: 'recreate' })
    expect(step?.reason).toContain('the mount at /volume is no longer noexec')
    instance.apply()
    expect(runs('/volume')).toBe('refused')
  })
})

describe('a read-only bind', () => {
  it('is read-only all the way down: no sysctl of the host is written through it', () => {
    const now = readFileSync(sysctl, 'utf8')
    for (const name of ['agent', 'slave']) {
      expect(instance.exec(name, 'cat', `/host${sysctl}`)).toBe(now)
      expect(tries(name, `echo changed > /host${sysctl}`)).toBe('refused')
      expect(tries(name, 'true >> /host/proc/sys/kernel/core_pattern')).toBe('refused')
      expect(tries(name, 'touch /host/dev/shm/x || touch /host/run/x || touch /host/x')).toBe('refused')
      const writable = instance
        .exec(name, 'cat', '/proc/self/mountinfo')
        .split('\n')
        .filter((line) => / \/host(\/\S*)? /.test(line) && !/ ro[, ]/.test(line))
      expect(writable).toEqual([])
    }
    expect(readFileSync(sysctl, 'utf8')).toBe(now)
  })

  it('is so in its short form, in its long form, and as a file', () => {
    for (const name of ['short', 'readonly']) {
      expect(instance.exec(name, 'cat', '/data/below/kept')).toBe('kept')
      expect(tries(name, 'touch /data/x || touch /data/below/x')).toBe('refused')
    }
    expect(tries('short', 'echo x > /file')).toBe('refused')
    expect(instance.steps()).toEqual([])
  })

  it('leaves what is mounted below it writable, or out, where its stack says so', () => {
    expect(tries('writable', 'touch /data/x')).toBe('refused')
    expect(tries('writable', 'touch /data/below/x && rm /data/below/x')).toBe('done')
    expect(tries('disabled', 'touch /data/x')).toBe('refused')
    expect(instance.exec('disabled', 'ls', '/data/below')).toBe('')
    for (const wrong of ['recursive: readonly', 'propagation: rslave, recursive: readonly'])
      expect(refusal(`{ type: bind, source: /srv, target: /data, bind: { ${wrong} } }`)).toContain('bad-mount')
  })

  it('is one of a volume as well', () => {
    expect(tries('volume', 'touch /data/x')).toBe('refused')
  })

  it('of the host itself is named by the plan and by doctor, which follows links', () => {
    instance.stack(
      `containers:\n  agent: { image: busybox, command: [sleep, "1"], volumes: ["/:/host:ro", "/run/docker.sock:/s"] }\n`,
      'other',
    )
    const plan = instance.ok('diff', 'other.yaml')
    expect(plan).toContain('With access to the host:\n  other/container/agent / at /host (read-only): all files')
    expect(plan).toContain('other/container/agent /run/docker.sock at /s: a container engine')
    const doctor = instance.ok('doctor')
    expect(doctor).toContain('test/container/agent: binds / at /host (read-only): all files of the host')
    expect(doctor).toContain(`test/container/linked: binds ${instance.base}/link at /l: the host’s settings`)
  })

  it('refuses before anything is touched what would have to be made in its source', () => {
    instance.stack(
      `containers:\n  app: { image: busybox, command: [sleep, "1"], volumes: ["${source()}:/data:ro", "${instance.base}/volumes:/data/cache"] }\n`,
      'nested',
    )
    const refused = instance.heropods(['apply', '--yes', 'nested.yaml'])
    expect(refused).toMatchObject({ code: 3 })
    expect(refused.stderr).toContain('mount-point-missing')
    mkdirSync(join(source(), 'cache'))
    instance.apply('nested.yaml')
  })
})
