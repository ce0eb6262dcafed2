import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostState, Instance } from './support.ts'

/** The commit of the version before: the last one before the layers of `src/` were put in order. */
const versionBefore = '1826274'
const repository = join(import.meta.dirname, '../..')

const isKnown = spawnSync('git', ['-C', repository, 'cat-file', '-e', `${versionBefore}^{commit}`]).status === 0
if (!isKnown)
  process.stderr.write(
    `DID NOT RUN: this clone has no commit ${versionBefore}; fetch the full history to test upgrades.\n`,
  )

/** Builds the version before in a folder of its own and answers the path of its command line. */
function buildVersionBefore(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hp-before-'))
  const archive = execFileSync('git', ['-C', repository, 'archive', versionBefore], { maxBuffer: 1 << 28 })
  execFileSync('tar', ['-x', '-C', folder], { input: archive })
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: folder, stdio: 'pipe' })
  return folder
}

const stack = (image = 'busybox', replicas = 2) => `
variables:
  password: { sensitive: true, default: pass-word-1234 }
networks:
  front: { subnet: 10.74.1.0/24 }
  back: { internal: true }
volumes: { data: {}, cache: {} }
configs: { page: { content: a page } }
secrets: { word: { content: "\${password}" } }
containers:
  db:
    image: ${image}
    command: [sleep, "1000"]
    stop_grace_period: 0s
    networks: [back]
    volumes: [data:/data]
    secrets: [word]
    environment: { PASSWORD: "\${password}" }
    healthcheck: { test: [CMD, "true"], interval: 1s }
    restart: always
    mem_limit: 64m
    pids_limit: 100
    sysctls: { net.core.somaxconn: 99 }
  web:
    image: ${image}
    command: [sleep, "1000"]
    stop_grace_period: 0s
    networks: [front, back]
    ports: ["127.0.0.1:8474:80"]
    configs: [page]
    environment: { DB: "\${containers.db.ip}" }
    depends_on: { db: { condition: service_healthy } }
    tmpfs: /scratch
    labels: { tier: front }
  worker:
    image: ${image}
    command: [sleep, "1000"]
    stop_grace_period: 0s
    networks: [back]
    volumes: [cache:/cache]
    keep_alive: true
    deploy: { replicas: ${replicas} }
  side:
    image: ${image}
    command: [sleep, "1000"]
    stop_grace_period: 0s
    network_mode: container:web
`

describe.runIf(isKnown)('an instance that the version before has made', () => {
  let before = ''
  let state = ''
  let pids: Readonly<Record<string, number | null>> = {}
  let instance: Instance
  const old = (...args: string[]) => instance.with(join(before, 'dist/heropods.js'), args)

  beforeAll(() => {
    before = buildVersionBefore()
    state = hostState()
    instance = new Instance()
    instance.stack(stack())
    expect(old('apply', '--yes', 'test.yaml').stderr).toBe('')
    pids = instance.pids()
  })
  afterAll(() => {
    instance.end()
    rmSync(before, { recursive: true, force: true })
    expect(hostState()).toBe(state)
  })

  it('has an empty plan, and keeps its processes through apply and refresh', () => {
    expect(instance.steps()).toEqual([])
    instance.apply()
    instance.ok('refresh')
    expect(instance.steps()).toEqual([])
    expect(Object.keys(pids)).toHaveLength(5)
    expect(instance.pids()).toEqual(pids)
  })

  it('has the same objects for the version before and for this one', () => {
    const objectsOf = (text: string): object[] => JSON.parse(text).containers
    expect(objectsOf(instance.ok('ps', '--json'))).toMatchObject(objectsOf(old('ps', '--json').stdout))
    expect(instance.ok('config', 'test.yaml')).toBe(old('config', 'test.yaml').stdout)
  })

  it('takes live changes, restarts, exec and logs', () => {
    instance.stack(stack().replace('mem_limit: 64m', 'mem_limit: 96m'))
    expect(instance.steps().map(({ address, class: cost }) => [address, cost])).toEqual([['test/container/db', 'live']])
    instance.apply()
    expect(instance.pids()).toEqual(pids)
    expect(instance.exec('db', 'cat', '/run/secrets/word')).toBe('pass-word-1234')
    instance.ok('restart', 'worker.2')
    expect(instance.pids()).toEqual({ ...pids, 'worker.2': expect.any(Number) })
    expect(instance.pids()['worker.2']).not.toBe(pids['worker.2'])
    expect(instance.ok('logs', 'worker.2')).toBe('')
    expect(instance.steps()).toEqual([])
  })

  it('goes back to a generation that the version before applied', () => {
    instance.ok('rollback', '1', '--yes')
    expect(instance.containers().get('db')?.pid).toBe(pids.db)
    instance.stack(stack())
    expect(instance.steps()).toEqual([])
  })

  it('loses a replica and gains one', () => {
    instance.stack(stack('busybox', 3))
    instance.apply()
    instance.stack(stack('busybox', 1))
    instance.apply()
    expect(instance.pids()).toMatchObject({ db: pids.db, web: pids.web, 'worker.1': pids['worker.1'] })
    expect(instance.steps()).toEqual([])
  })
})
