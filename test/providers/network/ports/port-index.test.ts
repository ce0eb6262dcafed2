import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ipOf } from '../../../../src/model/ip/prefix.ts'
import { formatIp } from '../../../../src/model/ip/text.ts'
import { PortIndex } from '../../../../src/model/kinds/port-index.ts'
import { bindingsClash } from '../../../../src/model/kinds/published-ports.ts'
import { duplicatePorts, type Published } from '../../../../src/providers/linux/network/ports/published.ts'
import { web } from '../specs.ts'

const numbered = (position: number): string => formatIp(ipOf('ipv4', BigInt(position)))

const anyPort = fc.record({
  host_ip: fc.constantFrom('0.0.0.0', '127.0.0.1', '127.0.0.2', '::', '::1', '\u0001ref:s/network/lan#gateway\u0002'),
  published: fc.constantFrom(80, 81),
  protocol: fc.constantFrom('tcp', 'udp'),
})

it('the ports that clash with another are found in their order, as by a look at all of them', () =>
  fc.assert(
    fc.property(fc.array(anyPort, { maxLength: 30 }), anyPort, (all, port) => {
      const index = new PortIndex<number>()
      all.forEach((one, position) => {
        index.add(one, position)
      })
      expect([...index.clashing(port)]).toEqual(
        [...all.keys()].filter((position) => bindingsClash(all[position] ?? port, port)),
      )
    }),
  ))

it('a hundred thousand ports are held against each other', () => {
  const index = new PortIndex<number>()
  const clashes = Array.from({ length: 100_000 }, (_, position) => {
    const port = { host_ip: numbered(position + 1), published: 80, protocol: 'tcp' }
    const { value } = index.clashing(port).next()
    index.add(port, position)
    return value
  })
  expect(clashes.filter((other) => other !== undefined)).toEqual([])
})

it('of ten thousand new ports those that clash are told', () => {
  const published = (host_ip: string): Published => ({
    member: web(),
    port: { host_ip, published: 80, target: 80, protocol: 'tcp' },
  })
  const added = Array.from({ length: 10_000 }, (_, position) => published(numbered(position + 1)))
  expect(duplicatePorts(added, added)).toEqual([])
  expect(duplicatePorts(added, [published('0.0.0.8'), ...added])).toMatchObject([
    { code: 'port-taken', message: expect.stringContaining('0.0.0.8:80/tcp') },
  ])
})

it('ports of the two families are apart; a reference to a gateway is one to an IPv4 address', () => {
  const port = (host_ip: string) => ({ host_ip, published: 80, protocol: 'tcp' })
  expect(bindingsClash(port('::'), port('::1'))).toBe(true)
  expect(bindingsClash(port('::'), port('127.0.0.1'))).toBe(false)
  expect(bindingsClash(port('0.0.0.0'), port('::1'))).toBe(false)
  expect(bindingsClash(port('0.0.0.0'), port('\u0001ref:s/network/lan#gateway\u0002'))).toBe(true)
})
