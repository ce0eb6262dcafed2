import { describe, expect, it } from 'vitest'
import { isBridgeName, requireSettings, settingsFault } from '../../../src/model/instance/check-settings.ts'
import { changedSettings, originalSettings } from '../../../src/model/instance/settings.ts'

describe('settings of an instance', () => {
  it('have the defaults of the original', () =>
    expect(originalSettings({})).toEqual({
      use_podman: true,
      bridge_name: 'heropods0',
      subnet: '10.10.0.0/24',
      gateway_ip: '10.10.0.1',
      dns_servers: ['8.8.8.8', '8.8.4.4'],
    }))

  it('have the first address of a subnet as the gateway', () =>
    expect(originalSettings({ network: { subnet: '10.50.0.0/16' } })).toMatchObject({ gateway_ip: '10.50.0.1' }))

  it('lose the gateway with a new subnet only', () => {
    const known = { network: { subnet: '10.50.0.0/24', gateway: '10.50.0.9' }, use_podman: false }
    expect(changedSettings(known, { network: { subnet: '10.51.0.0/24' } })).toEqual({
      network: { subnet: '10.51.0.0/24' },
      use_podman: false,
    })
    expect(changedSettings(known, { network: { dns: ['9.9.9.9'] }, use_podman: true })).toEqual({
      network: { subnet: '10.50.0.0/24', gateway: '10.50.0.9', dns: ['9.9.9.9'] },
      use_podman: true,
    })
    expect(changedSettings({}, {})).toEqual({})
  })
})

describe('names of bridges', () => {
  it.each(['heropods0', 'hp0', 'hp-lab', 'hpstaging', 'hp1234567890abc'])('%s is one', (name) =>
    expect(isBridgeName(name)).toBe(true),
  )
  it.each(['mybr0', 'hp', 'hpLab', 'hp_lab', 'hp.lab', 'hp0123456789ab', 'hp12345678901234', 'hp0\n', 'hp+', ''])(
    '%j is none',
    (name) => expect(isBridgeName(name)).toBe(false),
  )
})

describe('checks', () => {
  it.each([
    [{ network: { bridge: 'eth0' } }, 'bad-name'],
    [{ network: { subnet: '10.50.0.1/24' } }, 'bad-subnet'],
    [{ network: { subnet: '10.50.0.0/31' } }, 'bad-subnet'],
    [{ network: { gateway: '10.50.0.1' } }, 'bad-gateway'],
    [{ network: { subnet: '10.50.0.0/24', gateway: '10.50.0.255' } }, 'bad-gateway'],
    [{ network: { dns: ['9.9.9.9', 'example.org'] } }, 'bad-address'],
  ])('%j: %s', (settings, code) => {
    expect(settingsFault(settings)?.code).toBe(code)
    expect(() => requireSettings(settings)).toThrow()
  })

  it('accept valid settings', () => {
    const settings = { network: { bridge: 'hplab', subnet: '10.50.0.0/24', gateway: '10.50.0.9', dns: [] } }
    expect(requireSettings(settings)).toBe(settings)
  })
})
