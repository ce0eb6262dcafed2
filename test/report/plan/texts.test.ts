import { describe, expect, it } from 'vitest'
import { quoted } from '../../../src/model/command/quoted.ts'
import { parseDuration, parseSize, sizeText } from '../../../src/model/values/units.ts'
import { durationText, shortDigest } from '../../../src/report/plan/fields/units.ts'
import { shortAddresses, shortNames } from '../../../src/report/plan/names.ts'
import { shortPair } from '../../../src/report/plan/shown-text.ts'

describe('values in the units of a stack file', () => {
  it.each([0, 1, 1023, 1024, 1536, 70_000_001, 64 * 2 ** 20, 1.5 * 2 ** 30, 2 ** 40])(
    '%d bytes can be read back',
    (bytes) => {
      expect(parseSize(sizeText(bytes).replace(/ bytes$/, ''))).toBe(bytes)
    },
  )

  it.each([0, 1, 999, 1000, 1500, 90_000, 3_600_000, 5_400_000, 86_399_999])('%d ms can be read back', (time) => {
    expect(parseDuration(durationText(time))).toBe(time)
  })

  it.each([
    [64 * 2 ** 20, '64M'],
    [1.5 * 2 ** 30, '1536M'],
    [-1, 'unlimited'],
  ])('%d bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text))

  it('a digest has 12 characters', () => expect(shortDigest(`sha256:${'ab'.repeat(32)}`)).toBe('abababababab'))
})

describe('a command', () => {
  it.each([
    [['sh', '-c', 'echo a && b'], "sh -c 'echo a && b'"],
    [['echo', "it's", ''], "echo 'it'\\''s' ''"],
    [['httpd', '-f', '--port=80', '/srv/a.b', '~'], 'httpd -f --port=80 /srv/a.b ~'],
    [['\u0001sensitive:0\u0002'], "'\u0001sensitive:0\u0002'"],
    [[`--token=\u0001sensitive:${'0'.repeat(64)}\u0002`], `--token=\u0001sensitive:${'0'.repeat(64)}\u0002`],
  ])('%j is quoted as in a shell', (words, text) => expect(quoted(words)).toBe(text))
})

describe('names', () => {
  it.each([
    [['app.1', 'app.2', 'app.3'], 'app.1-3'],
    [['app.3', 'app.1', 'app.5', 'app.2'], 'app.1-3,5'],
    [['db', 'app.2'], 'db, app.2'],
    [['web-01', 'web-02'], 'web-01, web-02'],
    [
      Array.from({ length: 15 }, (_, index) => `${'abcdefghijklmno'[index]}`),
      'a, b, c, d, e, f, g, h, i, j, k, l and 3 more',
    ],
  ])('%j in short', (names, text) => expect(shortNames(names)).toBe(text))

  it('addresses have their stack and kind once', () =>
    expect(shortAddresses(['s/container/a.1', 's/container/a.2'])).toBe('s/container/a.1-2'))
})

it('of two long values the part that differs is shown', () => {
  const [before, after] = shortPair(`${'x'.repeat(500)}a tail`, `${'x'.repeat(500)}b tail`)
  expect(before).toMatch(/^\.\.\.x{114}a tail$/)
  expect(after).toMatch(/^\.\.\.x{114}b tail$/)
})
