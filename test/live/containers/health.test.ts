import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instancePaths } from '../../../src/host/files/paths.ts'
import { LocalHost } from '../../../src/host/local.ts'
import type { HeroPodsError } from '../../../src/model/errors.ts'
import type { ResourceAddress } from '../../../src/model/resource-address.ts'
import { Dependencies } from '../../../src/providers/linux/container/dependencies.ts'
import { type HealthChange, HealthProber } from '../../../src/providers/linux/container/health/monitor.ts'
import { readTarget } from '../../../src/providers/linux/container/health/target.ts'
import { waitReady } from '../../../src/providers/linux/container/health/wait.ts'
import { restartContainer } from '../../../src/providers/linux/container/process/restart.ts'
import { readRecord } from '../../../src/providers/linux/container/record.ts'
import type { WriteContext } from '../../../src/providers/provider.ts'
import { buildDockerImage, Registry } from '../images/registry.ts'
import { hostState, Instance, sh } from '../support.ts'

let pristine = ''
const registry = new Registry()
const instance = new Instance(registry.environment)
const paths = instancePaths(instance.environment)
const write: WriteContext = {
  host: new LocalHost(),
  paths,
  once: (_key, read) => read(),
  abortSignal: new AbortController().signal,
  resolveSecrets: (text) => text,
  progress: () => undefined,
}

interface Row {
  readonly name: string
  readonly health: string | null
  readonly startedAt: string
  readonly pid: number
  readonly drift: readonly string[]
}
const rows = (): ReadonlyMap<string, Row> =>
  new Map((JSON.parse(instance.ok('ps', '--json')) as { containers: Row[] }).containers.map((row) => [row.name, row]))
const healths = (): Record<string, string | null> =>
  Object.fromEntries([...rows()].map(([name, { health }]) => [name, health]))
const wait = (...options: string[]) => instance.heropods(['apply', '--yes', '--wait', 'test.yaml', ...options])
const sleeper = (fields: string, name = 'app'): string =>
  `\n  ${name}: { image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s, ${fields} }`

beforeAll(() => {
  pristine = hostState()
})
afterAll(() => {
  instance.end()
  registry.stop()
  expect(hostState()).toBe(pristine)
})

