import type { Address } from '../../model/address.ts'
import type { Resource, SecretValues } from '../../model/desired.ts'
import type { ContainerSpec, InjectedFile } from '../../model/kinds/container.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import { fileContent } from '../../model/values/content.ts'

/**
 * Older versions kept configs from files as tokens, as they keep secrets. Where the file still has the content that such a token stands
 * for, it is written as it is now: an update of HeroPods alone is not a change. Pure.
 */
function readable(spec: ContainerSpec, secretValues: SecretValues): ContainerSpec {
  const upgrade = (file: InjectedFile): InjectedFile => {
    const bytes = file.kind === 'config' ? secretValues.get(file.content) : undefined
    return bytes === undefined ? file : { ...file, content: fileContent(Buffer.from(bytes, 'base64'), file.content) }
  }
  if (!spec.files?.some((file) => upgrade(file) !== file)) return spec
  return { ...spec, files: spec.files.map(upgrade) }
}

/** What was observed, with configs in their readable form. Pure. */
export const observedConfigs = (
  resources: ReadonlyMap<Address, Observation>,
  secretValues: SecretValues,
): ReadonlyMap<Address, Observation> =>
  new Map(
    [...resources].map(([at, one]) =>
      isOwned(one, 'container') && one.spec !== undefined
        ? [at, { ...one, spec: readable(one.spec, secretValues) }]
        : [at, one],
    ),
  )

/** What is wanted, with configs in their readable form: a rollback wants what an older version recorded. Pure. */
export const wantedConfigs = (
  wanted: ReadonlyMap<Address, Resource>,
  secretValues: SecretValues,
): ReadonlyMap<Address, Resource> =>
  new Map(
    [...wanted].map(([at, one]) => [
      at,
      one.kind === 'container' ? { ...one, spec: readable(one.spec, secretValues) } : one,
    ]),
  )
