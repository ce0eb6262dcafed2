import { describe, expect, it } from 'vitest'
import { nameOf, settingsOf } from '../../../src/api/script/script-instance.ts'

const opened = { name: 'default', reset: false, use_podman: true }

describe('the settings of an instance after configure', () => {
  it.each([
    [{}, {}, {}],
    [{}, { use_podman: false }, { use_podman: false }],
    [{ use_podman: false }, {}, { use_podman: true }],
    [{}, { bridge_name: 'hp-a', subnet: '10.1.0.0/16' }, { network: { bridge: 'hp-a', subnet: '10.1.0.0/16' } }],
    [
      { network: { subnet: '10.1.0.0/16', gateway: '10.1.0.9' } },
      { subnet: '10.1.0.0/16' },
      { network: { subnet: '10.1.0.0/16', gateway: '10.1.0.9' } },
    ],
    [{ network: { dns: ['9.9.9.9'] } }, {}, { network: { dns: ['9.9.9.9'] } }],
    [
      { network: { subnet: '10.1.0.0/16', gateway: '10.1.0.9' } },
      { subnet: '10.2.0.0/16', dns_servers: ['1.1.1.1'] },
      { network: { subnet: '10.2.0.0/16', dns: ['1.1.1.1'] } },
    ],
    [
      { network: { gateway: '10.10.0.9' } },
      { dns_servers: ['1.1.1.1'] },
      { network: { gateway: '10.10.0.9', dns: ['1.1.1.1'] } },
    ],
  ])('%j and %j', (known, parameters, settings) =>
    expect(settingsOf(known, { ...opened, ...parameters })).toEqual(settings),
  )
})

it.each([
  ['docker.io/library/alpine:3.20', 'docker_io_library_alpine_3_20'],
  ['alpine', 'alpine'],
  [`h/${'x'.repeat(80)}@sha256:${'0'.repeat(64)}`, '0'.repeat(63)],
])('the name of an image without one: %s', (reference, name) => expect(nameOf(reference)).toBe(name))
