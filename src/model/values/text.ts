/**
 * What each kind of text that people write may hold: the one definition for stack files (as formats of the schema), variables, command
 * lines, environment files and image configurations.
 */

/** C0 and C1 controls, line and paragraph separators, and halves of surrogate pairs, which UTF-8 cannot write. */
const controls = '\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\p{Cs}'
/** Tokens (`tokens.ts`) are allowed where any text is. */
const token = '\\u0001[^\\u0001\\u0002]*\\u0002'

/** Texts of these characters, and of tokens. The loops never overlap: a long text costs no more than its length. */
const of = (characters: string, least = 0): RegExp =>
  new RegExp(`^${least > 0 ? `(?=.|${token})` : ''}[${characters}]*(?:${token}[${characters}]*)*$`, 'su')

export interface TextKind {
  readonly pattern: RegExp
  /** What it is called in a sentence. */
  readonly noun: string
  /** What it may hold, as a sentence. */
  readonly rule: string
}

const hostLabel = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?'

/** Kinds of text by their name, which is their `format` in schemas/stack.schema.json. */
export const textKinds = {
  /** A value of the environment, a label's or an annotation's value. */
  value: {
    pattern: of('^\\u0000-\\u0002\\p{Cs}'),
    noun: 'a value',
    rule: 'It may hold any character but NUL, U+0001 and U+0002.',
  },
  /** One element of argv. */
  argument: {
    pattern: of('^\\u0000-\\u0002\\p{Cs}'),
    noun: 'an argument',
    rule: 'It may hold any character but NUL, U+0001 and U+0002.',
  },
  line: {
    pattern: of(`^${controls}`),
    noun: 'a line of text',
    rule: 'It is one line, without control characters.',
  },
  path: {
    pattern: of(`^${controls}`, 1),
    noun: 'a path',
    rule: 'It is not empty, and one line without control characters.',
  },
  /** Something without blanks, as a resolver option. */
  word: {
    pattern: of(`^${controls}\\s`, 1),
    noun: 'a word',
    rule: 'It is not empty, and has no blanks and no control characters.',
  },
  url: {
    pattern: of(`^${controls}\\s`, 1),
    noun: 'a URL',
    rule: 'It is not empty, and has no blanks and no control characters.',
  },
  /** Key of a label or an annotation. */
  label: {
    pattern: new RegExp(`^[^${controls}=]+$`, 'u'),
    noun: 'the name of a label',
    rule: 'It is not empty, and has no "=" and no control characters.',
  },
  /** Name of an environment variable inside a container. */
  variable: {
    pattern: new RegExp(`^[^${controls}=]+$`, 'u'),
    noun: 'the name of an environment variable',
    rule: 'It is not empty, and has no "=" and no control characters.',
  },
  /** Key of a container, network, volume, image, config or secret. */
  name: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/,
    noun: 'a name',
    rule: 'Names have letters, digits, - and _, start with a letter or digit, and are at most 63 characters long.',
  },
  /** Name of a variable of a stack. */
  identifier: {
    pattern: /^[a-zA-Z_][a-zA-Z0-9_]*$/,
    noun: 'the name of a variable',
    rule: 'It has letters, digits and _, and does not start with a digit.',
  },
  host: {
    pattern: new RegExp(`^(?=.{1,254}$)${hostLabel}(?:\\.${hostLabel})*\\.?$`),
    noun: 'a host name',
    rule: 'Host names have letters, digits, -, _ and dots, and are at most 253 characters long.',
  },
  /** A search domain; the dot alone means none. */
  domain: {
    pattern: new RegExp(`^(?=.{1,254}$)(?:\\.|${hostLabel}(?:\\.${hostLabel})*\\.?)$`),
    noun: 'a domain',
    rule: 'Domains have letters, digits, -, _ and dots, and are at most 253 characters long.',
  },
} as const satisfies Readonly<Record<string, TextKind>>

export type TextKindName = keyof typeof textKinds

export const isTextKind = (name: string): name is TextKindName => Object.hasOwn(textKinds, name)

/** What is wrong with a text of this kind, as the end of a sentence (`holds a line break`); undefined: nothing. */
export function textFault(kind: TextKindName, text: string): string | undefined {
  const { pattern, noun }: TextKind = textKinds[kind]
  if (pattern.test(text)) return undefined
  const bad = [...text.replaceAll(new RegExp(token, 'g'), '')].find(
    (sign) => !pattern.test(sign) && !textKinds.line.pattern.test(sign),
  )
  if (bad !== undefined) return `holds ${characterName(bad)}`
  return text === '' ? `is empty: it is not ${noun}` : `is not ${noun}`
}

/** The same for a text into which nothing is filled in later, as one of an image or of the command line. */
export function plainTextFault(kind: TextKindName, text: string): string | undefined {
  const forbidden = forbiddenCharacter(text)
  return forbidden === undefined ? textFault(kind, text) : `holds ${characterName(forbidden)}`
}

/** The first character of a text that no text of a user's may hold. */
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

/** A character that does not show, in words. */
export function characterName(sign: string): string {
  const code = sign.codePointAt(0) ?? 0
  if (code >= 0xd800 && code <= 0xdfff) return 'half of a surrogate pair, which is not a character'
  return names[sign] ?? `the control character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
