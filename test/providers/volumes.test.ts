import { expect, it } from 'vitest'
import { anonymousVolumes } from '../../src/providers/linux/container/rootfs/volumes.ts'
import type { ReadContext } from '../../src/providers/provider.ts'
import { containerSpec } from '../specs.ts'

it('an image’s VOLUME is for data alone: not for the root, the kernel’s folders, name files, secrets, or what is mounted already', () => {
  const spec = containerSpec({
    mounts: [{ type: 'tmpfs', target: '/scratch', size: 0, mode: '1777' }],
    files: [
      { kind: 'secret', name: 'word', target: '/run/secrets/word', mode: '0400', uid: '', gid: '', content: 'text:x' },
    ],
  })
  const Volumes = [
    '/',
    '//',
    '/proc',
    '/./proc/x',
    '//dev',
    '/sys/',
    '/a/../etc',
    'relative',
    '/etc/hosts',
    '/etc/hosts/',
  ]
  const image = { Volumes: [...Volumes, '/run/secrets/word', '/scratch/', '/data', '/data//', '/etc', '/run'] }
  const read = { paths: { data: '/d', run: '/r' } } as ReadContext
  expect(Object.keys(anonymousVolumes(read, 's/container/c', spec, image)).sort()).toEqual(['/data', '/etc', '/run'])
})
