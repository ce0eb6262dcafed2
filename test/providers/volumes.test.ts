import { expect, it } from 'vitest'
import type { ContainerSpec } from '../../src/model/kinds/container.ts'
import { anonymousVolumes } from '../../src/providers/container/rootfs/volumes.ts'
import type { ReadContext } from '../../src/providers/provider.ts'

it('an image’s VOLUME is for data alone: not for the root, the kernel’s folders, name files, secrets, or what is mounted already', () => {
  const spec = {
    mounts: [{ type: 'tmpfs', target: '/scratch' }],
    files: [{ target: '/run/secrets/word' }],
  } as unknown as ContainerSpec
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
