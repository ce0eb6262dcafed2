import type { FirewallBackend } from './backend.ts'
import { iptables } from './iptables/iptables.ts'

/** The backend of this host. */
export const firewallBackend: FirewallBackend = iptables
