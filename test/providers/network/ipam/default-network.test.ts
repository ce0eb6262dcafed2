import { expect, it } from 'vitest'
import { withSettings } from '../../../../src/providers/linux/network/ipam/default-network.ts'
import { heropods0 } from '../../../../src/stack/normalise/networks.ts'

it.each([
  [{}, {}],
  [{ subnet: '10.1.0.0/16' }, { subnet: '10.1.0.0/16', gateway: '10.1.0.1' }],
  [
    { subnet: '10.1.0.0/16', gateway: '10.1.0.9' },
    { subnet: '10.1.0.0/16', gateway: '10.1.0.9' },
  ],
  [{ gateway: '10.10.0.9' }, { gateway: '10.10.0.9' }],
  [
    { bridge: 'hp-lab', dns: ['1.1.1.1'] },
    { bridge: 'hp-lab', dns: { servers: ['1.1.1.1'], search: [] } },
  ],
])('the default network with the settings %j', (settings, changed) =>
  expect(withSettings(heropods0, settings)).toEqual({ ...heropods0, ...changed }),
)
