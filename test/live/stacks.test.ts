import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { get, type RequestOptions } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { instanceWithRegistry } from './hooks.ts'
import { buildStackImages } from './stack-images.ts'
import { cli, sh } from './support.ts'

/** Each stack of stacks/ that is a folder: `heropods init` copies it, its secrets are made, it comes up and does its work. */
const top = join(import.meta.dirname, '../../stacks')
const { registry, instance } = instanceWithRegistry()
const path = (name: string): string => join(instance.base, name)
const page = async (url: string): Promise<string> => (await fetch(url, { signal: AbortSignal.timeout(3000) })).text()

beforeAll(() => buildStackImages(registry))
afterEach(() => void instance.ok('destroy', '--all', '--yes'))
afterAll(() => {
  // Protected volumes stay: another version of the stacks allows their data to be erased.
  instance.write(
    'erase.yaml',
    'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: webapp }\nvolumes: { database: {} }\n',
  )
  instance.write(
    'erase-queue.yaml',
    'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: queue }\nvolumes: { jobs: {} }\n',
  )
  instance.ok('apply', '--yes', 'erase.yaml', 'erase-queue.yaml')
})

/** A request over TLS that trusts only this certificate. */
const secure = (certificate: string, options: RequestOptions = {}) =>
  new Promise<{ body: string; subject: string; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const request = get(
      {
        host: '127.0.0.1',
        port: 8443,
        servername: 'localhost',
        ca: readFileSync(certificate),
        agent: false,
        ...options,
      },
      async (response) => {
        const { subject } = (response.socket as TLSSocket).getPeerCertificate()
        resolve({ body: await text(response), subject: String(subject.CN), headers: response.headers })
      },
    )
    request.on('error', reject)
  })

