import { describe, expect, it } from 'vitest'
import type { Mount } from '../../src/model/kinds/container.ts'
import { bundleText } from '../../src/providers/linux/container/bundle/bundle.ts'
import { ociMounts } from '../../src/providers/linux/container/bundle/mounts.ts'
import { containerSpec } from '../specs.ts'

describe('a bundle', () => {
  it('writes an infinite limit as 64 bits, and leaves a text that looks like it alone', () => {
    const text = bundleText({ soft: 2 ** 64 - 1, env: ['A=18446744073709552000'] })
    expect(text).toBe('{"soft":18446744073709551615,"env":["A=18446744073709552000"]}')
  })

  it('mounts what a stack puts in place of a name file, and not that file', () => {
    const mount: Mount = {
      type: 'bind',
      source: '/own',
      target: '/etc/hosts',
      read_only: true,
      propagation: 'rprivate',
      create_host_path: false,
    }
    const spec = containerSpec({ mounts: [mount] })
    const binds = ['hosts', 'hostname'].map((name) => ({
      source: `/run/${name}`,
      target: `/etc/${name}`,
      read_only: true,
    }))
    const made = ociMounts(
      spec,
      binds,
      () => '',
      {},
      () => false,
      true,
    )
    expect(made.slice(-2).map(({ source }) => source)).toEqual(['/own', '/run/hostname'])
  })

  it('mounts a volume of the image below what lies inside it', () => {
    const spec = containerSpec()
    const binds = [{ source: '/secret', target: '/run/secrets/s', read_only: true }]
    const order = ociMounts(
      spec,
      binds,
      () => '',
      { '/run': '/folder' },
      () => true,
      true,
    ).map((mount) => mount.destination)
    expect(order.slice(-2)).toEqual(['/run', '/run/secrets/s'])
  })
})
