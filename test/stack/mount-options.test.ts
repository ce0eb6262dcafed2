import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ContainerSpec } from '../../src/model/kinds/container.ts'
import { ociMounts } from '../../src/providers/linux/container/oci/mounts.ts'
import { canonicalDocument } from '../../src/stack/canonical.ts'
import { stackFolder } from './support.ts'

const { container, problems, load, folder } = stackFolder()

const tmpfs = async (options: string) =>
  (await container(`containers: { a: { image: busybox, tmpfs: "/t:${options}" } }`)).mounts[0]
const wrong = async (fields: string) =>
  (await problems(`volumes: { v: }\ncontainers: { a: { image: busybox, ${fields} } }`)).join()

describe('a tmpfs takes the options that it has with Docker', () => {
  it('owner, inodes, a share of the memory, flags', async () => {
    expect(await tmpfs('uid=33,gid=34,mode=0750,size=50%,nr_inodes=4k,exec,noatime')).toEqual({
      type: 'tmpfs',
      target: '/t',
      size: '50%',
      mode: '0750',
      options: ['exec', 'gid=34', 'noatime', 'nr_inodes=4096', 'uid=33'],
    })
  })

  it('what is the default anyway is left out, so that records and plans do not change', async () => {
    const plain = { type: 'tmpfs', target: '/t', size: 67108864, mode: '1777' }
    expect(await tmpfs('rw,noexec,nosuid,nodev,size=65536k,mode=01777,async,relatime')).toEqual(plain)
    expect(await tmpfs('size=64m,exec,sync,noatime,defaults')).toEqual(plain)
    expect(await tmpfs('exec,noexec,noatime,atime,size=64m')).toEqual(plain)
  })

  it('in the long form too', async () => {
    const yaml =
      'containers: { a: { image: busybox, volumes: [{ type: tmpfs, target: /t, read_only: true, tmpfs: { size: 10%, mode: "0711", options: [exec, uid=5] } }] } }'
    expect((await container(yaml)).mounts).toEqual([
      { type: 'tmpfs', target: '/t', size: '10%', mode: '0711', options: ['exec', 'ro', 'uid=5'] },
    ])
    expect(canonicalDocument(await load(yaml))).toMatchObject({
      containers: { a: { volumes: [{ tmpfs: { size: '10%', mode: '0711', options: ['exec', 'ro', 'uid=5'] } }] } },
    })
  })

  it('and hands them to the runtime', async () => {
    const spec = await container('containers: { a: { image: busybox, tmpfs: "/t:exec,uid=5,size=10%" } }')
    const none = { binds: [], volumePath: () => '', anonymous: {}, deep: () => false, recursive: true }
    const mounts = ociMounts(spec as ContainerSpec, none)
    expect(mounts.at(-1)?.options).toEqual(['nosuid', 'nodev', 'exec', 'mode=1777', 'size=10%', 'uid=5'])
  })

  it('others are refused where they stand', async () => {
    for (const option of ['huge=always', 'bind', 'mpol=local', 'size', 'uid', 'remount', 'shared', 'toString'])
      expect(await wrong(`tmpfs: ["/t:${option}"]`)).toContain(
        'bad-mount at 2:44: `containers.a.tmpfs.0`: a tmpfs has no option',
      )
    expect(await wrong('tmpfs: ["/t:uid=www"]')).toContain('names are not allowed here')
    expect(await wrong('tmpfs: ["/t:uid=4294967295"]')).toContain('bad-mount')
    expect(await wrong('tmpfs: ["/t:size=big"]')).toContain('bad-mount')
    expect(await wrong('tmpfs: ["/t:mode=rwx"]')).toContain('not octal permissions')
    expect(await wrong('tmpfs: ["/t:nr_inodes=-1"]')).toContain('bad-mount')
    expect(await wrong('tmpfs: ["/t:size=1m:exec"]')).toContain('too many parts')
  })
})

describe('a bind mount or a volume takes flags of mount(8)', () => {
  const yaml =
    'volumes: { v: }\ncontainers: { a: { image: busybox, volumes: ["/a:/a:ro,nosuid,noexec", "v:/v:noexec,nodev", { type: bind, source: /c, target: /c, bind: { options: [noatime, noexec] } }, { type: volume, source: v, target: /d, volume: { options: [nosuid] } }, { type: volume, target: /e, volume: { options: [noexec] } }] } }'

  it('in the short and in the long form, sorted', async () => {
    const { mounts } = await container(yaml)
    expect(mounts.map((one) => [one.target, 'options' in one && one.options])).toEqual([
      ['/a', ['noexec', 'nosuid']],
      ['/c', ['noatime', 'noexec']],
      ['/d', ['nosuid']],
      ['/e', ['noexec']],
      ['/v', ['nodev', 'noexec']],
    ])
  })

  it('in the canonical form', async () => {
    const document = canonicalDocument(await load(yaml))
    expect(document).toMatchObject({
      containers: {
        a: {
          volumes: [
            { read_only: true, bind: { options: ['noexec', 'nosuid'] } },
            { bind: { options: ['noatime', 'noexec'] } },
            { volume: { options: ['nosuid'] } },
            { volume: { options: ['noexec'] } },
            { volume: { options: ['nodev', 'noexec'] } },
          ],
        },
      },
    })
  })

  it('without a field for those that are the default', async () => {
    const { mounts } = await container(
      'containers: { a: { image: busybox, volumes: ["/a:/a:exec,suid,dev", { type: bind, source: /b, target: /b, bind: { options: [] } }] } }',
    )
    expect(mounts.map((one) => Object.hasOwn(one, 'options'))).toEqual([false, false])
  })

  it('and hands the restricting ones to the runtime for the mounts below a folder too', async () => {
    const spec = await container(yaml)
    const mounts = ociMounts(spec, {
      binds: [],
      volumePath: () => '/volumes/v',
      anonymous: { '/e': '/anonymous' },
      deep: (source) => source !== '/anonymous',
      recursive: true,
    })
    const options = new Map(mounts.map((one) => [one.destination, one.options]))
    const [a, v, c, e] = ['/a', '/v', '/c', '/e'].map((target) => options.get(target)?.slice(2))
    expect(a).toEqual(['ro', 'noexec', 'nosuid', 'rro', 'rnoexec', 'rnosuid'])
    expect(v).toEqual(['rw', 'nodev', 'noexec', 'rnodev', 'rnoexec'])
    expect(c).toEqual(['rw', 'noatime', 'noexec', 'rnoexec'])
    expect(e).toEqual(['rw', 'noexec'])
  })
})

