import { describe, expect, it } from 'vitest'
import { reachOf } from '../../src/model/kinds/host-access.ts'
import { reachesBelow } from '../../src/providers/linux/container/rootfs/mount-sources.ts'

describe('a bind', () => {
  it.each([
    ...[
      '/',
      '/proc',
      '/sys',
      '/dev',
      '/etc',
      '/etc/',
      '//etc',
      '/srv/../etc',
      '/proc/sys',
      '/sys/kernel/debug',
      '/run',
    ],
    ...['/var/run/docker.sock', '/run/podman/podman.sock', '/run/containerd/containerd.sock', '/run/crio/crio.sock'],
    ...['/run/user/1000/podman/podman.sock', '/run/containerd', '/srv/docker.sock', '/var/lib/docker/volumes'],
  ])('of %s reaches the host itself', (path) => {
    expect(reachOf(path)).toBeDefined()
  })

  it.each(['/srv', '/etc/localtime', '/dev/log', '/home/me/etc', '/procs', '/var/www', '/run/app'])(
    'of %s does not',
    (path) => {
      expect(reachOf(path)).toBeUndefined()
    },
  )
})

it('a kernel makes whole trees of mounts read-only since 5.12', () => {
  expect(['4.19.0-25-amd64', '5.11.22', '5.12.0-rc1', '5.14.0', '6.1.0'].map((kernel) => reachesBelow(kernel))).toEqual(
    [false, false, true, true, true],
  )
})
