import { describe, expect, it } from 'vitest'
import { nftMonitor } from '../../src/providers/linux/network/firewall/iptables/monitor.ts'
import { linkMonitor, type Monitor, mountMonitor } from '../../src/watch/signals/monitors.ts'

const paths = { instance: 'default', id: '9fe4de25', data: '/var/lib/hero pods/default', run: '/run/heropods/default' }

const places = { namespaces: '/run/netns/hp9fe4de25+' }

/** Lines as the programs write them, and whether they concern us. */
const lines: readonly (readonly [Pick<Monitor, 'concerns'>, string, boolean])[] = [
  [linkMonitor, '[nsid current]5: hv1ad37939557f@if2: <BROADCAST,UP> mtu 1500 master hp2643e91a282c state UP', true],
  [linkMonitor, '[nsid current]Deleted 4: heropods0    inet 10.10.0.1/24 scope global heropods0', true],
  [linkMonitor, '[nsid current]9: veth7a6c1f2@if8: <BROADCAST> mtu 1500 master docker0 state UP', false],
  [linkMonitor, '[nsid 0]Deleted default via 10.73.0.1 dev uplink0 ', true],
  [linkMonitor, '[nsid current]inet all forwarding off ', true],
  [linkMonitor, '[nsid current]inet uplink0 forwarding off ', false],
  [nftMonitor, 'delete rule ip nat HEROPODS-9fe4de25-DNAT handle 5', true],
  [nftMonitor, 'add table ip filter', true],
  [nftMonitor, '# new generation 9 by process 19469 (nft)', false],
  [nftMonitor, 'add element inet zz s { 1.2.3.4 }', false],
  [nftMonitor, 'add rule inet firewalld filter_INPUT accept', false],
  [mountMonitor(paths, places), 'umount /var/lib/hero\\x20pods/default/containers/test/app/root', true],
  [mountMonitor(paths, places), 'umount /run/netns/hp9fe4de25+test+app', true],
  [mountMonitor(paths, places), 'umount /run/netns/hpffffffff+test+app', false],
  [mountMonitor(paths, places), 'mount /var/lib/docker/overlay2/1f/merged', false],
]

describe('lines of monitors', () => {
  for (const [monitor, line, concerns] of lines)
    it(`${concerns ? 'counts' : 'does not count'}: ${line}`, () => expect(monitor.concerns(line)).toBe(concerns))
})
