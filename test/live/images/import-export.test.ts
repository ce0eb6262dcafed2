import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instanceWithRegistry } from '../hooks.ts'
import { Instance, sh } from '../support.ts'
import { writeTar } from './tar-writer.ts'

const { registry, instance } = instanceWithRegistry()
/** Another host, as far as images go: it has no folder in common with the first. */
const other = new Instance({ CONTAINERS_STORAGE_CONF: '/dev/null' })
afterAll(() => other.end())

const path = (name: string): string => join(instance.base, name)
const config = {
  Entrypoint: ['/bin/sh', '-c'],
  Cmd: ['echo "$GREETING from $(id -u) in $(pwd)"; sleep 1000'],
  Env: ['PATH=/bin', 'GREETING=hello'],
  User: '33:33',
  WorkingDir: '/srv/www',
  // Podman writes a signal as its number.
  StopSignal: '2',
  Labels: { 'org.example.version': '1.2', empty: '' },
  ExposedPorts: { '8080/tcp': {}, '53/udp': {} },
}

/** cap_net_bind_service, effective and permitted (vfs_cap_data, version 2). */
const bindService = Buffer.from('0100000200040000000000000000000000000000', 'hex')

/** A root file system with everything that a copy could lose. */
function makeRoot(): string {
  const root = path('root')
  for (const folder of ['bin', 'srv/www', 'srv/empty', 'etc', 'tmp']) mkdirSync(join(root, folder), { recursive: true })
  sh('cp', '/bin/busybox', join(root, 'bin/busybox'))
  for (const name of ['sh', 'sleep', 'id', 'cat']) sh('ln', '-s', 'busybox', join(root, 'bin', name))
  writeFileSync(join(root, 'srv/www/ünïcode and blank'), 'text')
  writeFileSync(join(root, 'srv/www', 'n'.repeat(200)), 'long name')
  writeFileSync(join(root, 'etc/capable'), '')
  sh('ln', join(root, 'etc/capable'), join(root, 'srv/second-name'))
  sh('mkfifo', join(root, 'srv/pipe'))
  sh('chown', '1234:5678', join(root, 'srv/www/ünïcode and blank'))
  sh('chmod', '4751', join(root, 'etc/capable'))
  sh('chmod', '1777', join(root, 'tmp'))
  // tar sets the attributes: no other program for it is on every host.
  writeTar(path('attributes.tar'), [
    { name: 'srv/noted', content: 'x', uid: 7, pax: { 'SCHILY.xattr.user.note': 'kept' } },
    { name: 'bin/capable', content: 'x', pax: { 'SCHILY.xattr.security.capability': bindService } },
  ])
  sh('tar', '--xattrs', '--xattrs-include=*', '-xf', path('attributes.tar'), '-C', root)
  utimesSync(join(root, 'etc/capable'), 1_000_000_000.123_456, 1_000_000_000.123_456)
  return root
}

/** The extended attributes of all files of a folder, as tar writes them. */
const attributes = (root: string): string => {
  const args = ['--format=posix', '--sort=name', '--xattrs', '--xattrs-include=*', '-cf', '-', '-C', root, '.']
  const bytes = execFileSync('tar', args, { encoding: 'latin1', maxBuffer: 2 ** 28 })
  return bytes.match(/SCHILY\.xattr\.[^\n]*/g)?.join('\n') ?? ''
}

/** Name, type, mode, owner, size, time, links and attributes of each file of a folder. */
const listing = (root: string): string =>
  [
    sh('find', root, '-not', '-type', 'd', '-printf', '%P %y %m %U:%G %s %T@ %n %l\n'),
    sh('find', root, '-type', 'd', '-printf', '%P %y %m %U:%G %T@\n'),
    attributes(root),
  ]
    .map((text) => text.split('\n').sort().join('\n'))
    .join('\n')

/** The root file system of the only unpacked image with this digest. */
const rootOf = (of: Instance, digest: string): string => join(of.data, 'images', digest.slice(7), 'rootfs')
const imported = (of: Instance, ...args: string[]): { image: string; digest: string } =>
  JSON.parse(of.ok('image', 'import', ...args, '--json'))

let root = ''
beforeAll(() => {
  root = makeRoot()
  sh('tar', '--acls', '--xattrs', '--xattrs-include=*', '-czf', path('plain.tgz'), '-C', root, '.')
})

