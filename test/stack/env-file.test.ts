import { expect, it } from 'vitest'
import { parseEnvFile } from '../../src/stack/interpolate/env-file.ts'
import { stackFolder } from './support.ts'

const { container, problems } = stackFolder()

it.each<[string, string, Record<string, string>]>([
  ['blank lines and comments', '\n# a\n  # b\n\nA=1\n#end', { A: '1' }],
  ['export, and names that only begin so', 'export A=1\nexport\tB=2\nexport=3', { A: '1', B: '2', export: '3' }],
  ['blanks around the equals sign', 'A = 1\n  B=2  \nC=\t3', { A: '1', B: '2', C: '3' }],
  ['a colon in its place', 'A: 1\nB:2\nURL=http://a:80', { A: '1', B: '2', URL: 'http://a:80' }],
  ['nothing', 'A=\nB= \nC=""\nD=\'\'\nE= # note', { A: '', B: '', C: '', D: '', E: '' }],
  [
    'comments behind values',
    'A=a # b\nB=a#b\nC="a" # b\nD=\'a # b\' # c\nE=#b\nF=a\t# b',
    { A: 'a', B: 'a#b', C: 'a', D: 'a # b', E: '#b', F: 'a' },
  ],
  ['quotes inside a value', 'A=it\'s "so"\nB={"a": "b", "c": 1}', { A: 'it\'s "so"', B: '{"a": "b", "c": 1}' }],
  [
    'values of several lines',
    'A="one\ntwo=3\n\n# not a comment"\nB=\'x\ny\'\nC=4',
    { A: 'one\ntwo=3\n\n# not a comment', B: 'x\ny', C: '4' },
  ],
  [
    'escapes in double quotes',
    `${String.raw`A="a\tb\nc\"d\\e\$f\0101\q"`}\nB="end\\\\"`,
    { A: 'a\tb\nc"d\\e$fA\\q', B: 'end\\' },
  ],
  ['none in single quotes but the quote', String.raw`A='a\tb\'c\\'`, { A: "a\\tb'c\\\\" }],
  ['none without quotes', String.raw`A=a\tb\\`, { A: 'a\\tb\\\\' }],
  ['dollar signs as they are', 'A=$B ${C} $$\nB="$B ${C} $$"\nC=\'$$\'', { A: '$B ${C} $$', B: '$B ${C} $$', C: '$$' }],
  ['files from Windows', '\ufeffA=1\r\nB="x\r\ny"\r\nC=\r\n', { A: '1', B: 'x\ny', C: '' }],
  ['the last of one name', 'A=1\nA=2', { A: '2' }],
  ['names with dots, hyphens, digits', 'a.b-c_1=x\n1A=y', { 'a.b-c_1': 'x', '1A': 'y' }],
  [
    'names of prototypes',
    '__proto__=1\ntoString=2',
    Object.fromEntries([
      ['__proto__', '1'],
      ['toString', '2'],
    ]),
  ],
])('an env file may have %s', (_, text, expected) => {
  expect(parseEnvFile(text)).toEqual(expected)
})

it.each([
  ['A=1\nB', 'line 2 has the name B without a value'],
  ['export B', 'line 1 has the name B without a value'],
  ['A=1\n\n=2', 'line 3 is not NAME=VALUE'],
  ['A B=2', 'line 1 is not NAME=VALUE'],
  ['A="x\ny\n', 'line 1 opens a quote (") that is never closed'],
  ["A=1\nB='x", "line 2 opens a quote (') that is never closed"],
  ['A="x\ny"z', 'line 2 has "z" after the closing quote'],
  ['-----BEGIN KEY-----\nabc==\n', 'line 1 is not NAME=VALUE'],
])('%j is refused with its line', (text, message) => {
  expect(() => parseEnvFile(text)).toThrow(message)
})

it('a long file takes no longer than its length', () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `A${index}="${'x'.repeat(20)}" # ${' '.repeat(50)}`)
  expect(Object.keys(parseEnvFile(lines.join('\n')))).toHaveLength(100_000)
  expect(() => parseEnvFile(`${' '.repeat(200_000)}=`)).toThrow('line 1')
})

it('its values reach the environment, and what is wrong with it is shown where the stack names it', async () => {
  const yaml = 'containers: { a: { image: busybox, env_file: [a.env], environment: { B: over } } }'
  const { environment } = await container(yaml, { beside: { 'a.env': 'A="x\ny"\nB=under\n' } })
  expect(environment).toEqual({ A: 'x\ny', B: 'over' })
  expect((await problems(yaml, { beside: { 'a.env': 'A=1\nB' } })).join()).toMatch(
    /^bad-env-file at 1:47: The env_file \S*a.env: line 2 has the name B without a value. -> /,
  )
})

it('a pointer of Git LFS in its place is told as that alone', async () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 5\n`
  for (const stated of ['a.env', '[a.env]', '[{ path: a.env, required: false }]'])
    expect(
      await problems(`containers: { a: { image: busybox, env_file: ${stated} } }`, { beside: { 'a.env': pointer } }),
    ).toEqual([expect.stringMatching(/^git-lfs-pointer at 1:4\d: /)])
})
