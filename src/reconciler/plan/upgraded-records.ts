import type { Address } from '../../model/address.ts'
import type { Resource, SecretValues } from '../../model/desired.ts'
import type { Observation } from '../../model/observation.ts'
import { type Providers, upgradedSpec } from '../../providers/by-kind.ts'

/** Observed objects, with specs that older versions recorded as this version writes them. Pure. */
export const upgradedObservations = (
  providers: Providers,
  resources: ReadonlyMap<Address, Observation>,
  secretValues: SecretValues,
): ReadonlyMap<Address, Observation> =>
  new Map(
    [...resources].map(([at, one]) => [
      at,
      one.presence === 'owned' && one.spec !== undefined ? upgradedSpec(providers, one, secretValues) : one,
    ]),
  )

/** The same for wanted objects: a rollback wants specs that an older version recorded. Pure. */
export const upgradedResources = (
  providers: Providers,
  wanted: ReadonlyMap<Address, Resource>,
  secretValues: SecretValues,
): ReadonlyMap<Address, Resource> =>
  new Map([...wanted].map(([at, one]) => [at, upgradedSpec(providers, one, secretValues)]))