describe('an image in a .tgz', () => {
  it('keeps owners, modes, times, links and attributes, and gets /bin/sh where it names no command', () => {
    const { image, digest } = imported(instance, 'plain.tgz')
    expect(image).toBe('localhost/plain:latest')
    expect(listing(rootOf(instance, digest))).toBe(listing(root))
    expect(attributes(root).split('\n')).toHaveLength(2)
    instance.stack(
      'containers:\n  test: { image: localhost/plain, network_mode: none, stop_grace_period: 0s, restart: "no" }\n',
    )
    instance.apply()
    expect(JSON.parse(instance.ok('image', 'ls', '--json')).images).toContainEqual(
      expect.objectContaining({ digest, from: 'localhost/plain:latest', command: '/bin/sh' }),
    )
    instance.ok('destroy', 'test', '--yes')
  })

  it('stays when nothing uses it, until it is removed by its name', () => {
    instance.ok('image', 'prune')
    instance.ok('image', 'rm', '--unused')
    expect(instance.ok('image', 'ls')).toContain('localhost/plain:latest')
    expect(instance.ok('image', 'rm', 'localhost/plain')).toMatch(/^sha256:\w+ removed\n$/)
    expect(instance.ok('image', 'ls')).not.toContain('plain')
    expect(readdirSync(join(instance.data, 'images/names'))).toEqual([])
    expect(instance.heropods(['diff', 'test.yaml'])).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/image-missing.*localhost\/plain[\s\S]*heropods image import/),
    })
  })

  it('goes from host to host with its configuration, and gives the same bytes again', () => {
    const changes = ['ENTRYPOINT ["/bin/sh","-c"]', `CMD ${JSON.stringify(config.Cmd)}`, 'ENV PATH=/bin']
    changes.push('ENV GREETING=hello', 'USER 33:33', 'WORKDIR /srv/www', 'STOPSIGNAL 2')
    changes.push('LABEL org.example.version=1.2', 'LABEL empty=', 'EXPOSE 8080/tcp', 'EXPOSE 53/udp')
    registry.podman(
      'import',
      '--quiet',
      ...changes.flatMap((one) => ['--change', one]),
      path('plain.tgz'),
      'localhost/web:1',
    )
    registry.podman('save', '--quiet', '--format', 'docker-archive', '-o', path('docker.tar'), 'localhost/web:1')
    registry.podman('save', '--quiet', '--format', 'oci-archive', '-o', path('oci.tar'), 'localhost/web:1')
    registry.podman('rmi', 'localhost/web:1')
    const fromDocker = imported(instance, '--name', 'web:docker', 'docker.tar')
    const fromOci = imported(instance, '--name', 'web:oci', 'oci.tar')
    for (const name of ['web:docker', 'web:oci']) instance.ok('image', 'export', name, `${name.replace(':', '-')}.tgz`)
    instance.ok('image', 'export', 'web:oci', 'fast.tgz', '--compress', '1')
    expect(fromDocker.digest).not.toBe(fromOci.digest)
    const [docker, oci] = ['web-docker.tgz', 'web-oci.tgz'].map((name) =>
      sh('tar', '-xzOf', path(name), '.heropods-image.json'),
    )
    expect(docker).toBe(oci)
    expect(listing(join(rootOf(instance, fromDocker.digest), 'srv'))).toBe(listing(join(root, 'srv')))
    expect(statSync(path('fast.tgz')).size).toBeGreaterThan(statSync(path('web-oci.tgz')).size)
    expect(statSync(path('fast.tgz')).mode & 0o777).toBe(0o600)

    const moved = imported(other, path('web-oci.tgz'), '--name', 'web')
    expect(listing(rootOf(other, moved.digest))).toBe(listing(rootOf(instance, fromOci.digest)))
    other.ok('image', 'export', 'web', 'again.tgz')
    expect(readFileSync(join(other.base, 'again.tgz')).equals(readFileSync(path('web-oci.tgz')))).toBe(true)
    expect(readdirSync(other.base).filter((name) => name.includes('partial'))).toEqual([])

    other.stack('containers:\n  web: { image: localhost/web, network_mode: none, stop_grace_period: 0s }\n')
    other.apply()
    expect(other.ok('logs', 'web')).toBe('hello from 33 in /srv/www\n')
    const record = JSON.parse(readFileSync(join(rootOf(other, moved.digest), '../image.json'), 'utf8'))
    expect(record).toMatchObject({ ...config, ExposedPorts: ['53/udp', '8080/tcp'] })
    expect(existsSync(join(rootOf(other, moved.digest), '.heropods-image.json'))).toBe(false)
    expect(other.steps()).toEqual([])
  })

  it('is imported once more without an effect, and takes a name only with --replace', () => {
    expect(imported(instance, 'docker.tar', '--name', 'web:docker').image).toBe('localhost/web:docker')
    const { code, stderr } = instance.heropods(['image', 'import', 'oci.tar', '--name', 'web:docker'])
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/image-exists.*localhost\/web:docker belongs to another image/),
    ])
    const { digest } = imported(instance, 'oci.tar', '--name', 'web:docker', '--replace')
    expect(JSON.parse(instance.ok('image', 'ls', '--json')).images).toContainEqual(
      expect.objectContaining({ digest, from: expect.stringMatching(/localhost\/web:(docker|oci)/) }),
    )
  })
})

describe('a command line that cannot work is refused', () => {
  it.each([
    [['image', 'import', 'no.tgz'], /archive-missing/],
    [['image', 'import', 'plain.tgz', '--name', 'UPPER'], /usage.*"UPPER" does not give the image a name/],
    [['image', 'import', 'plain.tgz', '--name', 'x;touch /tmp/hp-injected'], /usage/],
    [['image', 'export', 'none', 'x.tgz'], /unknown-image.*no unpacked image none/],
    [['image', 'export', 'web:oci', 'x.tgz', '--compress', '10'], /usage.*"10" is not a level/],
    [['image', 'export', 'web:oci', 'no/such/x.tgz'], /export-refused.*there is no folder/],
    [['image', 'export', 'web:oci', '.'], /export-refused.*not a regular file/],
  ])('%j', (args, message) => {
    const { code, stderr } = instance.heropods(args)
    expect([code, stderr]).toEqual([3, expect.stringMatching(message)])
    expect(existsSync('/tmp/hp-injected')).toBe(false)
  })
})

it('an image with a device is not exported', () => {
  sh('mknod', join(root, 'srv/disk'), 'b', '8', '0')
  execFileSync('tar', ['-cf', path('device.tar'), '-C', root, '.'])
  expect(instance.heropods(['image', 'import', 'device.tar']).stderr).toMatch(/archive-unsafe.*the device b 8,0/)
  const { digest } = imported(instance, '--name', 'late', 'plain.tgz')
  sh('mknod', join(rootOf(instance, digest), 'srv/disk'), 'b', '8', '0')
  expect(instance.heropods(['image', 'export', 'late', 'x.tgz'])).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/export-refused.*the device \/srv\/disk \(b 8,0\)/),
  })
})
