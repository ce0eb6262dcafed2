import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { HeroPodsError } from '../../src/model/errors.ts'
import { head, loadIn } from './load.ts'

const folder = mkdtempSync('/tmp/hp-once-')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The problems of files, as `FILE:LINE:COLUMN message -> hint`. The first file is the stack. */
async function problemsOf(files: Readonly<Record<string, string>>, named = ['heropods.yaml']) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const error: unknown = await loadIn(folder, { files: named.map((name) => join(folder, name)) }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof HeroPodsError)) throw error ?? new Error('It is valid.')
  return error.diagnostics.map(
    ({ message, hint, place }) =>
      `${place?.file.slice(folder.length + 1)}:${place?.line}:${place?.column} ${message} -> ${hint}`,
  )
}

const fromMemory = `version: "3.8"
services:
  db:
    image: docker.io/library/postgres:17
    container_name: shop-db
    environment: { LEVEL: "\${LOG_LEVEL:-info}", KEY: "\${KEY}" }
    volumes: ["data:/var/lib/postgresql/data"]
    configs: [{ source: init, target: /init.sh, mode: 0755 }]
  web:
    image: docker.io/library/nginx:1
    container_name: shop-web
    ports: ["99999:80"]
    depends_on: [bd]
    environment: ["LEVEL=\${LOG_LEVEL}"]
    scale: 3
configs:
  init: { file: ./init.sh }
`

describe('a Compose file from memory', () => {
  it('that has a part of the header is told which part is missing', async () => {
    const [first] = await problemsOf({
      'heropods.yaml': 'kind: Stack\nmetadata: { name: a }\nservices: { web: { image: busybox } }\n',
    })
    expect(first).toContain('This seems to be a Compose file: `apiVersion` is missing.')
  })

  it('has all its problems at once, in the order of the text, each with the line to write', async () => {
    expect(await problemsOf({ 'heropods.yaml': fromMemory })).toEqual([
      'heropods.yaml:1:1 This seems to be a Compose file: `apiVersion`, `kind` and `metadata` are missing. -> `heropods init --from heropods.yaml` converts it. By hand: add `apiVersion: heropods/v1`, `kind: Stack` and `metadata: { name: my-stack }`, and remove `version` and `name`.',
      'heropods.yaml:5:5 Unknown key "container_name" in `services.db`. -> Remove it: the name of a container is its key.',
      'heropods.yaml:6:27 The variable "LOG_LEVEL" is not declared under `variables:`. -> Declare `variables: { LOG_LEVEL: { default: info } }`.',
      'heropods.yaml:6:54 The variable "KEY" is not declared under `variables:`. -> Declare `variables: { KEY: { env: KEY } }`. Its value comes from the environment, or from `--var KEY=VALUE`.',
      'heropods.yaml:7:15 `services.db.volumes.0`: there is no volume "data" under `volumes:`. -> Add `data:` under `volumes:`, or write a path that starts with ./ or / to bind a folder of the host.',
      expect.stringContaining(
        'heropods.yaml:8:55 `services.db.configs.0.mode` is a number. -> It must be a string (in quotes): `mode: "0755"`.',
      ),
      'heropods.yaml:11:5 Unknown key "container_name" in `services.web`. -> Remove it: the name of a container is its key.',
      'heropods.yaml:12:13 `services.web.ports.0`: "99999" is not a port between 1 and 65535. -> Write `8080:80`, `127.0.0.1:8080:80`, `8000-8010:8000-8010/udp`, or the long form.',
      'heropods.yaml:13:18 "web" depends on "bd", and there is no such container. Did you mean "db"? -> Known: db.',
      'heropods.yaml:15:5 Unknown key "scale" in `services.web`. -> Write `deploy: { replicas: 3 }`.',
      expect.stringMatching(/^heropods.yaml:17:17 .*there is no file .*init.sh/),
    ])
  })

  it('is valid after these lines were written', async () => {
    const fixed = fromMemory
      .replace(
        /^version: .*\n/,
        `${head}volumes: { data: {} }\nvariables: { LOG_LEVEL: { default: info }, KEY: { env: KEY } }\n`,
      )
      .replace(/ {4}container_name: .*\n/g, '')
      .replace('mode: 0755', 'mode: "0755"')
      .replace('99999', '8080')
      .replace('[bd]', '[db]')
      .replace('scale: 3', 'deploy: { replicas: 1 }')
    writeFileSync(join(folder, 'heropods.yaml'), fixed)
    writeFileSync(join(folder, 'init.sh'), '')
    await expect(loadIn(folder, { environment: { KEY: 'k' } })).resolves.toBeDefined()
    rmSync(join(folder, 'init.sh'))
  })
})

