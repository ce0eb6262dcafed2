import { expect, it } from 'vitest'
import { formatStack } from '../../src/stack/format/format-stack.ts'
import { expandDocument } from '../../src/stack/read/expand-document.ts'
import { parseAllDocuments } from '../../src/stack/read/yaml.ts'
import { corpus, mutatedStack } from '../fuzz/fuzz-stacks.ts'

/** All documents as data, with the source texts of numbers; undefined: it is not valid YAML. */
function meaning(text: string): unknown {
  try {
    const documents = [parseAllDocuments(text, { version: '1.2', merge: true, uniqueKeys: false })].flat()
    return documents.some((one) => one.errors.length > 0) ? undefined : documents.map((one) => expandDocument(one))
  } catch {
    return undefined
  }
}

it('fields get the order of the schema, names and lists keep theirs', async () => {
  expect(
    await formatStack(`containers:
    z:   {ports: [ '80:80','81:81' ],  image: busybox}
    a:
        command: [ "b", "a" ]
        image: busybox
kind: Stack
metadata: {name: x}
apiVersion:   heropods/v1
`),
  ).toBe(`apiVersion: heropods/v1
kind: Stack
metadata: { name: x }
containers:
  z: { image: busybox, ports: ['80:80', '81:81'] }
  a:
    image: busybox
    command: ["b", "a"]
`)
})

it('a document has the order of the reference', async () => {
  const keys = [
    ...['containers: {}', 'secrets: {}', 'configs: {}', 'volumes: {}', 'images: {}', 'networks: {}', 'variables: {}'],
    ...['reconcile: {}', 'include: []', 'metadata: { name: x }', 'kind: Stack', 'apiVersion: heropods/v1'],
  ]
  expect(await formatStack(`${keys.join('\n')}\n`)).toBe(`${keys.toReversed().join('\n')}\n`)
})

it('comments go with their fields', async () => {
  expect(
    await formatStack(`# yaml-language-server: $schema=x.json
# A stack.

kind: Stack # always
# The version.
apiVersion: heropods/v1
`),
  ).toBe(`# yaml-language-server: $schema=x.json
# A stack.

# The version.
apiVersion: heropods/v1
kind: Stack # always
`)
})

it('an anchor stays before its alias', async () => {
  const text = `x-env: &env { A: 1 }
containers:
  b: { environment: &e { B: 007 }, image: busybox }
  a: { environment: *e, image: busybox }
`
  expect(await formatStack(text)).toBe(text)
})

it('texts that look like numbers keep their quotes', async () => {
  const text = 'containers:\n  a: { user: "007", command: ["yes", "1e3", "null"], hostname: plain }\n'
  const formatted = await formatStack(text)
  expect(meaning(formatted)).toEqual(meaning(text))
  expect(formatted).toContain('user: "007"')
})

it('every example, bad input and mutated stack keeps its meaning, and a second run changes nothing', async () => {
  const mutated = Array.from({ length: 150 }, (_, seed) => mutatedStack(seed + 1))
  let valid = 0
  for (const text of [...corpus.filter((one) => one.length < 20_000), ...mutated]) {
    const before = meaning(text)
    if (before === undefined) continue
    valid += 1
    const once = await formatStack(text)
    expect(meaning(once)).toEqual(before)
    expect(await formatStack(once), once).toBe(once)
  }
  expect(valid).toBeGreaterThan(200)
}, 60_000)
