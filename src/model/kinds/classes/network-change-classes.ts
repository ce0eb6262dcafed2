import type { ChangeClass } from '../../change.ts'
import type { NetworkSpec } from '../network.ts'

/** The change class of each field. */
export const networkClasses: Readonly<Record<keyof NetworkSpec, ChangeClass>> = {
  driver: 'replace',
  bridge: 'replace',
  subnet: 'replace',
  gateway: 'replace',
  internal: 'live',
  // The links of running containers have the same MTU.
  mtu: 'replace',
  dns: 'live',
  exclude: 'live',
  labels: 'live',
  members: 'live',
  hosts: 'live',
}

const known: Readonly<Record<string, ChangeClass>> = networkClasses

/** The change class of a field; undefined: there is no such field. Pure. */
export const networkClassOf = (field: string): ChangeClass | undefined => known[field]
