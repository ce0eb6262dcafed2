import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { instancePaths } from '../../src/host/files/paths.ts'
import { openParseCache } from '../../src/stack/read/parse-cache.ts'
import { stackFolder } from './support.ts'

const { container, problems, load, folder } = stackFolder()

/** As YAML 1.2 sees them: integers and floats of every spelling, truth values, and what only looks like them. */
const scalars =
  '1147053346671102335 9007199254740993 -9223372036854775808 0123 007 -0 +5 24.10 1.0 1e3 12e4567 .5 0x10 0o17 .inf -.Inf .nan 1_000 2026-11-27 12:30:45 yes no on off True FALSE 1.2.3'.split(
    ' ',
  )

describe('a number that stands for a text reaches it as written', () => {
  it('in environment, labels, annotations, arguments and health checks', async () => {
    const map = `{ ${scalars.map((text, index) => `K${index}: ${text}`).join(', ')} }`
    const list = `[${scalars.join(', ')}]`
    const spec = await container(
      `containers: { a: { image: busybox, environment: ${map}, labels: ${map}, annotations: ${map}, command: ${list}, entrypoint: ${list}, healthcheck: { test: [CMD, ${scalars.join(', ')}] }, user: 007, group_add: [08] } }`,
    )
    const texts = Object.fromEntries(scalars.map((text, index) => [`K${index}`, text]))
    expect(spec.environment).toEqual(texts)
    expect(spec.labels).toEqual(texts)
    expect(spec.annotations).toEqual(texts)
    expect(spec.command).toEqual(scalars)
    expect(spec.entrypoint).toEqual(scalars)
    expect(spec.healthcheck).toMatchObject({ test: ['CMD', ...scalars] })
  })

  it('in keys', async () => {
    const { labels } = await container(
      'containers: { a: { image: busybox, labels: { 007: a, 1.0: b, 1e3: c, True: d } } }',
    )
    expect(labels).toEqual({ '007': 'a', '1.0': 'b', '1e3': 'c', True: 'd' })
  })

  it('through variables and the defaults of expressions', async () => {
    const spec = await container(
      `
variables: { pin: {}, when: { default: 0545 }, release: { type: number, default: 24.10 }, one: { enum: [24.04, 24.10], default: 24.10 } }
containers:
  a:
    image: busybox
    environment: { A: "\${pin:-007}", B: "code \${pin:-0042} end", C: "\${when}", D: "\${release}", E: "v\${release}", F: "\${pin:--0}", G: "\${when:+0815}", H: "\${one}", I: "\${pin:-true}", J: "\${pin:-\${release}}" }
    command: ["\${pin:-1147053346671102335}", "\${release}"]
`,
    )
    expect(Object.values(spec.environment)).toEqual(
      '007,code 0042 end,0545,24.10,v24.10,-0,0815,24.10,true,24.10'.split(','),
    )
    expect(spec.command).toEqual(['1147053346671102335', '24.10'])
  })

  it('as a truth value of a variable, in each spelling of YAML', async () => {
    const { tty, environment } = await container(
      `
variables: { a: { type: bool, default: TRUE }, b: { type: bool, default: False }, c: { type: bool, enum: [True] } }
containers: { a: { image: busybox, tty: "\${a}", environment: { A: "\${a}", B: "\${b}", C: "is \${c}" } } }`,
      { variables: { c: 'true' } },
    )
    expect(tty).toBe(true)
    expect(environment).toEqual({ A: 'TRUE', B: 'False', C: 'is true' })
  })

  it('from variable files', async () => {
    const { environment } = await container(
      'variables: { pin: {} }\ncontainers: { a: { image: busybox, environment: { A: "${pin}" } } }',
      { beside: { 'vars.yaml': 'pin: 0123\n' }, variableFiles: ['vars.yaml'] },
    )
    expect(environment.A).toBe('0123')
  })

  it('through anchors, merge keys and the cache of parsed files', async () => {
    const paths = instancePaths({ HEROPODS_DIR: folder, HEROPODS_RUN_DIR: join(folder, 'run') })
    mkdirSync(paths.data, { recursive: true })
    const cache = openParseCache(paths, true)
    const yaml =
      'x-env: &env { A: 0123, B: 9007199254740993, C: .inf }\ncontainers: { a: { image: busybox, environment: { <<: *env, D: 1e3 } } }'
    const expected = { A: '0123', B: '9007199254740993', C: '.inf', D: '1e3' }
    for (const _ of ['parsed', 'kept']) expect((await container(yaml, { cache })).environment).toEqual(expected)
  })
})

describe('where a number is meant', () => {
  it('any spelling of it is taken', async () => {
    const spec = await container(
      'variables: { n: { type: int, default: 0x10 }, m: {} }\ncontainers: { a: { image: busybox, mem_limit: 0x4000000, cpu_shares: "${n}", pids_limit: "${m:-007}", init: True } }',
    )
    expect(spec).toMatchObject({ mem_limit: 67108864, cpu_shares: 16, pids_limit: 7, init: true })
  })

  it('one that cannot be kept exactly is refused where it stands', async () => {
    expect(await problems('containers: { a: { image: busybox, mem_limit: 9007199254740993 } }')).toEqual([
      'invalid at 1:47: `containers.a.mem_limit` is 9007199254740993, which is too large to be read exactly. -> The largest integer is 9007199254740991.',
    ])
    expect((await problems('variables: { n: { type: int, default: 1147053346671102335 } }')).join()).toContain(
      'bad-variable at 1:17: The variable "n": "1147053346671102335" is too large',
    )
  })
})

it('what only looks like two keys is one', async () => {
  expect((await problems('x-a: { 1: a, "1": b }')).join()).toContain('yaml at 1:14: The key `1` occurs twice')
})

it('labels of every kind keep their numbers', async () => {
  const { resources, labels } = await load('networks: { lan: { labels: { zip: 01099 } } }\nx-note: 01\n')
  expect(resources.get('test/network/lan')?.spec.labels).toEqual({ zip: '01099' })
  expect(labels).toEqual({})
})
