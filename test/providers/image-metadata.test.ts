import { expect, it } from 'vitest'
import type { ArchiveEntry } from '../../src/providers/linux/image/archive-entries.ts'
import {
  metadataFault,
  metadataName,
  metadataText,
  parseMetadata,
} from '../../src/providers/linux/image/named/metadata.ts'

const entry = (fields: Partial<ArchiveEntry> = {}): ArchiveEntry => ({
  type: '-',
  name: metadataName,
  rawName: metadataName,
  size: 10,
  ...fields,
})

it('a configuration is the same after it was written and read, and equal ones have equal texts', () => {
  const config = { Cmd: ['a', 'b "c"'], Labels: { z: '', a: '1' }, Healthcheck: { Test: ['CMD', 'x'], Retries: 2 } }
  expect(parseMetadata(metadataText(config))).toEqual({ value: config })
  expect(metadataText({ Labels: { a: '1', z: '' }, Cmd: ['x'] })).toBe(
    metadataText({ Cmd: ['x'], Labels: { z: '', a: '1' } }),
  )
})

it.each([
  ['{', 'is not JSON'],
  ['{"apiVersion":"heropods/image/v1"}', 'has a wrong value: /config is not an object'],
  ['{"apiVersion":"heropods/image/v1","config":{"Cmd":"sh"}}', 'has a wrong value: /config/Cmd is not a list'],
  ['{"apiVersion":"heropods/image/v2","config":{}}', 'has the version "heropods/image/v2"'],
])('%s is refused', (json, problem) => {
  expect(parseMetadata(json).problem).toContain(problem)
})

it('only a small regular file at the start of the archive can be the configuration', () => {
  expect(metadataFault(entry(), 1)).toBeUndefined()
  expect(metadataFault(entry({ name: 'etc/.heropods-image.json', type: 'l' }), 9)).toBeUndefined()
  for (const [bad, position] of [
    [entry(), 2],
    [entry({ type: 'l', target: '/etc/shadow' }), 1],
    [entry({ type: 'p' }), 1],
    [entry({ size: 2 ** 20 + 1 }), 1],
  ] as const)
    expect(metadataFault(bad, position)).toContain(metadataName)
})
