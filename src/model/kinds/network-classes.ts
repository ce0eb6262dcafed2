import type { ChangeClass } from '../../model/change.ts'
import type { NetworkSpec } from '../../model/kinds/network.ts'

/** What a change of each field costs. */
export const networkClasses: Readonly<Record<keyof NetworkSpec, ChangeClass>> = {
  driver: 'replace',
  bridge: 'replace',
  subnet: 'replace',
  gateway: 'replace',
  internal: 'live',
  // The links of running containers have it as well.
  mtu: 'replace',
  dns: 'live',
  exclude: 'live',
  labels: 'live',
  members: 'live',
  hosts: 'live',
}

const known: Readonly<Record<string, ChangeClass>> = networkClasses

/** What a change of a field costs; undefined: there is no such field. Pure. */
export const networkClassOf = (field: string): ChangeClass | undefined => known[field]
