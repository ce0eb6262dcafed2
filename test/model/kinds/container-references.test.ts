import { describe, expect, it } from 'vitest'
import { containerReferences, referredAddresses } from '../../../src/model/kinds/container-references.ts'
import { referenceToken } from '../../../src/model/tokens.ts'
import { containerSpec } from '../../specs.ts'

const db = 's/container/db'
const spec = containerSpec({
  image: 's/image/base',
  image_digest: referenceToken('s/image/base', 'digest'),
  network_mode: `container:${db}`,
  networks: [
    { network: 's/network/back', aliases: [], ipv4_address: '', static: false, mac: '' },
    { network: 's/network/back', aliases: [], ipv4_address: '', static: false, mac: '' },
  ],
  mounts: [
    { type: 'volume', volume: 's/volume/data', target: '/data', read_only: false, nocopy: false },
    { type: 'tmpfs', target: '/tmp', size: 0, mode: '1777' },
  ],
  depends_on: [
    { container: db, condition: 'service_healthy' },
    { container: 's/container/job', condition: 'service_completed_successfully' },
  ],
  environment: { A: `${referenceToken('s/container/cache', 'ip')}:1`, B: referenceToken('s/network/back', 'subnet') },
})

describe('what a container refers to', () => {
  it('has the role in which it is referred to', () =>
    expect(containerReferences(spec).map(({ to, as }) => `${as} ${to}`)).toEqual([
      'image s/image/base',
      'network s/network/back',
      'volume s/volume/data',
      `namespace ${db}`,
      `dependency ${db}`,
      'dependency s/container/job',
      'value s/container/cache',
      'value s/network/back',
      'value s/image/base',
    ]))

  it('has each address once', () =>
    expect(referredAddresses(spec)).toEqual([
      's/image/base',
      's/network/back',
      's/volume/data',
      db,
      's/container/job',
      's/container/cache',
    ]))

  it('can be asked for by role', () => {
    expect(referredAddresses(spec, ['namespace', 'dependency'])).toEqual([db, 's/container/job'])
    expect(referredAddresses(spec, ['value', 'volume'])).toEqual([
      's/volume/data',
      's/container/cache',
      's/network/back',
      's/image/base',
    ])
  })

  it('is its image alone where it names nothing else', () =>
    expect(referredAddresses(containerSpec({ image: 's/image/base' }))).toEqual(['s/image/base']))
})
