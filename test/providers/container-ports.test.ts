import { expect, it } from 'vitest'
import type { PublishedPort } from '../../src/model/kinds/network.ts'
import { portCandidates } from '../../src/providers/linux/network/ports/container-ports.ts'
import { networkSpec, owned } from '../specs.ts'

const port = (published: number): PublishedPort => ({ host_ip: '127.0.0.1', published, target: 80, protocol: 'tcp' })
const member = (container: `${string}/container/${string}`, published: number) => ({
  container,
  ip: '10.0.0.2',
  mac: '',
  names: [],
  ports: [port(published)],
})

it('only ports that a container does not have yet are checked, against those of other stacks', () => {
  const members = [member('a/container/web', 80), member('a/container/old', 81), member('b/container/web', 82)]
  const observed = new Map([
    ['a/network/lan', owned({ kind: 'network', address: 'a/network/lan', spec: networkSpec({ members }) })] as const,
  ])
  const { added, others } = portCandidates('a/container/web', [port(80), port(81), port(82)], observed)
  expect(added.map(({ port: { published } }) => published)).toEqual([81, 82])
  // Another container of the same stack may give up its port in the same run.
  expect(others.map(({ member: { container } }) => container)).toEqual(['b/container/web'])
})
