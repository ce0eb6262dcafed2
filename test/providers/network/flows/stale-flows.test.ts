import { describe, expect, it } from 'vitest'
import type { NetworkSpec, PublishedPort } from '../../../../src/model/kinds/network.ts'
import type { ResourceAddress } from '../../../../src/model/resource-address.ts'
import {
  parseFlows,
  type Removed,
  removedBetween,
  staleFlows,
} from '../../../../src/providers/linux/network/flows/stale-flows.ts'
import { lan, network, web } from '../specs.ts'

const port = (more: Partial<PublishedPort> = {}): PublishedPort => ({
  host_ip: '192.0.2.1',
  published: 5353,
  target: 53,
  protocol: 'udp',
  ...more,
})
const on = (ip: string, ...ports: readonly PublishedPort[]): ReadonlyMap<ResourceAddress, NetworkSpec> =>
  new Map([[lan, network({ members: [web({}, { ip, ports })] })]])
const nothing: ReadonlyMap<ResourceAddress, NetworkSpec> = new Map([[lan, network({ members: [] })]])
const line = (src: string, dst: string, sport: number, dport: number, answerer: string, from: number): string =>
  `udp      17 29 src=${src} dst=${dst} sport=${sport} dport=${dport} src=${answerer} dst=${src} sport=${from} dport=${sport} [ASSURED] mark=0 use=1`
const isLocal = (ip: string): boolean => ip === '192.0.2.1' || ip.startsWith('127.')

/** From which ports of their senders the flows are that end. */
const ended = (
  flows: readonly string[],
  before: ReadonlyMap<ResourceAddress, NetworkSpec>,
  after: ReadonlyMap<ResourceAddress, NetworkSpec>,
): readonly number[] => {
  const removed: Removed = removedBetween(before, after) ?? { ports: [], ips: [] }
  return staleFlows(parseFlows(flows.join('\n')), after, removed, isLocal).map(({ sport }) => sport)
}

const toA = line('192.0.2.2', '192.0.2.1', 1, 5353, '10.66.0.2', 53)
const toHost = line('192.0.2.2', '192.0.2.1', 2, 5353, '192.0.2.1', 5353)
const toB = line('192.0.2.2', '192.0.2.1', 3, 5353, '10.66.0.3', 53)
const through = line('10.66.0.9', '198.51.100.9', 4, 5353, '198.51.100.9', 5353)
const otherPort = line('192.0.2.2', '192.0.2.1', 5, 5354, '10.66.0.2', 53)
const others = line('192.0.2.2', '203.0.113.1', 6, 5353, '10.99.0.2', 53)
const loop = line('127.0.0.1', '127.0.0.1', 7, 5353, '127.0.0.1', 5353)
const all = [toA, toHost, toB, through, otherPort, others, loop]

describe('udp flows', () => {
  it('that began before a port was published end when it is', () =>
    expect(ended([toHost, through, otherPort, others], nothing, on('10.66.0.2', port()))).toEqual([2]))

  it('to a port that moves end, but those that lead where it is now', () => {
    const both = (who: 'a' | 'b'): ReadonlyMap<ResourceAddress, NetworkSpec> =>
      new Map([
        [
          lan,
          network({
            members: [
              web({}, { ports: who === 'a' ? [port()] : [] }),
              web({}, { container: 's/container/b', ip: '10.66.0.3', ports: who === 'b' ? [port()] : [] }),
            ],
          }),
        ],
      ])
    expect(ended([toA, toHost, toB, through, otherPort, others], both('a'), both('b'))).toEqual([1, 2])
  })

  it('to a port that goes end', () =>
    expect(ended([toA, toHost, through, others, loop], on('10.66.0.2', port()), on('10.66.0.2'))).toEqual([1]))

  it('to a container’s other port go on', () =>
    expect(
      ended([toA, line('192.0.2.2', '192.0.2.1', 8, 5353, '10.66.0.2', 54)], on('10.66.0.2', port()), on('10.66.0.2')),
    ).toEqual([1]))

  it('to and from an address that goes end', () =>
    expect(
      ended(
        [toA, toB, otherPort, line('10.66.0.2', '198.51.100.9', 9, 99, '198.51.100.9', 99)],
        on('10.66.0.2'),
        nothing,
      ),
    ).toEqual([1, 5, 9]))

  it('of a port on all addresses are those to addresses of the host, and no others', () =>
    expect(ended(all, nothing, on('10.66.0.2', port({ host_ip: '0.0.0.0' })))).toEqual([2, 3, 7]))

  it('are looked at for nothing else', () => {
    const tcp = port({ protocol: 'tcp' })
    expect(removedBetween(on('10.66.0.2', port()), on('10.66.0.2', port()))).toBeUndefined()
    expect(removedBetween(on('10.66.0.2'), on('10.66.0.2', tcp))).toBeUndefined()
    expect(removedBetween(on('10.66.0.2'), on('10.66.0.2', port()))).toEqual({ ports: [], ips: [] })
    expect(removedBetween(on('10.66.0.2'), on('10.66.0.3'))).toEqual({ ports: [], ips: ['10.66.0.2'] })
  })

  it('are read from what conntrack prints, but for zones of others and what is no flow', () => {
    const text = [
      toA,
      'udp      17 9 src=127.0.0.1 dst=127.0.0.1 sport=4 dport=11 [UNREPLIED] src=127.0.0.1 dst=127.0.0.1 sport=11 dport=4 mark=0 use=1',
      `${toB} zone=7`,
      'udp 17 29 src=fe80::1 dst=fe80::2 sport=1 dport=2 src=fe80::2 dst=fe80::1 sport=2 dport=1 use=1',
      'nonsense',
      '',
    ]
    expect(parseFlows(text.join('\n'))).toEqual([
      { src: '192.0.2.2', dst: '192.0.2.1', sport: 1, dport: 5353, answer: { src: '10.66.0.2', sport: 53 } },
      { src: '127.0.0.1', dst: '127.0.0.1', sport: 4, dport: 11, answer: { src: '127.0.0.1', sport: 11 } },
    ])
  })
})
