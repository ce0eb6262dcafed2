import type { HostReader } from '../../../../../host/host.ts'
import { findProgram } from '../../../../../host/requirements.ts'
import type { RuleMonitor } from '../../../../operations.ts'

/** The rules of HeroPods are in the tables of iptables. Sets and other tables belong to other programs. */
export const nftMonitor: RuleMonitor = {
  program: 'nft',
  args: ['monitor'],
  concerns: (line) => /^\w+ (table|chain|rule) ip (raw|filter|nat)\b/.test(line),
}

/** Follows changes of rules; a text: the reason why this host does not report them. The legacy kind of iptables has no events. */
export async function ruleMonitor(host: HostReader): Promise<RuleMonitor | string> {
  if ((await findProgram(host, 'nft')) === undefined) return 'no nft'
  const { stdout } = await host.query({ program: 'iptables-save', args: ['--version'] })
  return stdout.includes('nf_tables') ? nftMonitor : 'iptables uses its legacy backend'
}
