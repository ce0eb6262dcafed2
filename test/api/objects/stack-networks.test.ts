import { expect, it } from 'vitest'
import { withStackNetworks } from '../../../src/api/objects/stack-networks.ts'

it('networks of stacks become external networks, in lists and in maps', () => {
  const lan = { 'network-0': { external: true, name: 'shop/lan' } }
  expect(withStackNetworks({ networks: ['shop/lan', 'shop/lan'], init: true })).toEqual({
    fields: { networks: ['network-0'], init: true },
    networks: lan,
  })
  expect(withStackNetworks({ networks: { 'shop/lan': { aliases: ['db'] }, 'b/lan': null } })).toEqual({
    fields: { networks: { 'network-0': { aliases: ['db'] }, 'network-1': null } },
    networks: { ...lan, 'network-1': { external: true, name: 'b/lan' } },
  })
  expect(withStackNetworks({ init: true })).toEqual({ fields: { init: true }, networks: {} })
})

it('other names are refused', () => {
  for (const name of ['lan', 'default', '', 'a/b/c', '/lan', 'shop/'])
    expect(() => withStackNetworks({ networks: [name] })).toThrow(/not the network of a stack/)
})
