import { expect, it } from 'vitest'
import { isUnchanged, recordedSettings } from '../../../src/api/instances/settings.ts'

it('translates the words of the original', () => {
  expect(recordedSettings({})).toEqual({})
  expect(
    recordedSettings({
      usePodman: false,
      bridgeName: 'hplab',
      subnet: '10.50.0.0/24',
      gatewayIp: '10.50.0.9',
      dnsServers: ['9.9.9.9'],
    }),
  ).toEqual({
    use_podman: false,
    network: { bridge: 'hplab', subnet: '10.50.0.0/24', gateway: '10.50.0.9', dns: ['9.9.9.9'] },
  })
})

it('compares only the given settings', () => {
  const known = { network: { bridge: 'hplab' }, use_podman: false }
  expect(isUnchanged(known, {})).toBe(true)
  expect(isUnchanged(known, { network: { bridge: 'hplab' } })).toBe(true)
  expect(isUnchanged(known, { network: { bridge: 'hpother' } })).toBe(false)
  expect(isUnchanged({}, { use_podman: true })).toBe(true)
  expect(isUnchanged(known, { use_podman: true })).toBe(false)
})
