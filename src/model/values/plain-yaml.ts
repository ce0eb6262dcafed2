/** Texts that YAML reads as a string without quotes, also inside `{ }` and `[ ]`. */
const plain = /^[A-Za-z/][A-Za-z0-9_./-]*(:[A-Za-z0-9_./-]+)*$/
/** Words that YAML, or an older version of it, reads as another type. */
const typed = /^(true|false|null|yes|no|on|off|y|n)$/i

/** A string as a YAML scalar for one line: without quotes where that is safe. Pure. */
export const plainYaml = (text: string): string => (plain.test(text) && !typed.test(text) ? text : JSON.stringify(text))