it('flags of the file system of a volume apply in the container too', async () => {
  const volume = { type: 'volume', volume: 's/volume/v', target: '/v', read_only: false, nocopy: false } as const
  const spec = await container('containers: { a: { image: busybox } }')
  const optionsWith = (o: string) =>
    ociMounts(
      { ...spec, mounts: [{ ...volume, options: ['nodev'], driver_opts: { type: 'tmpfs', device: 'tmpfs', o } }] },
      { binds: [], volumePath: () => '/v', anonymous: {}, deep: () => false, recursive: true },
    ).at(-1)?.options
  expect(optionsWith('size=4m,noexec')).toEqual(['rbind', 'rprivate', 'rw', 'nodev', 'noexec'])
  expect(optionsWith('ro')).toEqual(['rbind', 'rprivate', 'ro', 'nodev'])
})

describe('an option of a mount that could do nothing is refused', () => {
  it.each([
    ['volumes: ["/a:/b:nocopy"]', '`nocopy` is for volumes'],
    ['volumes: ["v:/b:rshared"]', '`rshared` is for binds'],
    ['volumes: ["v:/b:ro,rw"]', 'contradict each other'],
    ['volumes: ["v:/b:noexec,exec"]', '`noexec` and `exec` contradict each other'],
    ['volumes: ["/a:/b:relatime,noatime"]', '`noatime` and `relatime` contradict each other'],
    ['volumes: ["v:/b:nosymfollow"]', '"nosymfollow" is not known; known here: ro, rw, nocopy, noexec, exec'],
    [
      'volumes: [{ type: bind, source: /a, target: /b, bind: { options: [dev, nodev] } }]',
      '`nodev` and `dev` contradict each other',
    ],
    [
      'volumes: [{ type: bind, source: /a, target: /b, volume: { nocopy: true } }]',
      '`volume` has options that the type',
    ],
    [
      'volumes: [{ type: volume, source: v, target: /b, bind: { propagation: shared } }]',
      '`bind` has options that the type volume',
    ],
    ['volumes: [{ type: volume, target: /b, read_only: true }]', 'cannot be `read_only` or `nocopy`'],
    ['volumes: [{ type: volume, target: /b, volume: { nocopy: true } }]', 'cannot be `read_only` or `nocopy`'],
    ['volumes: [{ type: tmpfs, source: v, target: /b }]', 'a tmpfs has no `source`'],
  ])('%s', async (fields, message) => {
    expect(await wrong(fields)).toContain(message)
  })

  it('but those of Compose files that have no meaning on a host of containers', async () => {
    const { mounts } = await container(
      'volumes: { v: }\ncontainers: { a: { image: busybox, volumes: ["/a:/a:ro,Z", "/b:/b:cached", "v:/c:z,delegated", "/d:/d:consistent"] } }',
    )
    expect(mounts.map((one) => [one.target, 'read_only' in one && one.read_only])).toEqual([
      ['/a', true],
      ['/b', false],
      ['/c', false],
      ['/d', false],
    ])
  })
})

it('shared memory of 0 is the default, as with Docker', async () => {
  expect((await container('containers: { a: { image: busybox, shm_size: 0 } }')).shm_size).toBe(64 * 1024 * 1024)
})

it('a bind in the short form may lie in a folder whose name has colons', async () => {
  const stated = 'containers: { a: { image: busybox, volumes: ["./x:/d", "./y:/e:ro", "/s:/t:/f"] } }'
  const over =
    'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: test }\ncontainers: { a: { volumes: ["./z:/d"] } }\n'
  const place = join(folder, 'a:/b:c')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'base.yaml'), `apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: test }\n${stated}\n`)
  writeFileSync(join(place, 'over.yaml'), over)
  const { mounts } = await container('', { mergedFiles: [join(place, 'base.yaml'), join(place, 'over.yaml')] })
  expect(mounts.map((one) => [one.target, 'source' in one && one.source, 'read_only' in one && one.read_only])).toEqual(
    [
      ['/d', `${place}/z`, false],
      ['/e', `${place}/y`, true],
      ['/f', '/s:/t', false],
    ],
  )
})
