import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it, vi } from 'vitest'
import outputSchema from '../../schemas/output/explain.schema.json' with { type: 'json' }
import schema from '../../schemas/stack.schema.json' with { type: 'json' }
import { reasonsNamed, statusesNamed } from '../../src/cli/commands/tools/condition-reasons.ts'
import { errorEntries } from '../../src/cli/commands/tools/error-entries.ts'
import { fieldsNamed } from '../../src/cli/commands/tools/explain.ts'
import { languageFields } from '../../src/cli/commands/tools/language-fields.ts'
import { runProgram } from '../../src/cli/program/program.ts'
import { containerClasses } from '../../src/model/kinds/classes/container-change-classes.ts'
import { networkClasses } from '../../src/model/kinds/classes/network-change-classes.ts'

const all = languageFields()
const explained = (name: string) => fieldsNamed(name, all).map((one) => [one.field, one.class, one.change])

/** Names of all properties anywhere in a part of the schema. */
function names(part: unknown): readonly string[] {
  if (part === null || typeof part !== 'object') return []
  const own = 'properties' in part ? Object.keys(part.properties as object) : []
  return [...own, ...Object.values(part).flatMap(names)]
}

/** The reasons in the source of conditions, holds and sources: `reason: 'Word'`, `hold('Word'`, `GitFailure('Word'`. */
const writtenReasons = (): readonly string[] => {
  const root = join(import.meta.dirname, '../../src')
  const files = ['watch/source', 'watch/status', 'watch/controller'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
  )
  const text = [...files, join(root, 'reconciler/engine/watch-records.ts')].map((file) => readFileSync(file, 'utf8'))
  const found = text.join('\n').matchAll(/(?:reason: |hold\(|GitFailure\()\s*'([A-Z][A-Za-z]+)'/g)
  return [...new Set([...found].map(([, reason = '']) => reason))]
}

/** Of events alone. */
const eventReasons = new Set(['Settled', 'Read'])

describe('explain', () => {
  it('knows every reason that status, /readyz and the page print', async () => {
    const written = writtenReasons()
    expect(written).toEqual(
      expect.arrayContaining(['RemoteUnreachable', 'PathMissing', 'MassDeletion', 'RolledBack', 'Proving']),
    )
    const entries = await errorEntries()
    const unknown = written.filter((one) => !eventReasons.has(one) && reasonsNamed(one, entries).length === 0)
    expect(unknown).toEqual([])
  })

  it('knows every field of the schema by its own name', () => {
    const known = new Set(all.flatMap(({ field }) => field.split('.')))
    expect(names(schema).filter((name) => name !== 'services' && !known.has(name))).toEqual([])
    for (const name of new Set(names(schema)))
      if (name !== 'services') expect(fieldsNamed(name, all), name).not.toEqual([])
  })

  it('says of each what it means and what a change does', () => {
    for (const { field, description, change } of all) {
      expect(change, field).not.toBe('')
      if (change === 'see the fields below it') expect(['metadata', 'networks', 'containers']).toContain(field)
      if (field !== 'containers') expect(description.length, field).toBeGreaterThan(3)
    }
  })

  it('says the classes that plans go by', () => {
    const classes = new Map(all.map((one) => [one.field, one.class]))
    for (const [kind, table] of [
      ['containers', containerClasses],
      ['networks', networkClasses],
    ] as const)
      for (const [field, changeClass] of Object.entries(table))
        if (classes.has(`${kind}.${field}`)) expect(classes.get(`${kind}.${field}`), field).toBe(changeClass)
  })

  it('finds fields by any end of their path, and below services', () => {
    expect(explained('mem_limit')).toEqual([['containers.mem_limit', 'live', 'process untouched']])
    expect(explained('healthcheck.interval')).toEqual([
      ['containers.healthcheck.interval', 'live', 'process untouched'],
    ])
    expect(explained('services.image')[0]?.slice(0, 2)).toEqual(['containers.image', 'recreate'])
    expect(explained('subnet')[0]?.slice(0, 2)).toEqual(['networks.subnet', 'replace'])
    expect(explained('interval').map(([field]) => field)).toEqual([
      'reconcile.interval',
      'containers.healthcheck.interval',
    ])
    expect(explained('nonsense')).toEqual([])
    expect(explained('toString')).toEqual([])
  })

  it.each([
    ['containers.env_file', 'recreate', 'new process'],
    ['containers.extends.file', null, 'the imported fields change'],
    ['containers.profiles', null, 'with an active profile'],
    ['containers.deploy.replicas', null, 'replicas are created or removed'],
    ['containers.deploy.resources.limits.memory', 'live', 'process untouched'],
    ['containers.deploy.update_config', null, 'it is refused'],
    ['containers.depends_on.restart', null, 'it is refused'],
    ['containers.networks.ipv4_address', 'recreate', 'new process'],
    ['containers.networks.aliases', 'live', 'process untouched'],
    ['containers.pull_policy', 'live', 'process untouched'],
    ['volumes.protect', 'live', 'process untouched'],
    ['reconcile.mode', null, '`heropods watch` uses it'],
    ['variables.default', null, 'every field that refers'],
    ['images.ref', 'recreate', 'new process'],
    ['configs.content', 'recreate', 'new process'],
    ['include.path', null, 'the imported fields change'],
    ['metadata.name', null, 'this is another stack'],
  ] as const)('%s', (field, changeClass, change) => {
    expect(explained(field)).toEqual([[field, changeClass, expect.stringContaining(change)]])
  })
})

describe('explain REASON', () => {
  const page = (name: string): string => readFileSync(join(import.meta.dirname, '../..', name), 'utf8')

  it('knows every reason that a status or its documentation can contain', async () => {
    const entries = await errorEntries()
    const sources = ['conditions', 'container-trouble'].map((name) => page(`src/watch/status/${name}.ts`)).join('\n')
    const holds = /type HoldReason = (.*)/.exec(page('src/watch/controller/decide.ts'))?.[1] ?? ''
    const rows = page('docs/troubleshooting.md')
      .split('\n')
      .filter((line) => /^\| `[A-Z]/.test(line))
    const written = [
      ...[...sources.matchAll(/(?:reason: |[?:,] )'([A-Z][a-z]+[A-Za-z]*)'/g)],
      ...[...holds.matchAll(/'(\w+)'/g)],
      ...[...rows.join('\n').matchAll(/`([A-Z]\w+)`/g)],
    ].map(([, reason = '']) => reason)
    const found = new Set(written)
    for (const reason of ['CrashLoop', 'MassDeletion', 'RolledBack', 'Proving', 'AsStated'])
      expect([...found]).toContain(reason)
    const unknown = [...found].filter(
      (name) => reasonsNamed(name, entries).length === 0 && !entries.some(({ code }) => code === name.toLowerCase()),
    )
    expect(unknown).toEqual([])
  })

  it('has the texts of an error code for a reason that is one', async () => {
    const entries = await errorEntries()
    const code = entries.find((one) => one.code === 'image-pull-failed')
    expect(reasonsNamed('ImagePullFailed', entries)).toEqual([
      { reason: 'ImagePullFailed', meaning: code?.meaning, fix: code?.fix },
    ])
    expect(reasonsNamed('crashloop', entries)[0]?.reason).toBe('CrashLoop')
    expect(reasonsNamed('constructor', entries)).toEqual([])
  })
})

describe('explain STATUS', () => {
  it.each(['Ready', 'Progressing', 'Waiting', 'Degraded', 'Held', 'Undone', 'undone'])('knows %s', (word) => {
    const [found, ...others] = statusesNamed(word)
    expect(found?.status.toLowerCase()).toBe(word.toLowerCase())
    expect(others).toEqual([])
  })

  it('leaves the words that are reasons to the reasons', async () => {
    const entries = await errorEntries()
    for (const word of ['Suspended', 'Drifted']) {
      expect(statusesNamed(word)).toEqual([])
      expect(reasonsNamed(word, entries)).toHaveLength(1)
    }
  })
})

describe('explain CODE', () => {
  /** What the command prints, and its exit code. */
  async function run(...args: readonly string[]) {
    const printed: string[] = []
    const take = (text: string | Uint8Array): boolean => printed.push(String(text)) > 0
    const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(take))
    try {
      return { exitCode: await runProgram(['explain', ...args]), text: printed.join('') }
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
  }

  it('prints the meaning of a status, and gives it as JSON', async () => {
    const { exitCode, text } = await run('Undone')
    expect(exitCode).toBe(0)
    expect(text).toMatch(/^Undone \(status of a stack\)\n {2}The last change failed .*\n {2}-> Correct the files\./)
    const json: unknown = JSON.parse((await run('Held', '--json')).text)
    expect(json).toMatchObject({ fields: [], statuses: [{ status: 'Held' }] })
    expect(new Ajv().validate(outputSchema, json)).toBe(true)
  })

  it('prints the entry of an error code', async () => {
    const { exitCode, text } = await run('lock-held')
    expect(exitCode).toBe(0)
    expect(text).toMatch(
      /^lock-held \(error code\)\n {2}Another run holds .*\n {2}Usual causes:\n( {4}- .*\n)+ {2}-> .*unlock.*\n$/,
    )
  })

  it('prints it as JSON', async () => {
    const { text } = await run('redis-lost', '--json')
    const data = JSON.parse(text)
    expect(new Ajv({ allowUnionTypes: true }).validate(outputSchema, data)).toBe(true)
    expect(data).toMatchObject({ fields: [], errors: [{ code: 'redis-lost', group: 'Records and Redis' }] })
    expect(JSON.parse((await run('mem_limit', '--json')).text)).toEqual({ fields: [expect.anything()] })
  })

  it('prints both where a field and a code have the same name', async () => {
    const { fields, errors } = JSON.parse((await run('timeout', '--json')).text)
    expect(fields.length).toBeGreaterThan(0)
    expect(errors).toHaveLength(1)
  })

  it('prints a reason, also as JSON', async () => {
    const { exitCode, text } = await run('CrashLoop')
    expect(exitCode).toBe(0)
    expect(text).toMatch(
      /^CrashLoop \(reason of a condition\)\n {2}A container was .*\n {2}-> See `heropods logs`.*\n$/,
    )
    const data = JSON.parse((await run('OutOfMemory', '--json')).text)
    expect(new Ajv({ allowUnionTypes: true }).validate(outputSchema, data)).toBe(true)
    expect(data).toMatchObject({ fields: [], reasons: [{ reason: 'OutOfMemory' }] })
    expect((await run('CrashLop')).text).toContain('Did you mean "CrashLoop"?')
  })

  it('proposes the code that was probably meant', async () => {
    const { exitCode, text } = await run('lock-hold')
    expect(exitCode).toBe(3)
    expect(text).toContain('Did you mean "lock-held"?')
  })
})
