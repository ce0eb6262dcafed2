import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, test } from 'vitest'

let keyOf: (event: object) => string

beforeAll(async () => {
  const script = (name: string): string =>
    pathToFileURL(join(import.meta.dirname, '../../src/watch/http/page', name)).href
  ;({ keyOf } = await import(script('events.js')))
})

test('Events of different commits have rows of their own; another number of failures is the same row', () => {
  const event = (message: string, id?: string) => ({
    type: 'stack.progressing',
    stack: 'shop',
    message,
    ...(id && { commit: { id } }),
  })
  const key = keyOf(event('Applying 1 change.', '326f5e8'))
  expect(keyOf(event('Applying 1 change.', '326f5e8'))).toBe(key)
  expect(keyOf(event('Applying 1 change.', '5d0cd9d'))).not.toBe(key)
  expect(keyOf(event('Applying 1 change.'))).not.toBe(key)
  expect(keyOf(event('No network (3 failures)'))).toBe(keyOf(event('No network (2 failures)')))
})
