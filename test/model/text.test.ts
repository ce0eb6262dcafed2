import { describe, expect, it } from 'vitest'
import { forbiddenCharacter, type TextKindName, textFault, textKinds } from '../../src/model/values/text.ts'

const fine: readonly (readonly [TextKindName, string])[] = [
  ['value', ''],
  ['value', 'two\nlines\twith \u001b[31mcolour\u001b[0m'],
  ['value', '\u0001ref:a/container/db#ip\u0002:5432'],
  ['argument', 'sh -c "a\nb"'],
  ['line', ''],
  ['line', 'größe 🐳 مرحبا'],
  ['line', 'a\u0001ref:a/container/db#ip\u0002b\u0001sensitive:00\u0002'],
  ['path', '/srv/my data'],
  ['word', 'ndots:2'],
  ['label', 'com.example/team'],
  ['variable', 'my.var-1'],
  ['name', 'constructor'],
  ['host', 'db.example.com.'],
  ['host', '_sip.example'],
  ['url', 'https://example.com/a?b=c'],
]

const bad: readonly (readonly [TextKindName, string, string])[] = [
  ['value', 'a\0b', 'contains the character NUL (U+0000)'],
  ['value', '\u0085\n\u0001ref:a/container/b#ip\u0002\0', 'contains the character NUL (U+0000)'],
  ['value', '\u0001sensitive:', 'contains the control character U+0001'],
  ['value', 'a\ud800', 'contains half of a surrogate pair, which is not a character'],
  ['argument', '\u0002', 'contains the control character U+0002'],
  ['line', 'a\nb', 'contains a line break'],
  ['line', 'a\rb', 'contains a carriage return (U+000D)'],
  ['line', 'a\u001b[2Jb', 'contains the control character ESC (U+001B)'],
  ['line', 'a\u0085b', 'contains the control character U+0085'],
  ['line', 'a\u2028b', 'contains a line break (U+2028)'],
  ['line', 'a\tb', 'contains a tab'],
  ['path', '', 'is empty: it is not a path'],
  ['path', '/a\0', 'contains the character NUL (U+0000)'],
  ['word', 'a b', 'is not a word'],
  ['label', 'a=b', 'is not the name of a label'],
  ['label', 'a\nb', 'contains a line break'],
  ['variable', '', 'is empty: it is not the name of an environment variable'],
  ['variable', 'a=b', 'is not the name of an environment variable'],
  ['name', '__proto__', 'is not a name'],
  ['name', 'a\n', 'contains a line break'],
  ['host', 'a b', 'is not a host name'],
  ['host', 'a\nb', 'contains a line break'],
  ['host', `${'a'.repeat(64)}.b`, 'is not a host name'],
  ['url', 'https://example.com/\nb', 'contains a line break'],
]

describe('kinds of text', () => {
  for (const [kind, text] of fine)
    it(`${JSON.stringify(text)} is ${textKinds[kind].noun}`, () => expect(textFault(kind, text)).toBeUndefined())
  for (const [kind, text, fault] of bad)
    it(`${JSON.stringify(text)}, as ${textKinds[kind].noun}, ${fault}`, () => expect(textFault(kind, text)).toBe(fault))

  it('a long text costs no more than its length', () => {
    const long = 'a'.repeat(1_000_000)
    for (const kind of Object.keys(textKinds) as TextKindName[]) textFault(kind, `${long}\0`)
  })

  it('NUL, the two signs of tokens and half a character are in no text of a user’s', () => {
    expect(['\0', '\u0001', '\u0002', '\ud800x', 'a\nb', '🐳'].map(forbiddenCharacter)).toEqual([
      '\0',
      '\u0001',
      '\u0002',
      '\ud800',
      undefined,
      undefined,
    ])
  })
})
