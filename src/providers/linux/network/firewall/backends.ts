import type { FirewallBackend } from './backend.ts'
import { iptables } from './iptables/iptables.ts'

/** The backend that this host's rules are kept in. */
export const firewallBackend: FirewallBackend = iptables
