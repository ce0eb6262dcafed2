import { expect, it } from 'vitest'
import { sensitiveToken } from '../../src/model/tokens.ts'
import { secretParts } from '../../src/providers/linux/container/health/secrets-hidden.ts'

const token = sensitiveToken('a'.repeat(64))

it.each([
  ['a value that is a secret', token, 'hunter2', ['hunter2']],
  ['a part of a value', `postgres://app:${token}@db/(x)`, 'postgres://app:hunter2@db/(x)', ['hunter2']],
  ['all of a value that is not as its template', `a${token}`, 'hunter2', ['hunter2']],
  ['nothing of a value without secrets', 'debug', 'debug', []],
] as const)('%s', (_, template, value, parts) => expect(secretParts(template, value)).toEqual(parts))
