import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toText } from '../../../../src/model/ip/ipv4.ts'
import { PortIndex } from '../../../../src/model/kinds/port-index.ts'
import { clash } from '../../../../src/model/kinds/published-ports.ts'
import { doublePorts, type Published } from '../../../../src/providers/linux/network/ports/published.ts'
import { web } from '../specs.ts'

const anyPort = fc.record({
  host_ip: fc.constantFrom('0.0.0.0', '127.0.0.1', '127.0.0.2'),
  published: fc.constantFrom(80, 81),
  protocol: fc.constantFrom('tcp', 'udp'),
})

it('the ports that clash with another are found in their order, as by a look at all of them', () =>
  fc.assert(
    fc.property(fc.array(anyPort, { maxLength: 30 }), anyPort, (all, port) => {
      const index = new PortIndex<number>()
      all.forEach((one, at) => {
        index.add(one, at)
      })
      expect([...index.clashing(port)]).toEqual([...all.keys()].filter((at) => clash(all[at] ?? port, port)))
    }),
  ))

it('a hundred thousand ports are held against each other', () => {
  const index = new PortIndex<number>()
  const clashes = Array.from({ length: 100_000 }, (_, at) => {
    const port = { host_ip: toText(at + 1), published: 80, protocol: 'tcp' }
    const { value } = index.clashing(port).next()
    index.add(port, at)
    return value
  })
  expect(clashes.filter((other) => other !== undefined)).toEqual([])
})

it('of ten thousand new ports those that clash are told', () => {
  const published = (host_ip: string): Published => ({
    member: web(),
    port: { host_ip, published: 80, target: 80, protocol: 'tcp' },
  })
  const added = Array.from({ length: 10_000 }, (_, at) => published(toText(at + 1)))
  expect(doublePorts(added, added)).toEqual([])
  expect(doublePorts(added, [published('0.0.0.8'), ...added])).toMatchObject([
    { code: 'port-taken', message: expect.stringContaining('0.0.0.8:80/tcp') },
  ])
})
