import { describe, expect, it } from 'vitest'
import schema from '../../schemas/stack.schema.json' with { type: 'json' }
import { fieldsNamed } from '../../src/cli/explain-command.ts'
import { languageFields } from '../../src/cli/language-fields.ts'
import { containerClasses } from '../../src/providers/container/change-classes.ts'
import { networkClasses } from '../../src/providers/network/change-classes.ts'

const all = languageFields()
const explained = (name: string) => fieldsNamed(name, all).map((one) => [one.field, one.class, one.change])

/** Names of all properties anywhere in a part of the schema. */
function names(part: unknown): readonly string[] {
  if (part === null || typeof part !== 'object') return []
  const own = 'properties' in part ? Object.keys(part.properties as object) : []
  return [...own, ...Object.values(part).flatMap(names)]
}

describe('explain', () => {
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
    ['containers.extends.file', null, 'whatever it brings'],
    ['containers.profiles', null, 'with an active profile'],
    ['containers.deploy.replicas', null, 'replicas come or go'],
    ['containers.deploy.resources.limits.memory', 'live', 'process untouched'],
    ['containers.deploy.update_config', null, 'it is refused'],
    ['containers.depends_on.restart', null, 'it is refused'],
    ['containers.networks.ipv4_address', 'recreate', 'new process'],
    ['containers.networks.aliases', 'live', 'process untouched'],
    ['containers.pull_policy', 'live', 'process untouched'],
    ['volumes.protect', 'live', 'process untouched'],
    ['reconcile.mode', null, '`heropods watch` follows it'],
    ['variables.default', null, 'every field that refers'],
    ['images.ref', 'recreate', 'new process'],
    ['configs.content', 'recreate', 'new process'],
    ['include.path', null, 'whatever it brings'],
    ['metadata.name', null, 'the stack is another one'],
  ] as const)('%s', (field, changeClass, change) => {
    expect(explained(field)).toEqual([[field, changeClass, expect.stringContaining(change)]])
  })
})
