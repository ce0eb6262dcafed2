import { basename } from 'node:path'
import { expect, it } from 'vitest'
import type { DesiredStack } from '../../../src/model/desired.ts'
import { head } from '../load.ts'
import { type Loaded, stackFolder } from '../support.ts'

const { folder, load } = stackFolder()

const offset = head.split('\n').length - 1

/** The origin as `FILE:LINE (ROUTE)`. Lines of heropods.yaml are counted from the one after the head. */
async function originIn(stack: DesiredStack, address: string, path = ''): Promise<string | undefined> {
  const [found] = await stack.origins([{ address: address as `${string}/${string}/${string}`, path }])
  if (found === undefined) return undefined
  const name = basename(found.file)
  const line = found.line === undefined ? '' : `:${found.line - (name === 'heropods.yaml' ? offset : 0)}`
  return `${name}${line}${found.through ? ` (${found.through})` : ''}${found.variables ? ` [${found.variables.join()}]` : ''}`
}

const origin = async (yaml: string, address: string, path?: string, options?: Loaded): Promise<string | undefined> =>
  originIn(await load(yaml, options), address, path)

it('the line of an object is that of its key, and of a field that of the field', async () => {
  const stack = await load(`networks:
  lan:
    subnet: 10.9.0.0/24
volumes:
  data:
images:
  base:
    ref: nginx:1
containers:
  web:
    image: base
    networks: [lan]
    volumes:
      - data:/data
      - /tmp:/host:ro
    mem_limit: 64m
    ports:
      - "8080:80"
      - "8443:443"
    healthcheck:
      test: "true"
      interval: 5s
`)
  const found = async (address: string, path?: string) => originIn(stack, `test/${address}`, path)
  expect(await found('network/lan')).toBe('heropods.yaml:2')
  expect(await found('network/lan', '/subnet')).toBe('heropods.yaml:3')
  expect(await found('network/lan', '/members')).toBe('heropods.yaml:2')
  expect(await found('volume/data')).toBe('heropods.yaml:5')
  expect(await found('image/base', '/source/ref')).toBe('heropods.yaml:8')
  expect(await found('image/base', '/digest')).toBe('heropods.yaml:8')
  expect(await found('container/web')).toBe('heropods.yaml:10')
  expect(await found('container/web', '/image')).toBe('heropods.yaml:11')
  expect(await found('container/web', '/networks/0')).toBe('heropods.yaml:12')
  expect(await found('container/web', '/mounts/0')).toBe('heropods.yaml:14')
  expect(await found('container/web', '/mounts/1/read_only')).toBe('heropods.yaml:15')
  expect(await found('container/web', '/mem_limit')).toBe('heropods.yaml:16')
  expect(await found('container/web', '/ports/1')).toBe('heropods.yaml:19')
  expect(await found('container/web', '/ports/7')).toBe('heropods.yaml:17')
  expect(await found('container/web', '/healthcheck/interval')).toBe('heropods.yaml:22')
})

it('a removed field has the line of its object, and a removed object the file of its stack', async () => {
  const stack = await load('containers:\n  web: { image: busybox }\n')
  expect(await originIn(stack, 'test/container/web', '/mem_limit')).toBe('heropods.yaml:2')
  expect(await originIn(stack, 'test/container/gone')).toBe('heropods.yaml')
  expect(await originIn(stack, 'test/volume/gone', '/protect')).toBe('heropods.yaml')
  expect(await originIn(stack, 'other/container/web')).toBeUndefined()
})

it('the content of a config has the line of its definition, or the file that it is read from', async () => {
  const stack = await load(
    `configs:
  page:
    content: hello
  conf:
    file: ./app.conf
containers:
  web:
    image: busybox
    configs:
      - { source: page, target: /page }
      - { source: conf, target: /conf }
`,
    { beside: { 'app.conf': 'a=1\n' } },
  )
  expect(await originIn(stack, 'test/container/web', '/files/0/content')).toBe('app.conf')
  expect(await originIn(stack, 'test/container/web', '/files/1/content')).toBe('heropods.yaml:3')
  expect(await originIn(stack, 'test/container/web', '/files/1')).toBe('heropods.yaml:10')
})

