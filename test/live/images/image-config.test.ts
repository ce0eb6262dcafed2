import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostState, Instance, sh } from '../support.ts'

let instance: Instance
let pristine = ''

/** A root file system from the host's busybox, as the one layer of an image that says `config`. */
function image(name: string, config: object, fill: (root: string) => void = () => undefined): void {
  const root = join(instance.base, `root-${name}`)
  mkdirSync(join(root, 'bin'), { recursive: true })
  sh('cp', '/bin/busybox', join(root, 'bin/busybox'))
  for (const applet of ['sh', 'sleep', 'echo', 'id', 'pwd']) symlinkSync('busybox', join(root, 'bin', applet))
  mkdirSync(join(root, 'etc'))
  fill(root)
  const tar = (...args: string[]) => execFileSync('tar', args, { cwd: instance.base, stdio: 'pipe' })
  tar('-cf', 'layer.tar', '-C', root, '.')
  const digest = createHash('sha256')
    .update(readFileSync(join(instance.base, 'layer.tar')))
    .digest('hex')
  instance.write(
    'config.json',
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config,
      rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
    }),
  )
  instance.write(
    'manifest.json',
    JSON.stringify([{ Config: 'config.json', RepoTags: [`localhost/${name}:1`], Layers: ['layer.tar'] }]),
  )
  tar('-cf', `${name}.tar`, 'config.json', 'layer.tar', 'manifest.json')
}

const sleeper = 'trap "echo got it; exit 0" 37; echo up; while :; do sleep 0.1; done'
/** One container `a` of the image `i` from an archive. */
const stack = (archive: string, fields = '', grace = '0s'): void => {
  instance.stack(
    `images: { i: { archive: ./${archive}.tar } }\ncontainers:\n  a: { image: i, network_mode: none, stop_grace_period: ${grace}${fields && `, ${fields}`} }\n`,
  )
}

beforeAll(() => {
  pristine = hostState()
  instance = new Instance()
  image('realtime', { Cmd: ['sh', '-c', sleeper], StopSignal: 'sigrtmin+3' })
  image('bad', { Cmd: ['sleep', '1000'], StopSignal: '99', WorkingDir: '/proc/self/fd/3', User: '4294967295' })
  image('inside', { Cmd: ['sleep', '1000'], WorkingDir: '/link/below', User: 'over' }, (root) => {
    writeFileSync(join(root, 'etc/passwd'), 'over:x:4294967295:0::/:/bin/sh\nnegative:x:-1:0::/:/bin/sh\n')
    symlinkSync('/proc/self/fd', join(root, 'link'))
    symlinkSync('../../../../../outside', join(root, 'up'))
  })
})
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(pristine)
})

describe('a realtime stop signal of an image', () => {
  it('in any letter case stops, restarts and removes', () => {
    stack('realtime', '', '5s')
    instance.apply()
    instance.ok('restart', 'a')
    instance.ok('stop', 'a')
    expect(
      instance
        .ok('logs', 'a')
        .split('\n')
        .filter((line) => line === 'got it').length,
    ).toBe(2)
    expect(instance.containers().get('a')?.exitCode).toBe(0)
  })
})

