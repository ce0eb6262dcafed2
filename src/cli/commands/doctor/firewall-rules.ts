import { type Check, passed, problem, warning } from './check.ts'

/** The firewall of a host, as its programs print it. */
export interface Firewall {
  /** Output of `iptables-save`, which HeroPods uses. */
  readonly used: string
  /**
   * The output of the variant of iptables that `iptables-save` is not (`iptables-legacy-save` or `iptables-nft-save`), and its name. The
   * kernel has separate rules for each variant. undefined: not installed.
   */
  readonly otherVariant?: { readonly program: string; readonly rules: string }
  /** Output of `nft list chains`; '' if nft is not installed. */
  readonly nftChains: string
}

/** Checks for rules outside the chains of HeroPods that stop the traffic of containers. Pure. */
export const checkFirewall = (firewall: Firewall): readonly Check[] => {
  const found = [...otherVariantChecks(firewall), ...managers(firewall), ...droppingChains(firewall)]
  return found.length > 0 ? found : [passed('firewall', 'no other rules stop the traffic of containers')]
}

const hasRules = (saved: string): boolean => /^-A /m.test(saved)

function otherVariantChecks({ used, otherVariant }: Firewall): readonly Check[] {
  if (otherVariant === undefined) return []
  const { program, rules } = otherVariant
  const variant = program.replace(/-save$/, '')
  const drops = /^:FORWARD DROP/m.test(tableOf(rules, 'filter'))
  const fix = `Remove the rules that \`${program}\` shows, or choose one variant with \`update-alternatives --config iptables\`.`
  if (drops)
    return [problem('firewall', `the chain FORWARD of ${variant} drops all packets that its rules do not accept`, fix)]
  if (!hasRules(rules) || !hasRules(used)) return []
  return [warning('firewall', `${variant} has rules, too: every packet must pass them and those of \`iptables\``, fix)]
}

/** The part of a saved rule set that belongs to one table. */
const tableOf = (saved: string, table: string): string =>
  saved.split(/^(?=\*)/m).find((part) => part.startsWith(`*${table}\n`)) ?? ''

/** Firewall managers whose reload removes or reorders rules of others, or that reject forwarded packets in a table of their own. */
function managers({ used, nftChains }: Firewall): readonly Check[] {
  const checks: Check[] = []
  if (/^table inet firewalld\b/m.test(nftChains))
    checks.push(
      warning(
        'firewall',
        'firewalld rejects forwarded packets of interfaces that are in no zone',
        '`firewall-cmd --permanent --zone=trusted --add-source=SUBNET && firewall-cmd --reload`; `heropods network ls` lists the subnets.',
      ),
    )
  if (
    /^-A ufw-before-forward\b/m.test(used) &&
    /^:FORWARD DROP/m.test(tableOf(used, 'filter')) &&
    !/^-A FORWARD .*HEROPODS-/m.test(used)
  )
    checks.push(
      warning(
        'firewall',
        'ufw drops forwarded packets, and no rule of HeroPods is in front of it',
        '`heropods apply` writes missing rules. Run it again after `ufw reload`, or let `heropods watch` do it.',
      ),
    )
  return checks
}

/** Chains of nftables for forwarded packets with the policy drop, in tables that iptables does not show. */
function droppingChains({ nftChains }: Firewall): readonly Check[] {
  const checks: Check[] = []
  let table = ''
  for (const line of nftChains.split('\n')) {
    table = /^table (\S+ \S+)/.exec(line)?.[1] ?? table
    const drops = /hook forward .*policy drop/.test(line)
    if (drops && !/^ip6? filter$/.test(table) && !table.endsWith(' firewalld'))
      checks.push(
        problem(
          'firewall',
          `the table ${table} of nftables drops all forwarded packets that its own rules do not accept`,
          `Run \`nft list table ${table}\`, and accept packets from and to the subnets of \`heropods network ls\` in this table.`,
        ),
      )
  }
  return checks
}
