import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instanceWithRegistry } from '../hooks.ts'
import { buildImage } from '../images/registry.ts'

/** The examples of the original, played and run as they are against a registry that is found as docker.io. */
const folder = join(import.meta.dirname, '../../../examples/original')
const { registry, instance } = instanceWithRegistry()
const play = (name: string, ...options: string[]) =>
  instance.heropods(['play', join(folder, `${name}.heroscript`), ...options])
const containersOf = (name: string): readonly { readonly name: string; readonly state: string }[] =>
  (JSON.parse(instance.ok('ps', '--json', '--instance', name)) as { containers: { name: string; state: string }[] })
    .containers

/** Runs a program of the examples, which imports the built package by its name. */
const run = (name: string): string => {
  const { code } = transformSync(readFileSync(join(folder, `${name}.ts`), 'utf8'), { loader: 'ts', format: 'esm' })
  return execFileSync(process.execPath, [instance.write(`${name}.mjs`, code)], {
    env: instance.environment,
    encoding: 'utf8',
    timeout: 100_000,
  })
}

/** The name servers of `custom_network.ts`: nothing answers on them, so names are not found at once. */
const silentServers = ['1.1.1.1', '1.0.0.1']

/** An address of the internet that the scripts use, on the loopback interface of this network namespace. */
const publicServer = '8.8.8.8'
let internet: ChildProcess

