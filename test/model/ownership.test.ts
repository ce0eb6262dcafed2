import { expect, it } from 'vitest'
import { isFree } from '../../src/model/ownership.ts'

const owner = 'pulumi/infra/dev'

it('an object under the own name of an owner is the owner’s, also before a record says so', () => {
  expect(isFree('pulumi~infra~dev/network/lan', owner)).toBe(true)
  expect(isFree('pulumi~infra~prod/network/lan', owner)).toBe(false)
  expect(isFree('shop/network/lan', owner)).toBe(false)
  expect(isFree('pulumi~infra~dev/network/lan', undefined)).toBe(false)
})

it('the default network is free for all', () => {
  expect(isFree('default/network/heropods0', owner)).toBe(true)
  expect(isFree('default/network/heropods0', undefined)).toBe(true)
})
