import { describe, expect, it } from 'vitest'
import { defaultName, namedVolumes } from '../../../src/api/run/build.ts'
import { addressNamed, containerOfStacks, similarContainer } from '../../../src/api/run/find.ts'
import { runNetworks } from '../../../src/api/run/networks.ts'
import type { Resource } from '../../../src/model/desired.ts'
import type { HistoryDocument } from '../../../src/model/generation.ts'
import { defaultNetwork } from '../../../src/model/kinds/network.ts'
import type { Observation } from '../../../src/model/observation.ts'
import type { ResourceAddress } from '../../../src/model/resource-address.ts'
import { containerSpec, imageSpec, ownedContainer } from '../../specs.ts'

const record = (...addresses: ResourceAddress[]) => ({
  desiredHash: null,
  resources: Object.fromEntries(addresses.map((address) => [address, {}])),
})
const document: HistoryDocument = new Map([
  ['shop', record('shop/container/web.1', 'shop/container/web.2', 'shop/container/db', 'shop/image/nginx')],
  ['blog', record('blog/container/db')],
])

describe('the container that a name means', () => {
  it('is the first replica, with or without its stack', () => {
    expect(addressNamed(document, 'web')).toBe('shop/container/web.1')
    expect(addressNamed(document, 'shop/web.2')).toBe('shop/container/web.2')
    expect(addressNamed(document, 'blog/db')).toBe('blog/container/db')
  })

  it('is none for an image, and refused if it is not certain', () => {
    expect(addressNamed(document, 'nginx')).toBeUndefined()
    expect(addressNamed(document, 'library/nginx')).toBeUndefined()
    expect(() => addressNamed(document, 'db')).toThrow('in several stacks')
    expect(() => addressNamed(document, 'shop/webs')).toThrow('The stack shop has no container "webs".')
  })
})

it('the container of stack files is found by name, with its image', () => {
  const container = { kind: 'container', address: 'shop/container/web.1', spec: containerSpec() } as const
  const image = { kind: 'image', address: container.spec.image, spec: imageSpec() } as const
  const resources = new Map<ResourceAddress, Resource>([
    [container.address, container],
    [image.address, image],
  ])
  const stacks = [{ name: 'shop', resources, inactive: ['shop/container/dev' as const] }]
  const desired = { stacks, secretValues: new Map() }
  expect(containerOfStacks(desired, 'web')).toMatchObject({ container, image })
  expect(() => containerOfStacks(desired, 'wbe')).toThrow('have no container "wbe".')
  expect(() => containerOfStacks(desired, 'shop/wbe')).toThrow('The stack shop has no container "wbe".')
})

it('the container of which a name is a typing error is named; a reference with a registry or a tag is not one', () => {
  expect(similarContainer(document, 'wbe')).toBe('shop/web')
  expect(similarContainer(document, 'wbe:1')).toBeUndefined()
  expect(similarContainer(document, 'docker.io/wbe')).toBeUndefined()
  expect(similarContainer(document, 'ngin')).toBeUndefined()
  expect(similarContainer(document, 'redis')).toBeUndefined()
})

describe('the networks of a run', () => {
  const observed: Observation = ownedContainer(containerSpec())
  const observations = new Map<ResourceAddress, Observation>([
    ['shop/network/lan', observed],
    ['blog/network/lan', observed],
    ['shop/network/back', observed],
    [defaultNetwork, observed],
    ['shop/container/db', observed],
  ])

  it('are the default, modes, networks of stacks, or that of another container', () => {
    expect(runNetworks([], observations)).toEqual({ fields: {}, networks: {} })
    const ofInstance = { fields: { network_mode: 'bridge' }, networks: {} }
    expect(runNetworks(['bridge'], observations)).toEqual(ofInstance)
    expect(runNetworks(['heropods0'], observations)).toEqual(ofInstance)
    expect(runNetworks(['none'], observations).fields).toEqual({ network_mode: 'none' })
    expect(runNetworks(['back', 'blog/lan'], observations)).toEqual({
      fields: { networks: ['network-0', 'network-1'] },
      networks: {
        'network-0': { external: true, name: 'shop/back' },
        'network-1': { external: true, name: 'blog/lan' },
      },
    })
    expect(runNetworks(['container:db'], observations).mode).toBe('container:shop/container/db')
  })

  it('are refused if they are unknown, ambiguous or exclude each other', () => {
    expect(() => runNetworks(['bcak'], observations)).toThrow('There is no network "bcak"')
    expect(() => runNetworks(['lan'], observations)).toThrow('several networks')
    expect(() => runNetworks(['back', 'host'], observations)).toThrow('cannot be used with another network')
  })
})

it('a name is that of the image or container, with random digits', () => {
  expect(defaultName('docker.io/library/nginx:1.27')).toMatch(/^nginx-[0-9a-f]{6}$/)
  expect(defaultName('x-app@sha256:00')).toMatch(/^app-[0-9a-f]{6}$/)
  expect(defaultName('web.1')).toMatch(/^web-1-[0-9a-f]{6}$/)
  expect(defaultName('')).toMatch(/^run-[0-9a-f]{6}$/)
  expect(defaultName('a'.repeat(90)).length).toBeLessThanOrEqual(63)
})

it('a source of a volume that is not a path is the name of a volume', () => {
  expect(namedVolumes({ volumes: ['data:/data', './x:/x', '/y:/y', '~/z:/z', '/anonymous'] })).toEqual(['data'])
  expect(namedVolumes({ volumes: [{ type: 'volume', source: 'more', target: '/more' }, 'more:/again:ro'] })).toEqual([
    'more',
  ])
  expect(namedVolumes({})).toEqual([])
})