it('a value with variables names them', async () => {
  const stack = await load(`variables: { TAG: { default: "1" }, HOST: { default: r.example } }
networks:
  lan: { subnet: 10.9.0.0/24 }
containers:
  web:
    image: \${HOST}/app:\${TAG:-2}
    command: [echo, "$\${TAG}", "\${networks.lan.gateway}", "\${TAG}"]
`)
  expect(await originIn(stack, 'test/container/web', '/image')).toBe('heropods.yaml:6 [HOST,TAG]')
  expect(await originIn(stack, 'test/container/web', '/command/1')).toBe('heropods.yaml:7')
  expect(await originIn(stack, 'test/container/web', '/command/2')).toBe('heropods.yaml:7')
  expect(await originIn(stack, 'test/container/web', '/command/3')).toBe('heropods.yaml:7 [TAG]')
})

it('fields of Compose in other places lead there', async () => {
  const yaml = `services:
  web:
    image: busybox
    restart: always
    security_opt:
      - no-new-privileges:false
      - seccomp:unconfined
    logging:
      options:
        max-size: 1m
    cap_add:
      - CAP_NET_ADMIN
    deploy:
      replicas: 2
      labels: { a: b }
      resources:
        limits:
          memory: 64m
          cpus: "0.5"
    depends_on:
      - db
    tmpfs: ["/scratch:size=1m"]
    extra_hosts:
      - "a.example:10.0.0.1"
  db:
    image: busybox
    cpus: 0.25
`
  const stack = await load(yaml)
  const web = (path: string) => originIn(stack, 'test/container/web.2', path)
  expect(await web('')).toBe('heropods.yaml:2')
  expect(await web('/restart/policy')).toBe('heropods.yaml:4')
  expect(await web('/no_new_privileges')).toBe('heropods.yaml:6')
  expect(await web('/seccomp')).toBe('heropods.yaml:7')
  expect(await web('/logging/max_size')).toBe('heropods.yaml:10')
  expect(await web('/cap_add/0')).toBe('heropods.yaml:12')
  expect(await web('/labels/a')).toBe('heropods.yaml:15')
  expect(await web('/mem_limit')).toBe('heropods.yaml:18')
  expect(await web('/cpu_quota')).toBe('heropods.yaml:19')
  expect(await web('/depends_on/0')).toBe('heropods.yaml:21')
  expect(await web('/mounts/0')).toBe('heropods.yaml:22')
  expect(await web('/extra_hosts/a.example')).toBe('heropods.yaml:24')
  expect(await originIn(stack, 'test/container/db', '/cpu_quota')).toBe('heropods.yaml:27')
  expect(await originIn(stack, 'test/image/busybox', '/source/name')).toBe('heropods.yaml:3')
})

it('an overlay sets the fields that it has, and the base the others', async () => {
  const yaml = `containers:
  web:
    image: busybox
    mem_limit: 64m
    environment: { A: "1", B: "1" }
    ports: ["80:80"]
---
apiVersion: heropods/v1
kind: Overlay
metadata: { name: test }
containers:
  web:
    mem_limit: 96m
    environment:
      - B=2
    ports: ["81:81"]
`
  expect(await origin(yaml, 'test/container/web')).toBe('heropods.yaml:2')
  expect(await origin(yaml, 'test/container/web', '/mem_limit')).toBe('heropods.yaml:13 (overlay)')
  expect(await origin(yaml, 'test/container/web', '/image')).toBe('heropods.yaml:3')
  expect(await origin(yaml, 'test/container/web', '/environment/A')).toBe('heropods.yaml:5')
  expect(await origin(yaml, 'test/container/web', '/environment/B')).toBe('heropods.yaml:15 (overlay)')
  expect(await origin(yaml, 'test/container/web', '/ports/0')).toBe('heropods.yaml:6')
  expect(await origin(yaml, 'test/container/web', '/ports/1')).toBe('heropods.yaml:16 (overlay)')
})

