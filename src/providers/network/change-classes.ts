import type { ChangeClass } from '../provider.ts'
import type { NetworkSpec } from './spec.ts'

/** What a change of each field costs. `hosts` follows from the members and is not compared. */
export const networkClasses: Readonly<Record<Exclude<keyof NetworkSpec, 'hosts'>, ChangeClass>> = {
  driver: 'replace',
  bridge: 'replace',
  subnet: 'replace',
  gateway: 'replace',
  internal: 'live',
  mtu: 'live',
  dns: 'live',
  exclude: 'live',
  labels: 'live',
  members: 'live',
}
