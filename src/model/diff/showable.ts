import { redactedForPeople, referencedAddresses } from '../tokens.ts'
import { contentSummary } from '../values/content.ts'
import { mapStrings } from '../values/map-strings.ts'

/** In the place of a value that is known only after the plan is applied. */
export const unknown = 'known after apply'

/** A value whose texts may be shown: sensitive parts hidden, references that are not filled in named as such. Pure. */
export const showable = <T>(value: T): T =>
  mapStrings(value, (text) =>
    referencedAddresses(text).length > 0 ? `(${unknown})` : redactedForPeople(contentSummary(text) ?? text),
  )
