import { settingsFault, settingsShape } from '../../../../model/instance/check-settings.ts'
import type { InstanceSettings } from '../../../../model/instance/settings.ts'
import { both, listOf, mapOf, nullable, object, type Shape, text } from '../../../../model/values/shape.ts'
import { copyShape, type RecordsCopy } from '../../../../state/records-copy.ts'
import { isStackName } from '../../../../state/suspensions.ts'

/** Definitions of programs and scripts: the JSON text of each, by its name. */
type Definitions = Readonly<Record<string, string>>

/** All that an export of an instance has of it. */
export interface BackupContent {
  readonly settings: InstanceSettings
  /** The key of the instance in hexadecimal digits. Sensitive values of `records` are sealed under it. */
  readonly key: string
  readonly definitions: { readonly containers: Definitions; readonly images: Definitions }
  /** Generations, addresses and sealed values; null: nothing was applied yet. */
  readonly records: RecordsCopy | null
  /** The JSON text of the plan of each generation, by its number. */
  readonly plans: Readonly<Record<string, string>>
  /** Stacks that `heropods suspend` has suspended. */
  readonly suspended: readonly string[]
}

const matching =
  (isValid: (text: string) => boolean, problem: string): Shape<string> =>
  (value) =>
    typeof value === 'string' && isValid(value) ? undefined : problem

const keysMatching =
  (isValid: (text: string) => boolean): Shape =>
  (value) => {
    const wrong = Object.keys(value ?? {}).find((name) => !isValid(name))
    return wrong === undefined ? undefined : `has an entry ${JSON.stringify(wrong)}`
  }

/** Definitions become files with these names. */
const isDefinitionName = (name: string): boolean => /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/.test(name)
const definitions = both<Definitions>(mapOf(text), keysMatching(isDefinitionName))

/** The shape of a content. Names that become file names are checked too. */
export const contentShape: Shape<BackupContent> = object({
  settings: both(settingsShape, (value) => settingsFault(value as InstanceSettings)?.message),
  key: matching((key) => /^[0-9a-f]{64}$/.test(key), 'is not a key of 32 bytes'),
  definitions: object({ containers: definitions, images: definitions }),
  records: nullable(copyShape),
  plans: both(
    mapOf(text),
    keysMatching((name) => /^[1-9]\d{0,14}$/.test(name)),
  ),
  suspended: listOf(matching(isStackName, 'is not the name of a stack')),
})
