import { redactedText, referencedAddresses } from '../tokens.ts'
import { contentSummary } from '../values/content.ts'
import { mapStrings } from '../values/map-strings.ts'

/** The text in place of a value that is known only after the plan is applied. */
export const unknown = 'known after apply'

/** A value that may be shown: sensitive parts are hidden, and a text with an unresolved reference becomes `(known after apply)`. Pure. */
export const showable = <T>(value: T): T =>
  mapStrings(value, (text) =>
    referencedAddresses(text).length > 0 ? `(${unknown})` : redactedText(contentSummary(text) ?? text),
  )
