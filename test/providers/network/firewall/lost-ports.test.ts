import { expect, it } from 'vitest'
import { lostPortTexts } from '../../../../src/model/kinds/text/lost-port-text.ts'
import { networkChain } from '../../../../src/providers/linux/network/firewall/chain-names.ts'
import { lostPorts } from '../../../../src/providers/linux/network/firewall/iptables/lost-ports.ts'
import { renderRestore } from '../../../../src/providers/linux/network/firewall/iptables/restore.ts'
import { parseSaved } from '../../../../src/providers/linux/network/firewall/iptables/saved-rules.ts'
import { firewallRules } from '../../../../src/providers/linux/network/firewall/rules.ts'
import { lan, network } from '../specs.ts'
import { afterRestore, savedText } from './iptables.ts'
import { opening, renderRules } from './rendered.ts'

const instance = '01234567'
const member = (name: string, ip: string, host_ip: string, published: number) => ({
  container: `s/container/${name}` as const,
  ip,
  mac: '',
  names: [name],
  ports: [{ host_ip, published, target: 80, protocol: 'tcp' }] as const,
})
const networks = new Map([
  [
    lan,
    network({ members: [member('web', '10.66.0.2', '127.0.0.1', 8081), member('edge', '10.66.0.3', '0.0.0.0', 80)] }),
  ],
])
const builtIn = parseSaved('*raw\n:PREROUTING\n*filter\n:FORWARD\n*nat\n:PREROUTING\n:OUTPUT\n:POSTROUTING\n')
const complete = savedText(
  afterRestore(
    builtIn,
    renderRestore(renderRules(instance, networks), parseSaved(':'), `HEROPODS-${instance}-`, opening),
  ),
)
const chain = (letter: 'F' | 'D'): string => networkChain(instance, lan, letter)

const [web, edge] = ['port 127.0.0.1:8081 does not lead to web', 'port 0.0.0.0:80 does not lead to edge']

it.each([
  ['no rule is missing', /^never$/, []],
  ['a rule of one port is deleted', new RegExp(`-A ${chain('D')} .*8081`), [web]],
  ['the chain of a network is flushed', new RegExp(`-A ${chain('D')} `), [web, edge]],
  ['the filter no longer lets a port in', new RegExp(`-A ${chain('F')} .*10\\.66\\.0\\.2`), [web]],
  ['the filter is flushed, and blocks nothing', new RegExp(`-A ${chain('F')} `), []],
  ['the jump to a network is deleted', new RegExp(`-A HEROPODS-${instance}-DNAT`), [web, edge]],
  ['the jump of packets from other hosts is deleted', /-A PREROUTING .*-DNAT/, [`${edge} from other hosts`]],
  ['the jump of packets from this host is deleted', /-A OUTPUT /, [web, `${edge} from this host`]],
  ['all jumps are deleted', /-A (OUTPUT|PREROUTING) /, [web, edge]],
] as const)('%s', (_, removed, expected) => {
  const lines = complete.split('\n').filter((line) => !removed.test(line))
  const found = lostPortTexts(lostPorts(firewallRules(instance, networks), parseSaved(lines.join('\n'))))
  expect([...found].sort()).toEqual([...expected].sort())
})

it('very many ports are counted', () => {
  const port = { host_ip: '127.0.0.1', published: 1, target: 1, protocol: 'udp' } as const
  const texts = lostPortTexts(Array.from({ length: 7 }, () => ({ container: 's/container/a', port })))
  expect(texts.slice(4)).toEqual([
    'port 127.0.0.1:1/udp does not lead to a',
    '2 more published ports do not lead to their containers',
  ])
})