/** What each stack does when it runs. */
const shows: Readonly<Record<string, () => Promise<void>>> = {
  webapp: async () => {
    const rows = async () => JSON.parse(await page('http://127.0.0.1:8080/notes')) as { text: string }[]
    expect(await rows()).toMatchObject([{ text: 'Written by the migration' }])
    expect(instance.ok('logs', 'migrate')).toContain('applying /migrations/001-notes.sql')
    // A new migration is a change of the job alone.
    const pids = instance.pids()
    const sql = path('webapp/migrations/001-notes.sql')
    writeFileSync(sql, `${readFileSync(sql, 'utf8')}INSERT INTO notes (text) VALUES ('Second');\n`)
    instance.ok('apply', '--yes', '--wait', 'webapp/heropods.yaml')
    expect(await rows()).toMatchObject([{ text: 'Written by the migration' }, { text: 'Second' }])
    expect(instance.pids()).toMatchObject({ db: pids.db, app: pids.app })
    // One that fails stops the apply with its output, and changes nothing.
    writeFileSync(sql, "INSERT INTO notes (text) VALUES ('Third'); INSERT INTO absent VALUES (1);\n")
    const failed = instance.heropods(['apply', '--yes', '--wait', 'webapp/heropods.yaml'])
    expect([failed.code, failed.stdout + failed.stderr]).toEqual([
      1,
      expect.stringContaining('relation "absent" does not exist'),
    ])
    expect(await rows()).toHaveLength(2)
  },
  tls: async () => {
    const certificate = path('tls/secrets/tls.crt')
    const first = await secure(certificate)
    expect(first).toMatchObject({ body: expect.stringContaining('This page came over TLS'), subject: 'localhost' })
    expect(first.headers['strict-transport-security']).toBe('max-age=31536000')
    await expect(secure(certificate, { servername: 'other.example' })).rejects.toThrow('other.example')
    const old11 = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    await expect(secure(certificate, old11)).rejects.toThrow('alert protocol version')
    const plain = await fetch('http://127.0.0.1:8080/a', { redirect: 'manual' })
    expect([plain.status, plain.headers.get('location')]).toEqual([301, 'https://127.0.0.1/a'])
    // A renewed certificate is served after the next apply.
    const old = path('old.crt')
    sh('mv', certificate, old)
    sh('sh', path('tls/secrets.sh'))
    instance.ok('apply', '--yes', '--wait', 'tls/heropods.yaml')
    expect((await secure(certificate)).body).toBe(first.body)
    await expect(secure(old)).rejects.toThrow('self-signed certificate')
  },
  queue: async () => {
    const jobs = Array.from({ length: 12 }, (_, index) => `job ${index} "a" $(b)`)
    instance.exec('worker.1', 'sh', '/queue/push.sh', ...jobs)
    const done = () => instance.exec('worker.2', 'sh', '/queue/results.sh').trim().split('\n').sort()
    await expect.poll(() => done().length, { timeout: 20_000 }).toBe(12)
    expect(done()[0]).toMatch(/^job 0 "a" \$\(b\) [0-9a-f]{64} by worker/)
    // A worker that was killed with a job puts it back.
    const redis = (...command: string[]) =>
      instance.exec(
        'worker.1',
        'sh',
        '-c',
        'REDISCLI_AUTH=$(cat /run/secrets/redis_password) redis-cli -h redis "$@"',
        'sh',
        ...command,
      )
    redis('rpush', `jobs:running:${instance.exec('worker.3', 'hostname').trim()}`, 'unfinished')
    process.kill(instance.pids()['worker.3'] ?? 0, 'SIGKILL')
    await expect.poll(() => done().length, { timeout: 20_000 }).toBe(13)
    expect(done().at(-1)).toMatch(/^unfinished /)
    expect(redis('llen', 'jobs:waiting')).toBe('0\n')
    expect(instance.heropods(['exec', 'redis', 'redis-cli', 'ping']).stdout).toContain('NOAUTH')
  },
  dev: async () => {
    const url = 'http://127.0.0.1:3000'
    await expect.poll(() => page(url).catch(() => ''), { timeout: 20_000 }).toContain('environment: visit 1')
    const file = path('dev/app/server.mjs')
    writeFileSync(file, readFileSync(file, 'utf8').replace('Hello from the development environment', 'Changed'))
    await expect.poll(() => page(url).catch(() => ''), { timeout: 20_000 }).toMatch(/^Changed: visit \d+\n$/)
    sh('chown', '-R', '1000:1000', path('dev/app'))
    expect(instance.exec('app', 'sh', '-c', 'echo made >made; ls -n made')).toMatch(/1000 +1000 .* made/)
    instance.ok('apply', '--yes', '--profile', 'tools', 'dev/heropods.yaml')
    expect(instance.exec('client', 'redis-cli', '-h', 'db', 'get', 'visits')).toMatch(/^\d+\n$/)
  },
  monitoring: async () => {
    const watch = spawn(process.execPath, [cli, 'watch', path('monitoring'), '--listen', '127.0.0.1:9180'], {
      cwd: instance.base,
      env: instance.environment,
      stdio: 'ignore',
    })
    try {
      // Grafana's data come from Prometheus, which has them from watch and from the exporter.
      const shown = (name: string) => page(`http://127.0.0.1:3001/${name}`).catch(() => '')
      const patience = { timeout: 30_000 }
      await expect
        .poll(() => shown('heropods'), patience)
        .toMatch(/^heropods_containers\{stack="monitoring",state="running",health="healthy"\} 1$/m)
      await expect.poll(() => shown('node'), patience).toMatch(/^node_load1 \d/)
      expect(await shown('heropods')).toContain(
        'heropods_container_memory_bytes{stack="monitoring",container="grafana"}',
      )
      expect(await shown('password-length')).toBe('24\n')
      expect(await shown('heropods.json')).toContain('CPU of containers')
      for (const port of [3001, 9090, 9100])
        expect(sh('ss', '-Hltn', `sport = :${port}`)).toContain(`127.0.0.1:${port} `)
    } finally {
      watch.kill()
      await new Promise((resolve) => watch.once('exit', resolve))
    }
  },
}

describe('stacks', () => {
  it.each(Object.entries(shows))('%s does its work', async (name, show) => {
    const next = instance.ok('init', name, '--template', name)
    if (next.includes('sh secrets.sh')) sh('sh', path(`${name}/secrets.sh`))
    const file = `${name}/heropods.yaml`
    instance.ok('validate', file)
    instance.ok('fmt', '--check', file)
    instance.ok('apply', '--yes', '--wait', file)
    expect(instance.heropods(['diff', '--exit-code', file]).code).toBe(0)
    await show()
  })

  it('each that is a folder has a test', () =>
    expect(
      readdirSync(top)
        .filter((name) => !name.includes('.'))
        .sort(),
    ).toEqual(Object.keys(shows).sort()))
})
