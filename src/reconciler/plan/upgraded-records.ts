import type { Resource, SecretValues } from '../../model/desired.ts'
import type { Observation } from '../../model/observation.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { type Providers, upgradedSpec } from '../../providers/by-kind.ts'

/** Observed objects, with specs that older versions recorded as this version writes them. Pure. */
export const upgradedObservations = (
  providers: Providers,
  resources: ReadonlyMap<ResourceAddress, Observation>,
  secretValues: SecretValues,
): ReadonlyMap<ResourceAddress, Observation> =>
  new Map(
    [...resources].map(([address, one]) => [
      address,
      one.presence === 'owned' && one.spec !== undefined ? upgradedSpec(providers, one, secretValues) : one,
    ]),
  )

/** The same for desired objects: a rollback uses specs that an older version recorded. Pure. */
export const upgradedResources = (
  providers: Providers,
  desired: ReadonlyMap<ResourceAddress, Resource>,
  secretValues: SecretValues,
): ReadonlyMap<ResourceAddress, Resource> =>
  new Map([...desired].map(([address, one]) => [address, upgradedSpec(providers, one, secretValues)]))
