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
volumes: { data: { driver: local } }
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
  expect(text).not.toMatch(/version:|container_name|driver/)
  expect(notes.map((note) => note.split(':')[0])).toEqual([
    'version',
    'services.db.container_name',
    'services.db.environment',
    'services.db',
    'networks.back.ipam',
    'volumes.data.driver',
    'variables.TAG',
    'variables.PASS',
  ])
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
