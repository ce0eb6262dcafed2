import { expect, it } from 'vitest'
import { fromCompose } from '../../src/stack/starter/from-compose.ts'
import { fromTemplate, newStack, stackName, templateSummary } from '../../src/stack/starter/new-stack.ts'

it('a first stack holds the answers', () => {
  expect(
    newStack({ name: 'shop', image: 'nginx:1', port: '8080:80', volume: '/data', health: '/ok' }),
  ).toBe(`# yaml-language-server: $schema=.heropods.schema.json
apiVersion: heropods/v1
kind: Stack
metadata: { name: shop }

volumes:
  data: {}

containers:
  app:
    image: nginx:1
    ports: ["8080:80"] # on 127.0.0.1; see \`heropods explain ports.public\`
    volumes: ["data:/data"]
    healthcheck: { http: { port: 80, path: /ok } }
    restart: unless-stopped
`)
  expect(newStack({ name: 'a', image: 'nginx:1', replicas: 3 })).toContain('deploy: { replicas: 3 }')
})

it('the name of a folder becomes the name of a stack', () => {
  expect([stackName('My Shop_2'), stackName('---'), stackName('a'.repeat(80)).length]).toEqual([
    'my-shop-2',
    'stack',
    63,
  ])
})

it('a template gets its name and the schema beside it', () => {
  const template =
    '# yaml-language-server: $schema=../schemas/stack.schema.json\n# A server.\nmetadata: { name: web }\n'
  expect(fromTemplate(template, 'mine')).toBe(
    '# yaml-language-server: $schema=.heropods.schema.json\n# A server.\nmetadata: { name: mine }\n',
  )
  expect(templateSummary(template)).toBe('A server.')
})

it('a Compose file is converted, and each difference is noted', async () => {
  const { text, notes } = await fromCompose(
    `version: "3"
services:
  db: # main
    image: postgres:$TAG
    container_name: shop
    environment: [PASS, "COST=$$5", "LEVEL=\${LEVEL:-info}"]
    configs: [{ source: init, mode: 0755 }]
networks: { back: { ipam: { config: [{ subnet: 10.9.0.0/24 }] } } }
volumes:
  data: { driver: rexray, driver_opts: { size: 1 } }
  bound: { driver_opts: { type: none, o: bind, device: /srv } }
  nas: { driver: local, driver_opts: { type: nfs, o: addr=192.0.2.1, device: ":/data" } }
`,
    { folder: 'shop' },
    { TAG: '17' },
  )
  expect(text).toContain('image: postgres:${TAG}')
  expect(text).toContain('PASS=${PASS}')
  expect(text).toContain('COST=$$5')
  expect(text).toContain('mode: "0755"')
  expect(text).toContain('subnet: 10.9.0.0/24')
  expect(text).toContain('# main')
  expect(text).toContain('name: shop\n')
  expect(text).toMatch(/TAG:\n {4}default: "17"\n {4}env: TAG/)
  expect(text).toMatch(/nas: \{ driver: local, driver_opts: \{ type: nfs/)
  expect(text).not.toMatch(/version:|container_name|rexray|bind/)
  expect(notes.map((note) => note.split(':')[0])).toEqual([
    'version',
    'services.db.container_name',
    'services.db.environment',
    'services.db',
    'networks.back.ipam',
    'volumes.data.driver',
    'volumes.data.driver_opts',
    'volumes.bound.driver_opts',
    'variables.TAG',
    'variables.PASS',
  ])
})

it('a secret of .env is not written into the stack', async () => {
  const { text, notes } = await fromCompose(
    'services: { web: { image: busybox, environment: [API_TOKEN, DB_PASSWORD, LEVEL] } }\n',
    { folder: 'shop' },
    { API_TOKEN: 'abc', LEVEL: 'info' },
  )
  expect(text).not.toContain('abc')
  expect(text).toMatch(/API_TOKEN:\n {4}required: true\n {4}sensitive: true\n {4}env: API_TOKEN/)
  expect(text).toMatch(/DB_PASSWORD:\n {4}default: ""\n {4}env: DB_PASSWORD\n {4}sensitive: true/)
  expect(text).toMatch(/LEVEL:\n {4}default: info\n {4}env: LEVEL\n/)
  expect(notes.at(-3)).toContain('API_TOKEN: it looks like a secret')
})

it('scale becomes deploy.replicas', async () => {
  const { text, notes } = await fromCompose(
    'services: { web: { image: busybox, scale: 2 }, b: { image: busybox, scale: 3, deploy: { labels: [a=b] } } }\n',
    { folder: 'shop' },
    {},
  )
  expect(text).toMatch(/web: .*deploy: { replicas: 2 }/)
  expect(text).toMatch(/b: .*labels: \[ a=b \], replicas: 3/)
  expect(notes.map((note) => note.split(':')[0])).toEqual(['services.web.scale', 'services.b.scale'])
})

it('keys of deploy that a stack does not have are removed, with a note', async () => {
  const { text, notes } = await fromCompose(
    'services: { web: { image: busybox, deploy: { replicas: 2, update_config: { order: start-first } } }, b: { image: busybox, deploy: { mode: global } } }\n',
    { folder: 'shop' },
    {},
  )
  expect(text).toContain('replicas: 2')
  expect(text).not.toMatch(/update_config|mode|deploy: {}/)
  expect(notes).toEqual([
    'services.web.deploy.update_config: removed, replicas are replaced at the same time.',
    'services.b.deploy.mode: removed, it is not supported.',
  ])
})

it.each([
  ['["80:81"]', 'For all addresses write `{ published: 80, target: 81, public: true }`.'],
  ['["53:53/udp"]', '`{ published: 53, target: 53, protocol: udp, public: true }`'],
  ['[{ published: 90, target: 9 }]', '`{ published: 90, target: 9, public: true }`'],
  ['["10.0.0.1:80:81"]', undefined],
])('ports %s: the note has the port to write', async (ports, expected) => {
  const { notes } = await fromCompose(`services: { web: { image: busybox, ports: ${ports} } }\n`, { folder: 'x' }, {})
  if (expected === undefined) expect(notes).toEqual([])
  else expect(notes[0]).toContain(expected)
})

it('a file without services is refused', async () => {
  await expect(fromCompose('a: 1\n', { folder: 'x' }, {})).rejects.toThrow('services')
})

it.each([
  ['name: shop\n', undefined, 'shop'],
  ['name: My Shop\n', undefined, stackName('My Shop')],
  ['name: shop\n', 'mine', 'mine'],
  ['name: ${PROJECT}\n', undefined, 'folder'],
])('a stack of the Compose file with %j and the option %j is %s', async (line, given, name) => {
  const { text, notes } = await fromCompose(
    `${line}services: { a: { image: busybox } }\n`,
    { given, folder: 'folder' },
    {},
  )
  expect(text).toContain(`metadata:\n  name: ${name}\n`)
  expect(text).not.toMatch(/^name:/m)
  expect(notes[0]).toBe(`name: it is \`metadata: { name: ${name} }\` now.`)
})
