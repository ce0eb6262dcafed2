import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { LocalReader } from '../../src/host/local.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { parseAs } from '../../src/model/values/shape.ts'
import { readContext } from '../../src/providers/contexts.ts'
import { readOutput } from '../../src/providers/linux/container/health/record.ts'
import { readRecord, readRunning } from '../../src/providers/linux/container/record.ts'
import { readClaims, readImageConfig } from '../../src/providers/linux/image/store.ts'
import { readNetworkRecords } from '../../src/providers/linux/network/records/records.ts'
import { listVolumes } from '../../src/providers/linux/volume/observe.ts'
import { type DamagedField, type Fields, hashNames, RecordReader } from '../../src/state/record-reader.ts'
import { storedEvent, watchRecordField } from '../../src/state/watch-shapes.ts'

/** What an earlier version (commit 7b36ab5) left on disk and in Redis. */
const left = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/records-of-7b36ab5.json'), 'utf8')) as {
  readonly files: Fields
  readonly redis: Readonly<Record<string, Fields>> & { readonly events: readonly string[] }
}

const base = mkdtempSync(join(tmpdir(), 'older-records-'))
const paths = { instance: 'default', id: '0a1b2c3d', data: join(base, 'data'), run: join(base, 'run') }
for (const [name, text] of Object.entries(left.files)) {
  mkdirSync(dirname(join(base, name)), { recursive: true })
  writeFileSync(join(base, name), text)
}
afterAll(() => rmSync(base, { recursive: true }))

const container = 'one/container/a' as ResourceAddress
const digest = 'sha256:23eae9c653baf4bcbc44d2d99f1764425eb61ddbb6f0c699398776f3c9a6d757'

describe('records of an earlier version', () => {
  it('on disk are read', async () => {
    const host = new LocalReader()
    const read = readContext(host, paths)
    const networks = await readNetworkRecords(host, paths)
    expect(networks.get('one/network/lan' as ResourceAddress)?.members.map(({ ip }) => ip)).toEqual([
      '10.62.0.2',
      '10.62.0.3',
      '10.62.0.4',
    ])
    expect((await readRecord(host, paths, container))?.spec.environment).toEqual({ A: '2' })
    expect((await readRunning(host, paths, container))?.id).toBe('one_a-2')
    expect((await readRunning(host, paths, 'one/container/job' as ResourceAddress))?.id).toBe('one_job-1')
    expect(await readOutput({ host, paths }, 'one_a-2')).toBe('')
    expect((await readClaims(read)).size).toBe(1)
    expect((await readImageConfig(host, paths, digest)).Cmd).toEqual(['sh'])
    expect((await listVolumes(read)).get('one/volume/data' as ResourceAddress)).toMatchObject({ unrecorded: false })
    expect([...host.damage]).toEqual([])
  })

  it('in Redis are read', async () => {
    const damaged: DamagedField[] = []
    const reader = new RecordReader(
      {
        readHashes: async (names) => names.map((name) => left.redis[name] ?? {}),
        readFields: async (name, fields) => fields.map((field) => left.redis[name]?.[field] ?? null),
      },
      (one) => damaged.push(one),
    )
    for (const name of hashNames) expect(Object.keys(left.redis[name] ?? {}), name).not.toEqual([])
    expect(reader.inventoryOf(left.redis.inventory ?? {}).size).toBe(7)
    expect(
      reader
        .leasesOf(left.redis.leases ?? {})
        .map(({ ip }) => ip)
        .sort(),
    ).toEqual(['10.62.0.2', '10.62.0.3', '10.62.0.4'])
    expect((await reader.generations()).map(({ generation, result }) => [generation, result])).toEqual([
      [1, 'done'],
      [2, 'done'],
    ])
    expect((await reader.plan(2))?.summary.recreate).toBe(1)
    const { document, patches } = await reader.history()
    expect([...document.keys(), ...patches.keys()]).toEqual(['one', 1, 2])
    expect((await reader.records(['one'])).size).toBe(1)
    expect((await reader.sealed()).size).toBe(1)
    expect(damaged).toEqual([])
  })

  it('of watch, and events, are read', () => {
    for (const [field, text] of Object.entries(left.redis.stacks ?? {}))
      expect(parseAs(watchRecordField(field), text), field).not.toHaveProperty('problem')
    for (const text of left.redis.events) expect(parseAs(storedEvent, text)).not.toHaveProperty('problem')
  })
})
