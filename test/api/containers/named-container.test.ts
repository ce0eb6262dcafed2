import { expect, it } from 'vitest'
import { containerNamed } from '../../../src/api/containers/named-container.ts'
import { resourceAddress } from '../../../src/model/resource-address.ts'

const web = resourceAddress('shop', 'container', 'web')
const all = [web, resourceAddress('blog', 'container', 'db'), resourceAddress('wiki', 'container', 'db')]

it('finds one container, and suggests a similar name', () => {
  expect(containerNamed(all, 'web')).toBe(web)
  expect(() => containerNamed(all, 'wbe')).toThrow('There is no container "wbe". Did you mean "web"?')
  expect(() => containerNamed(all, 'shop/wbe')).toThrow('Did you mean "shop/web"?')
  expect(() => containerNamed(all, 'db')).toThrow('several containers: blog/container/db, wiki/container/db')
})
