import { expect, it } from 'vitest'
import { isOwnImage, mayChangeUnlabelled, ownImage } from '../../src/model/ownership.ts'

const owner = 'pulumi/infra/dev'

it('an object under the own name of an owner is the owner’s, also before a record says so', () => {
  expect(mayChangeUnlabelled('pulumi~infra~dev/network/lan', owner)).toBe(true)
  expect(mayChangeUnlabelled('pulumi~infra~prod/network/lan', owner)).toBe(false)
  expect(mayChangeUnlabelled('shop/network/lan', owner)).toBe(false)
  expect(mayChangeUnlabelled('pulumi~infra~dev/network/lan', undefined)).toBe(false)
})

it('the default network is free for all', () => {
  expect(mayChangeUnlabelled('default/network/heropods0', owner)).toBe(true)
  expect(mayChangeUnlabelled('default/network/heropods0', undefined)).toBe(true)
})

it('an image that a container names by reference is its own, and no image of another container or stack', () => {
  const image = ownImage('s/container/web', 'docker.io/library/nginx:latest')
  expect(isOwnImage(image, 's/container/web')).toBe(true)
  expect(isOwnImage(image, 's/container/eb')).toBe(false)
  expect(isOwnImage(image, 't/container/web')).toBe(false)
  expect(isOwnImage('s/image/web', 's/container/web')).toBe(false)
})
