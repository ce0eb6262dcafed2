import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { instanceWithRegistry } from '../hooks.ts'
import { sh } from '../support.ts'

const cli = join(import.meta.dirname, '../../../dist/heropods.js')
const { registry, instance } = instanceWithRegistry()
/** A root file system from the host's busybox. */
let root = ''

beforeAll(() => {
  root = join(instance.base, 'root')
  mkdirSync(join(root, 'bin'), { recursive: true })
  sh('cp', '/bin/busybox', join(root, 'bin/busybox'))
  sh('ln', '-s', 'busybox', join(root, 'bin/sh'))
})

const path = (name: string): string => join(instance.base, name)
const tar = (name: string, ...args: string[]): void => {
  execFileSync('tar', ['-cf', path(name), ...args], { stdio: 'pipe' })
}
/** An image as `docker save` writes it, from layers. */
function saveImage(name: string, layers: readonly string[]): void {
  const ids = layers.map((layer) =>
    createHash('sha256')
      .update(readFileSync(path(layer)))
      .digest('hex'),
  )
  const rootfs = { type: 'layers', diff_ids: ids.map((id) => `sha256:${id}`) }
  const config = { Env: ['SAVED=yes'], Cmd: ['/bin/sh'] }
  writeFileSync(path('config.json'), JSON.stringify({ architecture: 'amd64', os: 'linux', config, rootfs }))
  const index = [{ Config: 'config.json', RepoTags: ['localhost/saved:1'], Layers: layers }]
  writeFileSync(path('manifest.json'), JSON.stringify(index))
  tar(name, '-C', instance.base, 'config.json', ...layers, 'manifest.json')
}
/** A stack with one container for each archive. */
const stack = (archives: Readonly<Record<string, string>>, called = 'test'): void => {
  const lines = (each: (name: string, archive: string) => string): string =>
    Object.entries(archives)
      .map(([name, archive]) => each(name, archive))
      .join('')
  instance.stack(
    `images:\n${lines((name, archive) => `  i-${name}: { archive: "./${archive}" }\n`)}containers:\n${lines(
      (name) =>
        `  ${name}: { image: i-${name}, entrypoint: [/bin/busybox], command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s }\n`,
    )}`,
    called,
  )
}
const inImages = (): readonly string[] =>
  readdirSync(join(instance.data, 'images')).filter((name) => name.startsWith('.unpacking'))

describe('an archive of', () => {
  it('an image in layers is unpacked as Docker and podman save it, with what later layers took away', () => {
    writeFileSync(path('.wh.gone'), '')
    writeFileSync(path('gone'), '')
    tar('first.tar', '-C', root, '.', '-C', instance.base, './gone')
    tar('second.tar', '-C', instance.base, './.wh.gone')
    saveImage('docker.tar', ['first.tar', 'second.tar'])
    registry.podman('load', '--quiet', '--input', path('docker.tar'))
    registry.podman('save', '--quiet', '--format', 'oci-archive', '-o', path('oci.tar'), 'localhost/saved:1')
    registry.podman('rmi', 'localhost/saved:1')
    sh('gzip', '--keep', path('docker.tar'))
    stack({ docker: 'docker.tar', oci: 'oci.tar', gz: 'docker.tar.gz' })
    instance.apply()
    for (const each of ['docker', 'oci', 'gz'])
      expect(instance.exec(each, '/bin/sh', '-c', 'echo $SAVED /gone* /bin/*')).toBe(
        'yes /gone* /bin/busybox /bin/sh\n',
      )
    // Podman's own storage has seen nothing of them.
    expect(registry.podman('images', '--quiet')).toBe('')
    expect(instance.steps()).toEqual([])
  })

  it('a root file system may hold what real ones hold, and files called as the index of an image', () => {
    mkdirSync(path('real/srv/www'), { recursive: true })
    mkdirSync(path('real/dev'))
    sh('cp', '-a', join(root, 'bin'), path('real'))
    for (const [target, name] of [
      ['../../../../etc/x', 'climbing'],
      ['/bin/busybox', 'absolute'],
      ['manifest.json', 'site'],
    ])
      sh('ln', '-s', target as string, path(`real/srv/www/${name}`))
    sh('ln', path('real/srv/www/absolute'), path('real/srv/www/second'))
    sh('mkfifo', path('real/srv/pipe'))
    sh('mknod', path('real/dev/sda'), 'b', '8', '0')
    sh('mknod', path('real/srv/null'), 'c', '1', '3')
    for (const name of ['two\nlines', 'manifest.json', 'www/old manifest.json'])
      writeFileSync(path(`real/srv/${name}`), '{}')
    writeFileSync(Buffer.from(path('real/srv/caf\xe9'), 'latin1'), '')
    writeFileSync(path('real/manifest.json'), '{"name": "my site"}')
    tar('real.tar', '--owner=EXAMPLE\\ad min:7', '--group=Domain Users:8', '-C', path('real'), '.')
    sh('zstd', '-q', path('real.tar'))
    tar('absolute.tar', '-P', '--transform', 's#^[.]/#/#', '-C', root, '.')
    stack({ real: 'real.tar.zst', absolute: 'absolute.tar' })
    instance.apply()
    const listed = instance.exec(
      'real',
      'busybox',
      'find',
      '/srv',
      '-exec',
      'busybox',
      'stat',
      '-c',
      '%F %u:%g',
      '{}',
      ';',
    )
    expect(listed).toContain('fifo 7:8')
    expect(instance.exec('real', 'busybox', 'readlink', '/srv/www/second')).toBe('/bin/busybox\n')
    expect(instance.exec('real', 'busybox', 'cat', '/manifest.json')).toBe('{"name": "my site"}')
    expect(() => instance.exec('real', 'busybox', 'ls', '/dev/sda')).toThrow(/No such file/)
  })
})

