import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { defaultReconcile } from '../../src/model/reconcile-settings.ts'
import { canonicalDocument } from '../../src/stack/canonical.ts'
import { loadIn } from './load.ts'

const folder = mkdtempSync('/tmp/hp-canonical-')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const load = async (file: string, profiles: string[] = []) => {
  const { stacks } = await loadIn(folder, { files: [file], profiles })
  return stacks[0] as (typeof stacks)[0]
}

const stack = `
apiVersion: heropods/v1
kind: Stack
metadata: { name: test, labels: { team: "a$b" } }
variables: { tag: { default: "1.2" }, pw: { default: word, sensitive: true } }
networks:
  front: { subnet: 10.20.0.0/24, gateway: 10.20.0.5, exclude: [10.20.0.64/28], labels: [a=b] }
  back: { internal: true }
  far: { external: true, name: other/lan }
images: { own: { ref: "registry.example.com/own:\${tag}", pull_policy: always }, old: { archive: ./old.tar } }
volumes: { data: { protect: true } }
configs: { page: { file: ./page }, text: { content: "costs $$5 at \${networks.front.gateway}" } }
secrets: { key: { file: ./page } }
containers:
  db:
    image: own
    networks: { back: { aliases: [postgres] }, front: { ipv4_address: 10.20.0.9 } }
    volumes: ["data:/data:ro", "/srv:/srv", "./page:/page:ro", /anonymous]
    tmpfs: /run:size=1m,mode=0700
    environment: { A: "$$HOME", B: "\${pw}", C: 5 }
    secrets: [{ source: key, mode: "0400", uid: 5 }]
    configs: [page, { source: text, target: /etc/text }]
    mem_limit: 64m
    cpus: 1.5
    pids_limit: 10
    ulimits: { nofile: { soft: 10, hard: 20 } }
    cap_drop: [ALL]
    security_opt: [no-new-privileges:false, seccomp:unconfined]
    extra_hosts: { gate: host-gateway, other: 192.0.2.1 }
    restart: on-failure:3
    stop_signal: INT
    logging: { options: { max-size: 1m } }
    hostname: database
    healthcheck: { test: "pg_isready -h $$HOSTNAME", interval: 1m30s, retries: 5, start_period: 500ms }
    on_unhealthy: { action: restart, limit: 2 }
  worker:
    image: docker.io/library/busybox:1
    pull_policy: never
    command: sh -c "echo hi"
    networks: [front, far]
    environment: { DB: "\${containers.db.ip}", PEERS: "\${containers.worker.ips}" }
    depends_on: { db: { condition: service_completed_successfully } }
    deploy: { replicas: 2 }
    healthcheck: { http: { port: 8080, path: "/health?full=1", scheme: https, status: 204 } }
  side:
    image: busybox
    network_mode: "service:db"
    profiles: [debug]
    healthcheck: { tcp: 5432 }
    depends_on: { db: { condition: service_healthy } }
  off: { image: own, networks: [back], healthcheck: { test: [NONE] } }
`

it('the canonical form is a stack file that gives the same stack and the same form', async () => {
  writeFileSync(join(folder, 'page'), 'a page')
  writeFileSync(join(folder, 'heropods.yaml'), stack)
  const first = await load('heropods.yaml', ['debug'])
  const document = canonicalDocument(first)
  writeFileSync(join(folder, 'again.yaml'), stringify(document))
  const second = await load('again.yaml')
  expect(canonicalDocument(second)).toEqual(document)
  const specs = (one: typeof first) =>
    Object.fromEntries([...one.resources].map(([address, { spec }]) => [address, spec]))
  const hidden = JSON.stringify(document).includes('(sensitive)')
  expect(hidden).toBe(true)
  // But for the value that is not shown.
  const masked = (one: typeof first) =>
    JSON.parse(JSON.stringify(specs(one)).replace(/\\u0001sensitive:\w+\\u0002/g, '(sensitive)')) as object
  expect(masked(second)).toEqual(masked(first))
})

it('the settings of watch are part of it if they are not the defaults', async () => {
  const head = 'apiVersion: heropods/v1\nmetadata: { name: test }\n'
  writeFileSync(join(folder, 'plain.yaml'), `${head}kind: Stack\nreconcile: { mode: heal, interval: 30s }\n`)
  const plain = await load('plain.yaml')
  expect(plain.reconcile).toEqual(defaultReconcile)
  expect(canonicalDocument(plain)).not.toHaveProperty('reconcile')
  const stated =
    'reconcile: { mode: warn, interval: "${every}", windows: [sat UTC], ignore: ["container/web:/mem_limit"] }'
  const over = 'reconcile: { mode: detect, prune: confirm, rollback: false, monitor: 0, windows: ["sun 01:00-02:00"] }'
  writeFileSync(
    join(folder, 'kept.yaml'),
    `${head}kind: Stack\nvariables: { every: { default: 1m30s } }\n${stated}\n---\n${head}kind: Overlay\n${over}\n`,
  )
  const kept = await load('kept.yaml')
  expect(kept.reconcile).toMatchObject({
    mode: 'detect',
    intervalMs: 90_000,
    suspend: false,
    prune: 'confirm',
    rollback: false,
    timeoutMs: 300_000,
    monitorMs: 0,
  })
  expect(kept.reconcile.windows.map(({ text }) => text)).toEqual(['sat UTC', 'sun 01:00-02:00'])
  expect(kept.reconcile.ignore.map(({ text }) => text)).toEqual(['container/web:/mem_limit'])
  const document = canonicalDocument(kept)
  writeFileSync(join(folder, 'kept-again.yaml'), stringify(document))
  const again = await load('kept-again.yaml')
  expect(again.reconcile).toEqual(kept.reconcile)
  expect(canonicalDocument(again)).toEqual(document)
})
