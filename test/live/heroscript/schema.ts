import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect } from 'vitest'

const folder = join(import.meta.dirname, '../../../schemas/output')

/** Expects that data follows a schema of the output of a command. */
export function expectSchema(name: string, data: unknown): void {
  const text = readFileSync(join(folder, `${name}.schema.json`), 'utf8')
  const check = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(text) as object)
  expect(check(data), JSON.stringify(check.errors)).toBe(true)
}
