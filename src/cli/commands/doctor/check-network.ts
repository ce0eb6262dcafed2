import { findProgram } from '../../../host/requirements.ts'
import { localHost } from '../../local-host.ts'
import { type Check, passed, problem } from './check.ts'
import { checkFirewall, type Firewall } from './firewall-rules.ts'
import { checkBridgedPackets, checkReversePath, parseDefaultRoutes } from './packet-filters.ts'

/** The programs that print the rules of each variant of iptables. */
const saveOfVariant = { legacy: 'iptables-legacy-save', nft: 'iptables-nft-save' } as const

/** Checks IP forwarding and the firewall. `networks`: the instance has networks. */
export async function checkNetwork(networks: boolean): Promise<readonly Check[]> {
  const forwarding = await checkForwarding(networks)
  if (localHost.system.uid !== 0) return [forwarding]
  const saved = await localHost.query({ program: 'iptables-save', args: [] })
  if (saved.exitCode !== 0) {
    const reason = saved.stderr.trim().split('\n')[0] || 'does not work'
    return [forwarding, problem('iptables', reason, 'Load its modules: `modprobe ip_tables iptable_nat nf_tables`.')]
  }
  const firewall = checkFirewall({ used: saved.stdout, nftChains: await nftChains(), ...(await otherVariant()) })
  const filters = networks ? [await checkBridges(saved.stdout), await checkUplinks()] : []
  return [forwarding, passed('iptables', 'works'), ...firewall, ...filters]
}

async function checkForwarding(networks: boolean): Promise<Check> {
  const on = (await localHost.readFile('/proc/sys/net/ipv4/ip_forward'))?.trim() === '1'
  if (on) return passed('ip_forward', 'on')
  if (!networks) return passed('ip_forward', 'off: the first network turns it on')
  return problem(
    'ip_forward',
    'off, and networks exist: containers cannot reach other hosts or be reached',
    '`heropods doctor --repair`, or `sysctl -w net.ipv4.ip_forward=1`. A file in /etc/sysctl.d may turn it off at each boot.',
  )
}

/** The rules of the variant of iptables that `iptables-save` does not show. */
async function otherVariant(): Promise<Pick<Firewall, 'otherVariant'>> {
  const { stdout } = await localHost.query({ program: 'iptables', args: ['--version'] })
  const program = saveOfVariant[stdout.includes('nf_tables') ? 'legacy' : 'nft']
  if ((await findProgram(localHost, program)) === undefined) return {}
  // `iptables-legacy-save` loads the modules of its tables. Without a loaded table there are no rules.
  if (program === saveOfVariant.legacy && !((await localHost.readFile('/proc/net/ip_tables_names')) ?? '').trim())
    return {}
  return { otherVariant: { program, rules: (await localHost.query({ program, args: [] })).stdout } }
}

async function nftChains(): Promise<string> {
  if ((await findProgram(localHost, 'nft')) === undefined) return ''
  return (await localHost.query({ program: 'nft', args: ['list', 'chains'] })).stdout
}

async function checkBridges(rules: string): Promise<Check> {
  const setting = await localHost.readFile('/proc/sys/net/bridge/bridge-nf-call-iptables')
  return checkBridgedPackets({ filtered: setting?.trim() === '1', rules })
}

/** Rules of routing that every host has: local, main, default. */
const ownRules = 3

async function checkUplinks(): Promise<Check> {
  const ip = (...args: string[]) => localHost.query({ program: 'ip', args })
  const [shown, rules] = await Promise.all([ip('-json', '-4', 'route', 'show', 'default'), ip('-4', 'rule', 'show')])
  const routes = parseDefaultRoutes(shown.stdout)
  // The kernel uses the larger value of an interface and of all.
  const all = await reversePathOf('all')
  const values = await Promise.all(
    routes.map(async ({ dev }) => [dev, Math.max(all, await reversePathOf(dev))] as const),
  )
  return checkReversePath({
    routes,
    otherRules: rules.stdout.trim().split('\n').length > ownRules,
    strict: new Set(values.flatMap(([dev, value]) => (value === 1 ? [dev] : []))),
  })
}

const reversePathOf = async (dev: string): Promise<number> =>
  Number((await localHost.readFile(`/proc/sys/net/ipv4/conf/${dev}/rp_filter`)) ?? 0)