it('files of `include` and `extends` are named', async () => {
  const beside = {
    'lan.yaml': `${head}networks:\n  lan: { subnet: 10.9.0.0/24 }\n`,
    'base.yaml': `${head}containers:\n  root:\n    image: busybox\n    init: true\n  service:\n    extends: root\n    mem_limit: 64m\n    depends_on: []\n`,
  }
  const yaml = `include: [lan.yaml]
containers:
  web:
    extends: { file: base.yaml, service: service }
    cpus: 0.5
  twin:
    extends: web
    mem_limit: 32m
`
  const stack = await load(yaml, { beside })
  const found = (address: string, path?: string) => originIn(stack, `test/${address}`, path)
  expect(await found('network/lan', '/subnet')).toBe('lan.yaml:5 (include)')
  expect(await found('container/web')).toBe('heropods.yaml:3')
  expect(await found('container/web', '/mem_limit')).toBe('base.yaml:10 (extends)')
  expect(await found('container/web', '/init')).toBe('base.yaml:7 (extends)')
  expect(await found('container/web', '/cpu_quota')).toBe('heropods.yaml:5')
  expect(await found('container/web', '/depends_on')).toBe('heropods.yaml:3')
  expect(await found('container/twin', '/cpu_quota')).toBe('heropods.yaml:5 (extends)')
  expect(await found('container/twin', '/mem_limit')).toBe('heropods.yaml:8')
  expect(await found('container/twin', '/image')).toBe('base.yaml:6 (extends)')
})

it('anchors and merge keys lead to the line of the anchor', async () => {
  const yaml = `x-common: &common
  mem_limit: 64m
  restart: always
x-logging: &logging
  options: { max-size: 1m }
containers:
  web:
    <<: *common
    image: busybox
    restart: "no"
    logging: *logging
`
  expect(await origin(yaml, 'test/container/web', '/mem_limit')).toBe('heropods.yaml:2 (anchor)')
  expect(await origin(yaml, 'test/container/web', '/restart/policy')).toBe('heropods.yaml:10')
  expect(await origin(yaml, 'test/container/web', '/logging/max_size')).toBe('heropods.yaml:5 (anchor)')
})

it('a variable of an env file has the line in that file', async () => {
  const beside = { 'one.env': 'A=1\nB=1\n', 'two.env': '# comment\n\nexport B="2\n3"\nC=3\n' }
  const yaml = `containers:
  web:
    image: busybox
    env_file: [one.env, two.env]
    environment:
      C: "4"
`
  const found = (name: string) => origin(yaml, 'test/container/web', `/environment/${name}`, { beside })
  expect(await found('A')).toBe('one.env:1 (env_file)')
  expect(await found('B')).toBe('two.env:3 (env_file)')
  expect(await found('C')).toBe('heropods.yaml:6')
})

it('the content of configs and secrets is set where they are declared', async () => {
  const yaml = `configs:
  page:
    content: hello
containers:
  web:
    image: busybox
    configs:
      - { source: page, target: /index.html }
`
  expect(await origin(yaml, 'test/container/web', '/files/0/content')).toBe('heropods.yaml:3')
  expect(await origin(yaml, 'test/container/web', '/files/0/target')).toBe('heropods.yaml:8')
})

it('a port with a variable is found by its target', async () => {
  const yaml = `variables: { PORT: { default: 8080, type: number } }
containers:
  web:
    image: busybox
    ports:
      - "81:81"
      - "\${PORT}:80"
`
  expect(await origin(yaml, 'test/container/web', '/ports/1')).toBe('heropods.yaml:7 [PORT]')
})

it('files merged with -f, and inactive profiles', async () => {
  const beside = {
    'first.yaml': `${head}containers:\n  web:\n    image: busybox\n  debug:\n    image: busybox\n    profiles: [debug]\n`,
    'second.yaml':
      'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: test }\ncontainers:\n  web:\n    mem_limit: 64m\n',
  }
  const merged = ['first.yaml', 'second.yaml'].map((name) => `${folder}/${name}`)
  const stack = await load('', { beside, mergedFiles: merged, files: [] })
  expect(await originIn(stack, 'test/container/web', '/mem_limit')).toBe('second.yaml:6')
  expect(await originIn(stack, 'test/container/web', '/image')).toBe('first.yaml:6')
  expect(await originIn(stack, 'test/container/debug')).toBe('first.yaml:7')
})
