import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Instance } from './support.ts'

let instance: Instance
beforeEach(() => {
  instance = new Instance()
})
afterEach(() => instance.end())

interface Why {
  readonly address: string
  readonly exists: boolean
  readonly origin: { readonly file: string; readonly line?: number } | null
  readonly fields: readonly { readonly path: string; readonly line?: number; readonly through?: string }[]
  readonly changedFiles: readonly string[]
  readonly lastChange: { readonly generation: number; readonly action: string; readonly fields: readonly string[] }
  readonly drift: readonly { readonly path: string | null; readonly live?: string }[]
  readonly waitsFor: readonly { readonly container: string; readonly fulfilled: boolean; readonly text?: string }[]
  readonly neededBy: readonly { readonly container: string }[]
}

const why = (name: string): readonly Why[] =>
  (JSON.parse(instance.ok('why', name, '--json')) as { objects: readonly Why[] }).objects

const sleeper = 'image: busybox, command: [sleep, "1000"], stop_grace_period: 0s'

/** The head of the file, which `stack` writes, has its own lines. */
const body = (cpus: number, db = true): string => `
x-base: &base
  mem_limit: 64m
networks: { lan: { subnet: 10.61.7.0/24 } }
configs: { page: { content: hello } }
containers:
${db ? `  db: { ${sleeper} }` : ''}
  web:
    <<: *base
    image: busybox
    command: [sleep, "1000"]
    stop_grace_period: 0s
    cpus: ${cpus}
    deploy: { replicas: 2 }
    configs: [page]
${db ? '    depends_on: { db: { condition: service_started } }' : ''}
`

it('an object leads to its file and line, its last change, its drift and its dependencies', () => {
  instance.stack(body(0.5))
  instance.apply()
  instance.stack(body(0.25))
  instance.apply()
  const [web1, web2, ...others] = why('web')
  expect(others).toEqual([])
  expect([web1?.address, web2?.address]).toEqual(['test/container/web.1', 'test/container/web.2'])
  expect(web2).toMatchObject({
    exists: true,
    origin: { file: 'test.yaml', line: expect.any(Number) },
    changedFiles: [],
    lastChange: { generation: 2, action: 'update', fields: ['/cpu_quota'] },
    drift: [],
    waitsFor: [{ container: 'test/container/db', fulfilled: true }],
  })
  const line = web2?.origin?.line ?? 0
  const fieldOf = (path: string) => web2?.fields.find((one) => one.path === path)
  expect(fieldOf('/cpu_quota')).toMatchObject({ line: line + 5 })
  expect(fieldOf('/mem_limit')).toMatchObject({ line: line - 5, through: 'anchor' })
  expect(why('lan')[0]?.neededBy).toHaveLength(3)
  expect(why('test/container/db')[0]?.neededBy.map((one) => one.container)).toEqual([
    'test/container/web.1',
    'test/container/web.2',
  ])
  const text = instance.ok('why', 'web.1')
  expect(text).toContain(`test.yaml:${line}`)
  expect(text).toMatch(/generation 2, (just now|\d+ s ago) .* by /)
  expect(text).toContain('none: it is as last applied')
  expect(instance.ok('why', 'page')).toMatch(
    /^test\/config\/page .*\n {2}Set in +test\.yaml:\d+\n {2}Used by +test\/container\/web\.1 as \/page\n.*web\.2 as/,
  )
  expect(JSON.parse(instance.ok('why', 'page', '--json'))).toMatchObject({
    objects: [],
    files: [{ stack: 'test', kind: 'config', origin: { file: 'test.yaml' }, changedFiles: [] }],
  })
})

it('drift, changed files and removed objects are explained', () => {
  instance.stack(body(0.5))
  instance.apply()
  instance.ok('stop', 'db')
  instance.stack(body(0.5, false))
  const [db] = why('db')
  expect(db?.drift).toEqual([{ path: null, live: expect.stringContaining('stopped') }])
  expect(db?.changedFiles).toEqual(['test.yaml'])
  expect(instance.ok('why', 'db')).toContain('test.yaml has changed since the last run')
  instance.apply()
  expect(why('db')).toMatchObject([
    { exists: false, origin: { file: 'test.yaml' }, lastChange: { generation: 2, action: 'delete' } },
  ])
  expect(instance.ok('why', 'db')).toMatch(/does not exist\n {2}Not in +test\.yaml/)
})

it('a port whose rule was deleted is named at its container, and repaired', () => {
  instance.stack(
    `networks: { lan: { subnet: 10.61.7.0/24 } }\ncontainers: { web: { ${sleeper}, ports: ["18097:80"] }, db: { ${sleeper} } }\n`,
  )
  instance.apply()
  expect(instance.ok('ps')).not.toContain('!')
  const rule = execFileSync('iptables', ['-t', 'nat', '-S'], { encoding: 'utf8' })
    .split('\n')
    .find((line) => line.startsWith('-A') && line.includes('--dport 18097 '))
  execFileSync('iptables', ['-t', 'nat', '-D', ...(rule ?? '').split(' ').slice(1)])
  const lost = 'port 127.0.0.1:18097 does not lead to'
  expect(why('web')[0]?.drift).toEqual([{ path: null, live: `its network test/network/lan: ${lost} this container` }])
  expect(why('db')[0]?.drift).toEqual([])
  expect(instance.ok('ps')).toMatch(/^web .* running ! /m)
  expect(instance.heropods(['diff', 'test.yaml']).stdout).toContain(`! ${lost} web`)
  expect(instance.heropods(['status', 'test']).stdout).toContain(`test/network/lan: ${lost} web`)
  instance.apply()
  expect(instance.ok('ps')).not.toContain('!')
})

it('an unknown name is refused with the names that exist', () => {
  instance.stack(body(0.5))
  instance.apply()
  const refused = instance.heropods(['why', 'webb.1'])
  expect(refused.code).toBe(3)
  expect(refused.stderr).toContain('error[unknown-object]')
  expect(refused.stderr).toContain('Did you mean "web.1"?')
  expect(refused.stderr).toContain('test/network/lan')
})

it('the history says who, when and with which result; diff and apply name the line of a change', () => {
  instance.stack(body(0.5))
  instance.apply()
  instance.stack(body(0.25))
  const plan = instance.heropods(['diff', 'test.yaml']).stdout
  expect(plan).toMatch(/cpu.*test\.yaml:\d+/)
  const { steps } = JSON.parse(instance.ok('diff', 'test.yaml', '--json')) as {
    steps: { address: string; changes: { path: string; origin?: { file: string; line?: number } }[] }[]
  }
  const step = steps.find((one) => one.address === 'test/container/web.1')
  expect(step?.changes).toMatchObject([{ path: '/cpu_quota', origin: { file: 'test.yaml', line: expect.any(Number) } }])
  const applied = instance.heropods(['apply', 'test.yaml', '--yes'], { SUDO_USER: 'alice' })
  expect(applied.stdout).toMatch(/cpu.*test\.yaml:\d+/)
  const [heading, newest] = instance.ok('history').split('\n')
  expect(heading?.split(/ {2,}/)).toEqual(['GENERATION', 'WHEN', 'WHO', 'WHAT', 'STACKS', 'RESULT'])
  expect(newest).toMatch(/^2 +(?:just now|\d+ s ago) +alice \(sudo\) +2 updated: web\.1-2 +test +done$/)
  expect(instance.ok('events')).toMatch(/has begun: .*\(by alice \(sudo\)\)$/m)
  expect(instance.ok('why', 'web.2')).toContain('by alice (sudo)')
})