describe('a problem has no consequences in the report', () => {
  const only = async (body: string, expected: string) =>
    expect(await problemsOf({ 'heropods.yaml': head + body })).toEqual([expect.stringContaining(expected)])

  it('an image from an undeclared variable', () =>
    only('containers: { a: { image: "${IMAGE}" } }\n', 'The variable "IMAGE" is not declared'))
  it('a misspelled image', () => only('containers: { a: { imag: busybox } }\n', 'Unknown key "imag"'))
  it('a misspelled list of networks', () =>
    only('networks: { a: {}, b: {} }\ncontainers: { a: { image: busybox, network: [a] } }\n', 'Unknown key "network"'))
  it('a misspelled list of networks, of which none is declared in this file or none may publish ports', async () => {
    const container = 'containers: { a: { image: busybox, netwroks: [a], ports: ["80:80"] } }\n'
    await only(container, 'Unknown key "netwroks"')
    await only(`networks: { a: { internal: true }, b: { internal: true } }\n${container}`, 'Unknown key "netwroks"')
  })
  it('a misspelled number of replicas', () =>
    only('containers: { a: { image: busybox, deploy: { replcas: 2 }, ports: ["80:80"] } }\n', 'Unknown key "replcas"'))
  it('a misspelled profile', () =>
    only(
      'containers:\n  a: { image: busybox, profile: [x], depends_on: [b] }\n  b: { image: busybox, profiles: [x] }\n',
      'Unknown key "profile"',
    ))
  it('an image that Compose builds', () => only('containers: { a: { build: . } }\n', 'Unknown key "build"'))
  it('a port from an undeclared variable', () =>
    only('containers: { a: { image: busybox, ports: ["${PORT}:80"] } }\n', 'The variable "PORT" is not declared'))
  it('a variable that is used often is reported once', () =>
    only(
      'containers: { a: { image: busybox, user: "${U}", labels: { u: "${U}" } }, b: { image: busybox, user: "${U}" } }\n',
      'The variable "U" is not declared',
    ))
  it('a variable without its value', () =>
    only(
      'variables: { n: { type: int, default: many } }\ncontainers: { a: { image: busybox, pids_limit: "${n}" } }\n',
      'The variable "n": "many" is not an integer.',
    ))
  it('a check that another container waits for', () =>
    only(
      'containers:\n  a: { image: busybox, healthcheck: { test: 5 } }\n  b: { image: busybox, depends_on: { a: { condition: service_healthy } } }\n',
      '`containers.a.healthcheck.test`',
    ))
  it('a subnet of which an address is used', () =>
    only(
      'networks: { lan: { subnet: 5 } }\ncontainers: { a: { image: busybox, networks: { lan: { ipv4_address: 10.9.0.5 } } } }\n',
      '`networks.lan.subnet`',
    ))
  it('a volume that is not a map', () =>
    only('volumes: { data: 5 }\ncontainers: { a: { image: busybox, volumes: ["data:/d"] } }\n', '`volumes.data`'))
  it('a container that extends another', () =>
    only(
      'containers:\n  base: { image: busybox, ports: ["${PORT}:80"] }\n  a: { extends: base }\n',
      'The variable "PORT" is not declared',
    ))
  it('an include that is not there', () =>
    only('include: [gone.yaml]\ncontainers: { a: { image: busybox, volumes: ["data:/d"] } }\n', 'gone.yaml'))
})

it('an unknown key does not hide the other problems of its container', async () => {
  const body = `networks: { lan: {}, far: {} }
containers:
  a:
    image: busybox
    netwroks: [lan]
    deploy: { replcas: 2 }
    links: [b]
    ports: ["99999:80"]
    depends_on: [bb]
    secrets: [gone]
    volumes: ["./conf:/conf:rx"]
`
  const found = await problemsOf({ 'heropods.yaml': head + body })
  expect(found.map((one) => one.split(':')[1])).toEqual(['8', '9', '10', '11', '12', '13', '14'])
})

it('problems of several files are reported together', async () => {
  const stack = (name: string, body: string) => `${head.replace('test', name)}${body}`
  expect(
    await problemsOf(
      {
        'all/a.yaml': stack('a', 'containers: { web: { image: busybox, ports: ["0:80"] } }\n'),
        'all/b.yaml': 'containers: { [\n',
        'all/c.yaml': stack('c', 'containers: { web: { image: busybox, dns: [x], typo: 1 } }\n'),
      },
      ['all'],
    ),
  ).toEqual([
    expect.stringMatching(/^all\/b.yaml:/),
    expect.stringMatching(/^all\/b.yaml:/),
    expect.stringMatching(/^all\/a.yaml:4:45 .*"0:80"|^all\/a.yaml:4:4\d/),
    expect.stringMatching(/^all\/c.yaml:4:4\d /),
    expect.stringMatching(/^all\/c.yaml:4:48 .*typo/),
  ])
})

it('a base and its overlay are reported together', async () => {
  const found = await problemsOf({
    'heropods.yaml': `${head}containers: { a: { image: busybox, mem_limit: lots } }\n---\n${head.replace('Stack', 'Overlay')}containers: { a: { typo: 1, dns: [x] } }\n`,
  })
  expect(found).toEqual([
    expect.stringMatching(/:4:47 `containers.a.mem_limit` is "lots", which is not valid/),
    expect.stringMatching(/:9:20 Unknown key "typo"/),
    expect.stringMatching(/:9:35 The name server "x"/),
  ])
})