describe('the plan refuses an archive', () => {
  const refused = (name: string): string => {
    stack({ bad: name })
    const before = readdirSync(join(instance.data, 'images'))
    const { code, stderr } = instance.heropods(['apply', '--yes', 'test.yaml'])
    expect(code).toBe(3)
    expect(readdirSync(join(instance.data, 'images'))).toEqual(before)
    return stderr
  }

  it('with a name that climbs, a file behind a link, a device, or another name of what it has not', () => {
    tar('climbs.tar', '-P', '--transform', 's#^[.]/#../up/#', '-C', root, './bin/sh')
    expect(refused('climbs.tar')).toMatch(/archive-unsafe.*"\.\.\/up\/bin\/sh" has "\.\." in its name/)
    mkdirSync(path('behind/link'), { recursive: true })
    writeFileSync(path('behind/link/passwd'), 'evil')
    sh('ln', '-s', '/etc', path('link'))
    tar('behind.tar', '-C', instance.base, 'link')
    sh('tar', '-rf', path('behind.tar'), '-C', path('behind'), 'link/passwd')
    expect(refused('behind.tar')).toMatch(/archive-unsafe.*"link\/passwd" is below the link "link"/)
    mkdirSync(path('devices'))
    sh('mknod', path('devices/disk'), 'b', '8', '0')
    tar('device.tar', '-C', path('devices'), '.')
    expect(refused('device.tar')).toMatch(/archive-unsafe.*"disk" is the device b 8,0/)
    writeFileSync(path('devices/a'), '')
    sh('ln', path('devices/a'), path('devices/b'))
    tar('lost.tar', '-C', path('devices'), './a', './b')
    sh('tar', '--delete', '-f', path('lost.tar'), './a')
    expect(refused('lost.tar')).toMatch(/archive-unsafe.*"b" is a hard link to ".\/a", which is not in the archive/)
  })

  it('that is none, is cut short, unpacks to more than there is room for, or holds several images', () => {
    writeFileSync(path('text.tar'), 'no archive')
    expect(refused('text.tar')).toContain('archive-unreadable')
    writeFileSync(path('cut.tar'), readFileSync(path('absolute.tar')).subarray(0, 100_000))
    expect(refused('cut.tar')).toContain('archive-unreadable')
    sh('mkfifo', path('pipe.tar'))
    expect(refused('pipe.tar')).toContain('is not a regular file')
    sh('truncate', '-s', '15T', path('devices/huge'))
    tar('bomb.tar', '-S', '-C', path('devices'), './huge')
    expect(refused('bomb.tar')).toMatch(/archive-too-large.*MiB are free/)
    const saved = (tag: string): object => ({ Config: 'c.json', RepoTags: [tag], Layers: [] })
    writeFileSync(path('manifest.json'), JSON.stringify([saved('a:1'), saved('b:2')]))
    tar('several.tar', '-C', instance.base, 'manifest.json')
    expect(refused('several.tar')).toMatch(/archive-of-images.*2 images: a:1; b:2/)
  })

  it('whose image is damaged: by the names of its parts, else by what podman says before anything of it is kept', () => {
    for (const name of ['oci.tar', 'docker.tar']) {
      const bytes = readFileSync(path(name))
      const middle = Math.floor(bytes.length / 2)
      bytes[middle] = (bytes[middle] ?? 0) ^ 1
      writeFileSync(path(`damaged-${name}`), bytes)
    }
    expect(refused('damaged-oci.tar')).toMatch(
      /archive-damaged.*its blob blobs\/sha256\/\w+ does not match its digest.*\n.*test\.yaml:\d+:\d+/,
    )
    stack({ damaged: 'damaged-docker.tar' }, 'damaged')
    const { code, stdout } = instance.heropods(['apply', '--yes', 'damaged.yaml'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/archive-damaged.*podman cannot read the image in/)
    expect(inImages()).toEqual([])
  })
})

it('a run that is killed while it unpacks leaves no half image, and the next one clears what it left', async () => {
  stack({ again: 'docker.tar' })
  instance.ok('destroy', 'test', '--yes')
  instance.ok('image', 'rm', '--unused', '--all')
  const run = spawn(process.execPath, [cli, 'apply', '--yes', 'test.yaml'], {
    cwd: instance.base,
    env: instance.environment,
    stdio: 'ignore',
  })
  const mounted = (): boolean => /unpacking-\w+\/store/.test(readFileSync('/proc/self/mountinfo', 'utf8'))
  await expect.poll(() => mounted(), { timeout: 60_000, interval: 5 }).toBe(true)
  run.kill('SIGKILL')
  await once(run, 'exit')
  expect(inImages()).toHaveLength(1)
  instance.ok('apply', '--yes', 'test.yaml', '--lock-timeout', '60s')
  expect(inImages()).toEqual([])
  expect(mounted()).toBe(false)
  expect(instance.exec('again', '/bin/sh', '-c', 'echo $SAVED')).toBe('yes\n')
})