beforeAll(async () => {
  buildImage(registry, 'library/alpine', { Cmd: ['/bin/sh'] }, '3.20', {
    'etc/os-release': 'NAME="Alpine Linux"\nVERSION_ID=3.20.3\n',
    'etc/alpine-release': '3.20.3\n',
  })
  buildImage(registry, 'threefolddev/hero-container', { Cmd: ['/bin/sh'] }, 'latest', {
    'bin/hero': '#!/bin/sh\necho "This is the HERO command line tool."\n',
  })
  mkdirSync(join(instance.base, 'node_modules'))
  symlinkSync(join(folder, '../..'), join(instance.base, 'node_modules/heropods'))
  for (const address of [publicServer, ...silentServers])
    execFileSync('ip', ['address', 'add', `${address}/32`, 'dev', 'lo'])
  internet = spawn(process.execPath, [join(import.meta.dirname, 'internet.mjs'), publicServer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (internet.stdout) await once(internet.stdout, 'data')
})
afterAll(() => {
  for (const name of [
    'simple_demo',
    'hello_world',
    'ipv4_demo',
    'mycelium_demo',
    'my_heropods',
    'custom_network',
    'default',
  ]) {
    instance.heropods(['destroy', '--all', '--yes', '--instance', name])
    instance.heropods(['instance', 'rm', name, '--yes', '--delete-data'])
  }
  internet.kill()
  for (const address of [publicServer, ...silentServers])
    execFileSync('ip', ['address', 'del', `${address}/32`, 'dev', 'lo'])
})

describe('examples/original', () => {
  it('simple_container shows kernel, files, release, processes and environment, and leaves no container', () => {
    const { code, stdout, stderr } = play('simple_container')
    expect([code, stderr]).toEqual([0, expect.stringContaining('start simple_container')])
    for (const part of ['Linux', 'etc', 'Alpine Linux', 'PID', 'PATH=']) expect(stdout).toContain(part)
    expect(containersOf('simple_demo')).toEqual([])
  })

  it('ipv4_connection shows address, route and name servers, and reaches the internet', () => {
    // Debian's wget of busybox does not have the option that Alpine's has.
    const script = readFileSync(join(folder, 'ipv4_connection.heroscript'), 'utf8').replaceAll(' --timeout=5', '')
    instance.write('ipv4_connection.heroscript', script)
    const { code, stdout, stderr } = instance.heropods(['play', 'ipv4_connection.heroscript'])
    expect([code, stderr]).toEqual([0, expect.stringContaining('delete ipv4_container')])
    expect(stdout).toMatch(/inet 10\.10\.0\.\d+\/24 .*eth0/)
    expect(stdout).toContain('default via 10.10.0.1')
    expect(stdout).toContain('nameserver 8.8.8.8\nnameserver 8.8.4.4\n')
    expect(stdout).toMatch(/Name:\s+google.com/)
    expect(stdout).toContain('page of google.com')
    expect(stdout).toContain('page of example.com')
  })

  it('container_mycelium is refused before anything runs', () => {
    const { code, stderr } = play('container_mycelium')
    expect(code).toBe(3)
    expect(stderr).toMatch(/error\[not-yet-supported\].*enable_mycelium[\s\S]*container_mycelium\.heroscript:8:1/)
    expect(containersOf('mycelium_demo')).toEqual([])
  })

  it('hello_world_keepalive leaves its container open, also when it is played again', () => {
    for (const round of [1, 2]) {
      const { code, stdout } = play('hello_world_keepalive')
      expect([round, code]).toEqual([round, 0])
      expect(stdout).toContain('Hello World from HeroPods\n')
      expect(stdout).toContain('3.20.3\n')
      expect(containersOf('hello_world')).toMatchObject([{ name: 'alpine_test_keepalive', state: 'held' }])
    }
  })

  it('herobin shows the help of its program', () => {
    const { code, stdout } = play('herobin')
    expect([code, stdout]).toEqual([0, 'This is the HERO command line tool.\n'])
    expect(containersOf('simple_demo')).toMatchObject([{ name: 'simple_container', state: 'held' }])
  })

  it('heropods shows each step', () => {
    const { code, stdout, stderr } = play('heropods')
    expect(code).toBe(0)
    expect(stdout).toMatch(/bin[\s\S]*Hello from container!\nLinux/)
    expect(stderr.match(/start demo_alpine/g)).toHaveLength(2)
    expect(containersOf('default')).toEqual([])
  })

  it('runcommands prints only the listing, and stops its container', () => {
    const { code, stdout } = play('runcommands')
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^bin\n(\w+\n)+$/)])
    expect(containersOf('default')).toMatchObject([{ name: 'alpine_demo', state: 'stopped' }])
  })

  it('the script of the original documentation runs as it is', () => {
    instance.write(
      'readme.heroscript',
      `!!heropods.configure
    name:'my_heropods'
    reset:false
    use_podman:true

!!heropods.container_new
    name:'my_container'
    image:'custom'
    custom_image_name:'alpine_3_20'
    docker_url:'docker.io/library/alpine:3.20'

!!heropods.container_start
    name:'my_container'
    keep_alive:true

!!heropods.container_exec
    name:'my_container'
    cmd:'echo "Hello from HeroPods!"'
    stdout:true

!!heropods.container_stop
    name:'my_container'

!!heropods.container_delete
    name:'my_container'
`,
    )
    expect(instance.heropods(['play', 'readme.heroscript'])).toMatchObject({
      code: 0,
      stdout: 'Hello from HeroPods!\n',
    })
  })

  it('another image of a container, and another reference of an image, need reset', () => {
    const create = (image: string, reference: string, reset = '') => {
      instance.write(
        'other.hero',
        `!!heropods.container_new name:twice image:custom custom_image_name:${image} docker_url:${reference}${reset}
!!heropods.container_exec name:twice cmd:'ls /bin/hero'`,
      )
      return instance.heropods(['play', 'other.hero'])
    }
    const hero = 'docker.io/threefolddev/hero-container:latest'
    // The container has no hero, and its shell has ended.
    expect(create('plain', 'alpine:3.20').stderr).toContain('error[not-running]')
    expect(create('hero', hero).stderr).toMatch(/error\[container-exists\][\s\S]*other\.hero:1:1/)
    expect(create('plain', hero).stderr).toMatch(/error\[image-exists\][\s\S]*other\.hero:1:1/)
    expect(create('hero', hero, ' reset:yes').stderr).toContain('error[not-running]')
    instance.write('start.hero', '!!heropods.container_start name:twice keep_alive:yes\n')
    expect(instance.heropods(['play', 'start.hero']).code).toBe(0)
    expect(instance.ok('exec', 'twice', '--', 'ls', '/bin/hero')).toBe('/bin/hero\n')
  })

  it('each has a test, and prints its actions with --dry-run', () => {
    const names = readdirSync(folder)
      .filter((file) => file.endsWith('.heroscript'))
      .map((file) => file.replace('.heroscript', ''))
    expect(names.sort()).toEqual(
      ['container_mycelium', 'heropods', 'herobin', 'hello_world_keepalive', 'ipv4_connection']
        .concat(['runcommands', 'simple_container'])
        .sort(),
    )
    for (const name of names.filter((one) => one !== 'container_mycelium')) {
      const { code, stdout } = play(name, '--dry-run')
      expect([code, stdout]).toEqual([0, expect.stringMatching(/^LINE +INSTANCE +EFFECT\n/)])
    }
  })
})

describe('the programs in examples/original', () => {
  const outputs: Readonly<Record<string, RegExp>> = {
    basic_usage: /^total \d[\s\S]* bin\n/,
    custom_network:
      /^default via 192\.168\.100\.1 .*\n[\s\S]*nameserver 1\.1\.1\.1\nnameserver 1\.0\.0\.1\nthe download of a page ended with exit code 1\n$/,
    heropods:
      /^demo_alpine is defined and stopped\ndemo_alpine is running; the second start changed nothing\nbin\n[\s\S]*Hello from container!\nLinux\ndemo_alpine is deleted\n$/,
    keep_alive: /^held\nHello!\n$/,
    runcommands: /^bin\n(\w+\n)+$/,
  }

  // The scripts have left a container of the same name.
  beforeAll(() => void instance.ok('destroy', '--all', '--yes'))

  it.each(Object.entries(outputs))('%s runs and prints what it says', (name, output) =>
    expect(run(name)).toMatch(output),
  )

  it('one that leaves its container runs again', () => expect(run('runcommands')).toMatch(outputs.runcommands ?? /^$/))

  it('each has a test', () =>
    expect(readdirSync(folder).filter((file) => file.endsWith('.ts'))).toEqual(
      Object.keys(outputs).map((name) => `${name}.ts`),
    ))
})