describe('checks', () => {
  beforeAll(() => {
    instance.stack(`
networks: { lan: { subnet: 10.79.0.0/24 } }
containers:
  db:
    image: busybox
    command: [sh, -c, "sleep 2; touch /ready; exec sleep 1000"]
    stop_grace_period: 0s
    healthcheck: { test: [CMD, test, -f, /ready], interval: 200ms, retries: 1, start_period: 1h, start_interval: 200ms }
  web:
    image: busybox
    command: [httpd, -f, -p, "80"]
    stop_grace_period: 0s
    depends_on: { db: { condition: service_healthy } }
    healthcheck: { http: { port: 80, path: /absent, status: 404 }, interval: 200ms }
  side:
    image: busybox
    command: [sleep, "1000"]
    stop_grace_period: 0s
    network_mode: "service:web"
    healthcheck: { tcp: 80, interval: 200ms }
  shell:
    image: busybox
    command: [sleep, "1000"]
    stop_grace_period: 0s
    environment: { NAME: shell }
    healthcheck: { test: "echo $$NAME $$(hostname) | tee /dev/stderr | grep -q 'shell shell'", interval: 200ms }
  plain: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s }
`)
  })

  it('apply --wait returns when all are healthy; a dependant starts only then', () => {
    const { code, stdout, stderr } = wait('--wait-timeout', '60s')
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('test/container/web: waiting for test/container/db to be healthy')
    expect(healths()).toEqual({ db: 'healthy', web: 'healthy', side: 'healthy', shell: 'healthy', plain: null })
    const started = (name: string): number => Date.parse(rows().get(name)?.startedAt ?? '')
    // It is not ready for its first two seconds.
    expect(started('web') - started('db')).toBeGreaterThanOrEqual(2000)
  })

  it('is shown, and no drift', () => {
    expect(instance.ok('ps')).toMatch(/web .* running \(healthy\) /)
    const { containers } = JSON.parse(instance.ok('inspect', 'shell')) as { containers: { health: string }[] }
    expect(containers[0]?.health).toBe('healthy')
    expect(instance.steps()).toEqual([])
  })

  it('keeps output in a file of root’s alone', () => {
    const file = join(instance.run, 'health/test_shell-1/health.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect((JSON.parse(readFileSync(file, 'utf8')) as { output: string }).output).toBe('shell shell\n')
  })

  it('a redirection is not followed', () => {
    instance.stack(`
containers:
  app:
    image: busybox
    command: [sh, -c, "mkdir -p /www/inner; exec httpd -f -p 80 -h /www"]
    stop_grace_period: 0s
    healthcheck: { http: { port: 80, path: /inner, status: 302 }, interval: 200ms }
`)
    expect(wait('--wait-timeout', '60s').code).toBe(0)
  })
})

describe('what is not well', () => {
  it('unhealthy: exit 1 with the last output, and no drift', () => {
    instance.stack(
      `containers:${sleeper('healthcheck: { test: "echo no luck; exit 3", interval: 200ms, retries: 2 }')}\n`,
    )
    const { code, stderr } = wait()
    expect(code).toBe(1)
    expect(stderr).toMatch(/app is unhealthy:\n {2}\$ .*echo no luck.*\(exit code 3\)\n {2}\| no luck/)
    expect(healths().app).toBe('unhealthy')
    expect(instance.steps()).toEqual([])
  })

  it('another check is a live change, and starts over', () => {
    const { pid } = rows().get('app') as Row
    instance.stack(`containers:${sleeper('healthcheck: { test: "true", interval: 200ms }')}\n`)
    expect(wait('--wait-timeout', '60s').code).toBe(0)
    expect(rows().get('app')).toMatchObject({ pid, health: 'healthy' })
  })

  it('a check over its time fails, and nothing of it is left', async () => {
    instance.stack(
      `containers:${sleeper('healthcheck: { test: "echo begun; sleep 4321; true", interval: 200ms, timeout: 1s, retries: 1 }')}\n`,
    )
    const { code, stderr } = wait()
    expect(code).toBe(1)
    expect(stderr).toContain('  | begun\n  | no answer within 1 s')
    expect(sh('ps', '-eo', 'args')).not.toContain('sleep 4321')
  })

  it('a test that is not there says so', () => {
    instance.stack(`containers:${sleeper('healthcheck: { test: [CMD, /no/such], interval: 200ms, retries: 1 }')}\n`)
    expect(wait().stderr).toMatch(/is unhealthy:\n.*\/no\/such/)
  })

  it('not healthy in time, and exited: exit 1 naming it', () => {
    instance.stack(`containers:${sleeper('healthcheck: { test: "false", interval: 200ms, start_period: 1h }')}\n`)
    expect(wait('--wait-timeout', '2s').stderr).toContain('test/container/app is not healthy yet after 2 s')
    instance.stack(
      'containers:\n  app: { image: busybox, command: [sh, -c, "sleep 2; echo over; exit 7"], network_mode: none, healthcheck: { test: "false", start_period: 1h } }\n',
    )
    const { code, stderr } = wait()
    expect(code).toBe(1)
    expect(stderr).toMatch(/app has exited with code 7:\n {2}\| over/)
  })

  it('with --json the reason is a document', () => {
    instance.stack(`containers:${sleeper('healthcheck: { test: "false", interval: 200ms, retries: 1 }')}\n`)
    const last = wait('--json').stdout.trim().split('\n').at(-1) ?? ''
    expect(JSON.parse(last)).toMatchObject({ type: 'error', exitCode: 1, errors: [{ code: 'not-healthy' }] })
  })

  it('what depends on it is not started', () => {
    instance.stack(
      `containers:${sleeper('healthcheck: { test: "echo no luck; exit 1", interval: 200ms, retries: 2 }')}${sleeper('depends_on: { app: { condition: service_healthy } }', 'next')}\n`,
    )
    const { code, stdout } = instance.heropods(['apply', '--yes', 'test.yaml'])
    expect(code).toBe(1)
    expect(stdout).toContain('dependency-failed')
    expect(stdout).toMatch(/to be healthy, which is unhealthy:\n {2}\$ .*\(exit code 1\)\n {2}\| no luck/)
    expect(rows().has('next')).toBe(false)
  })
})

describe('a monitor', () => {
  const app: ResourceAddress = 'test/container/app'

  it('tells of changes; a restart starts over', async () => {
    instance.stack(`containers:${sleeper('healthcheck: { test: "test ! -f /bad", interval: 200ms, retries: 2 }')}\n`)
    instance.apply()
    const changes: HealthChange[] = []
    const monitor = new HealthProber({ ...write, onChange: (_container, change) => changes.push(change) })
    const sync = async () => monitor.sync([(await readTarget(write, app)) ?? expect.fail('it runs')])
    const statuses = () => changes.map(({ previous, status }) => `${previous} ${status}`)
    try {
      await sync()
      await expect.poll(statuses, { timeout: 30_000 }).toEqual(['starting healthy'])
      instance.exec('app', 'touch', '/bad')
      await expect.poll(statuses, { timeout: 30_000 }).toEqual(['starting healthy', 'healthy unhealthy'])
      instance.exec('app', 'rm', '/bad')
      await restartContainer(write, app, [process.execPath, join(import.meta.dirname, '../../../dist/heropods.js')])
      expect(rows().get('app')?.health).toBe('starting')
      await sync()
      expect(await waitReady(write, [app], { signal: write.abortSignal, timeout: 30_000, monitor })).toEqual({
        pending: [],
        failed: [],
      })
      expect(changes.at(-1)).toMatchObject({ status: 'healthy', run: (changes[0]?.run ?? 0) + 1 })
    } finally {
      await monitor.stop()
    }
    const { length } = changes
    instance.exec('app', 'touch', '/bad')
    await delay(1500)
    expect(changes).toHaveLength(length)
  })

  it('a step that is not to wait fails at once, to be tried again', async () => {
    instance.stack(
      `containers:${sleeper('healthcheck: { test: "true", interval: 1h }')}${sleeper('labels: { a: b }', 'next')}\n`,
    )
    instance.apply()
    const { spec } = (await readRecord(write.host, paths, 'test/container/next')) ?? expect.fail('it stands')
    const depends_on = [{ container: app, condition: 'service_healthy' } as const]
    const error = await new Dependencies('defer')
      .await(write, 'test/container/next', { ...spec, depends_on })
      .catch((thrown: unknown) => thrown)
    expect((error as HeroPodsError).diagnostics[0]).toMatchObject({ code: 'dependency-pending', retryable: true })
  })
})

describe('an image’s HEALTHCHECK', () => {
  it('counts where the stack states none, and can be switched off', async () => {
    await registry.start()
    buildDockerImage(registry, 'library/checked', [
      'HEALTHCHECK --interval=1s --timeout=5s --retries=4 CMD test -f /ready',
      'CMD ["sh", "-c", "sleep 2; touch /ready; exec sleep 1000"]',
    ])
    instance.stack(
      `containers:\n  app: { image: checked, network_mode: none, stop_grace_period: 0s }${sleeper('depends_on: { app: { condition: service_healthy } }', 'next')}\n`,
    )
    expect(wait('--wait-timeout', '60s').code).toBe(0)
    expect(healths()).toEqual({ app: 'healthy', next: null })
    instance.stack(
      'containers:\n  app: { image: checked, network_mode: none, stop_grace_period: 0s, healthcheck: { disable: true } }\n',
    )
    instance.apply()
    expect(healths()).toEqual({ app: null })
  })
})
