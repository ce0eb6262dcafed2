/**
 * The characters that each kind of text may contain. Stack files (as formats of the schema), variables, command lines, environment files
 * and image configurations use these definitions.
 */

/** C0 and C1 controls, line and paragraph separators, and lone surrogates, which UTF-8 cannot encode. */
const controls = '\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\p{Cs}'
/** Tokens (`tokens.ts`) are allowed in every kind of text. */
const token = '\\u0001[^\\u0001\\u0002]*\\u0002'

/** Matches texts of these characters and tokens. No character matches in two ways, so the time is linear in the length of the text. */
const of = (characters: string, least = 0): RegExp =>
  new RegExp(`^${least > 0 ? `(?=.|${token})` : ''}[${characters}]*(?:${token}[${characters}]*)*$`, 'su')

export interface TextKind {
  readonly pattern: RegExp
  /** The name of the kind in a sentence. */
  readonly noun: string
  /** The rule, as a sentence. */
  readonly rule: string
}

const hostLabel = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?'

/** Kinds of text by their name, which is their `format` in schemas/stack.schema.json. */
export const textKinds = {
  /** The value of an environment variable, a label or an annotation. */
  value: {
    pattern: of('^\\u0000-\\u0002\\p{Cs}'),
    noun: 'a value',
    rule: 'It may contain any character except NUL, U+0001 and U+0002.',
  },
  /** One element of argv. */
  argument: {
    pattern: of('^\\u0000-\\u0002\\p{Cs}'),
    noun: 'an argument',
    rule: 'It may contain any character except NUL, U+0001 and U+0002.',
  },
  line: {
    pattern: of(`^${controls}`),
    noun: 'a line of text',
    rule: 'It must be one line without control characters.',
  },
  path: {
    pattern: of(`^${controls}`, 1),
    noun: 'a path',
    rule: 'It must not be empty, and it must be one line without control characters.',
  },
  /** A text without blanks, such as a resolver option. */
  word: {
    pattern: of(`^${controls}\\s`, 1),
    noun: 'a word',
    rule: 'It must not be empty, and must not contain blanks or control characters.',
  },
  url: {
    pattern: of(`^${controls}\\s`, 1),
    noun: 'a URL',
    rule: 'It must not be empty, and must not contain blanks or control characters.',
  },
  /** Key of a label or an annotation. */
  label: {
    pattern: new RegExp(`^[^${controls}=]+$`, 'u'),
    noun: 'the name of a label',
    rule: 'It must not be empty, and must not contain "=" or control characters.',
  },
  /** Name of an environment variable inside a container. */
  variable: {
    pattern: new RegExp(`^[^${controls}=]+$`, 'u'),
    noun: 'the name of an environment variable',
    rule: 'It must not be empty, and must not contain "=" or control characters.',
  },
  /** Key of a container, network, volume, image, config or secret. */
  name: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/,
    noun: 'a name',
    rule: 'Names consist of letters, digits, - and _, start with a letter or digit, and have at most 63 characters.',
  },
  /** Name of a variable of a stack. */
  identifier: {
    pattern: /^[a-zA-Z_][a-zA-Z0-9_]*$/,
    noun: 'the name of a variable',
    rule: 'It consists of letters, digits and _, and does not start with a digit.',
  },
  host: {
    pattern: new RegExp(`^(?=.{1,254}$)${hostLabel}(?:\\.${hostLabel})*\\.?$`),
    noun: 'a host name',
    rule: 'Host names consist of letters, digits, -, _ and dots, and have at most 253 characters.',
  },
  /** A search domain; the dot alone means none. */
  domain: {
    pattern: new RegExp(`^(?=.{1,254}$)(?:\\.|${hostLabel}(?:\\.${hostLabel})*\\.?)$`),
    noun: 'a domain',
    rule: 'Domains consist of letters, digits, -, _ and dots, and have at most 253 characters.',
  },
} as const satisfies Readonly<Record<string, TextKind>>

export type TextKindName = keyof typeof textKinds

export const isTextKind = (name: string): name is TextKindName => Object.hasOwn(textKinds, name)

/** Checks a text of this kind. Returns the end of a sentence (`contains a line break`), or undefined if the text is valid. */
export function textFault(kind: TextKindName, text: string): string | undefined {
  const { pattern, noun }: TextKind = textKinds[kind]
  if (pattern.test(text)) return undefined
  const bad = [...text.replaceAll(new RegExp(token, 'g'), '')].find(
    (sign) => !pattern.test(sign) && !textKinds.line.pattern.test(sign),
  )
  if (bad !== undefined) return `contains ${characterName(bad)}`
  return text === '' ? `is empty: it is not ${noun}` : `is not ${noun}`
}

/** Checks a text without tokens, such as one of an image or of the command line. */
export function plainTextFault(kind: TextKindName, text: string): string | undefined {
  const forbidden = forbiddenCharacter(text)
  return forbidden === undefined ? textFault(kind, text) : `contains ${characterName(forbidden)}`
}

/** The first character that no text of a user may contain. */
export const forbiddenCharacter = (text: string): string | undefined => /[\u0000-\u0002\p{Cs}]/u.exec(text)?.[0]

const names: Readonly<Record<string, string>> = {
  '\0': 'the character NUL (U+0000)',
  '\t': 'a tab',
  '\n': 'a line break',
  '\r': 'a carriage return (U+000D)',
  '\u001b': 'the control character ESC (U+001B)',
  '\u2028': 'a line break (U+2028)',
  '\u2029': 'a line break (U+2029)',
}

/** The name of an invisible character. */
export function characterName(sign: string): string {
  const code = sign.codePointAt(0) ?? 0
  if (code >= 0xd800 && code <= 0xdfff) return 'half of a surrogate pair, which is not a character'
  return names[sign] ?? `the control character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
