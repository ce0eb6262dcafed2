import { expect, it } from 'vitest'
import { resourceAddress } from '../src/model/resource-address.ts'
import { SensitiveValues } from '../src/model/sensitive.ts'
import { build } from '../src/pulumi/desired.ts'

const address = resourceAddress('program', 'container', 'web')
const built = (inputs: Readonly<Record<string, unknown>>) =>
  build('container', address, inputs, {
    instanceId: 'abcdef',
    sensitive: new SensitiveValues(Buffer.alloc(32)),
    cwd: '/tmp',
  })

it('reports all wrong inputs of a resource at once: the form of one, the rules of another', async () => {
  const { resources, problems } = await built({
    image: 'busybox',
    memLimit: '64q',
    restart: 'allways',
    ports: [':80999'],
    volumes: ['/etc/passwd:relative'],
  })
  expect(resources).toEqual([])
  const messages = problems.map(({ message }) => message).join('\n')
  for (const wrong of ['64q', 'allways', '80999', 'relative']) expect(messages).toContain(wrong)
  expect(messages).not.toContain('mem_limit')
})

it('builds the container and its own image from valid inputs', async () => {
  const { resources, problems } = await built({ image: 'busybox', memLimit: '64m' })
  expect(problems).toEqual([])
  expect(resources.map((one) => one.address)).toContain(address)
})