describe('a bad configuration of an image', () => {
  const refused = (archive: string, fields: string) => {
    stack(archive, fields)
    return instance.heropods(['apply', '--yes', 'test.yaml'])
  }

  it('is an error with the image’s name before the old container is ended, and then in the plan', () => {
    stack('realtime')
    instance.apply()
    const { a: pid } = instance.pids()
    const first = refused('bad', '')
    expect(first.code).toBe(1)
    expect(first.stderr + first.stdout).toMatch(
      /error\[image-config\].*image i cannot be used.*STOPSIGNAL "99" is not a signal/,
    )
    expect(instance.pids()).toEqual({ a: pid })
    const again = refused('bad', '')
    expect([again.code, again.stderr]).toEqual([3, expect.stringContaining('STOPSIGNAL "99" is not a signal')])
  })

  it('each field is refused until the container states its own', () => {
    const fields: string[] = []
    for (const [word, own] of [
      ['STOPSIGNAL', 'stop_signal: SIGTERM'],
      ['USER "4294967295"', 'user: "0"'],
      ['is in /proc', 'working_dir: /new/folder'],
    ]) {
      const { code, stderr } = refused('bad', fields.join(', '))
      expect([code, stderr]).toEqual([3, expect.stringContaining(word as string)])
      fields.push(own as string)
    }
    stack('bad', fields.join(', '))
    instance.apply()
    expect(instance.exec('a', 'pwd')).toBe('/new/folder\n')
  })

  it('numbers of its passwd, and folders behind links, are those of no other user and lie inside', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['', '/etc/passwd gives "over" a number that cannot be used'],
      ['user: negative', '/etc/passwd gives "negative" a number that cannot be used'],
      ['user: "0"', 'is in /proc, /sys or /dev'],
      ['user: "0", working_dir: /bin/busybox', 'is a file'],
      ['user: "0", working_dir: /bin/sh/below', 'is below bin/busybox, a file'],
      ['user: "0", working_dir: /dev/fd/3', 'is in /proc, /sys or /dev'],
    ]
    // The first one unpacks it.
    refused('inside', '')
    for (const [fields, message] of cases) {
      const { code, stderr } = refused('inside', fields)
      expect([fields, code, stderr]).toEqual([fields, 3, expect.stringContaining(message)])
    }
    stack('inside', 'user: "0", working_dir: /up/there')
    instance.apply()
    expect(instance.exec('a', 'pwd')).toBe('/outside/there\n')
    expect(existsSync('/outside')).toBe(false)
    const { code, stderr } = instance.heropods(['exec', '-u', 'over', 'a', 'id'])
    expect([code, stderr]).toEqual([125, expect.stringContaining('a number that cannot be used')])
    for (const user of ['4294967295', '-1', '0:4294967295', 'a:b:c'])
      expect(instance.heropods(['exec', `--user=${user}`, 'a', 'id']).stderr).toMatch(/error\[bad-user\].* is not /)
    expect(instance.heropods(['exec', '-u', '4294967294', 'a', 'id', '-u']).stdout).toBe('4294967294\n')
  })

  it('that an older version has recorded still lets the container be stopped, restarted and removed', () => {
    stack('realtime')
    instance.apply()
    const images = join(instance.data, 'images')
    for (const name of readdirSync(images).filter((one) => /^[0-9a-f]{64}$/.test(one))) {
      const file = join(images, name, 'image.json')
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), StopSignal: 'FOO' }))
    }
    const record = join(instance.data, 'containers/test/a/spec.json')
    const known = JSON.parse(readFileSync(record, 'utf8')) as { spec: object }
    for (const stop_signal of ['SIGNOSUCH', '-1', '']) {
      writeFileSync(record, JSON.stringify({ ...known, spec: { ...known.spec, stop_signal, stop_grace_period: 0 } }))
      instance.ok('restart', 'a')
      instance.ok('stop', 'a')
      instance.ok('start', 'a')
    }
    instance.ok('destroy', 'test', '--yes')
    expect([...instance.containers().keys()]).toEqual([])
  })
})

describe('what a container runs', () => {
  const output = (fields: string): string => {
    stack('both', fields)
    const { code, stdout, stderr } = instance.heropods(['apply', '--yes', 'test.yaml'])
    return code === 0 ? (instance.ok('logs', 'a').trim().split('\n').at(-1) ?? '') : stdout + stderr
  }

  it('an empty entrypoint runs the image’s command, and programs that cannot be run are named', () => {
    image('both', {
      Entrypoint: ['/bin/sh', '-c', 'echo entry "$@"; exec sleep 1000', '-'],
      Cmd: ['/bin/sh', '-c', 'echo image; exec sleep 1000'],
    })
    expect(output('entrypoint: null, init: false')).toBe('entry /bin/sh -c echo image; exec sleep 1000')
    expect(output('entrypoint: []')).toBe('image')
    expect(output('entrypoint: ""')).toBe('image')
    expect(output('entrypoint: [], command: [nosuch]')).toContain('"nosuch"')
    expect(output('entrypoint: [/etc]')).toContain('"/etc"')
    expect(output('entrypoint: [""]')).toContain('is an empty string')
  })
})
