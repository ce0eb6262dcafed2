import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Folder } from './support.ts'

/** One program's life under the real `pulumi` command line on the real kernel: each test goes on where the one before ended. */
let folder: Folder
const program = (change: { mem?: string; image?: string; web?: string; extra?: string } = {}): void =>
  folder.index(`
const net = new Network('front', { subnet: '10.61.0.0/24' })
const data = new Volume('data')
const db = new Container('db', {
  image: ${change.image ?? "'busybox'"},
  command: ['sleep', '1000'],
  networks: [net],
  volumes: [{ type: 'volume', source: data.address, target: '/data' }],
  memLimit: '${change.mem ?? '64m'}',
  stopGracePeriod: 0,
})
const web = new Container('web', {
  image: 'busybox',
  command: ${change.web ?? "['httpd', '-f', '-p', '80', '-h', '/www']"},
  networks: [{ network: net, aliases: ['www'] }],
  configs: [{ name: 'page', content: 'hello', target: '/www/index.html' }],
  secrets: [{ name: 'key', content: pulumi.secret('k3y-in-a-file') }],
  environment: { DB: db.ip, PASSWORD: pulumi.secret('w0rd-in-the-air'), MODE: 'plain' },
  ports: ['18086:80'],
  stopGracePeriod: 0,
})
${change.extra ?? ''}
export const ip = web.ip
export const pid = web.pid
export const gateway = net.gateway
export const digest = db.digest
`)

beforeAll(() => {
  folder = new Folder({ packages: { typescript: '^5.8.0', '@types/node': '^20.0.0' } })
  folder.ok('stack', 'init', 'dev')
}, 300_000)
afterAll(() => folder.end(), 120_000)

const fetched = async (): Promise<string> =>
  (await fetch('http://127.0.0.1:18086/', { signal: AbortSignal.timeout(3000) })).text()

describe('a program', () => {
  it('is typed', () => {
    program()
    expect(folder.typecheck()).toEqual({ code: 0, output: '' })
    folder.index("new Container('x', { image: 'busybox', memLimitt: '5m' })")
    expect(folder.typecheck().output).toContain("'memLimitt' does not exist")
    folder.index("new Container('x', { image: 'busybox', restart: 'allways' })")
    expect(folder.typecheck().output).toContain('"allways"\' is not assignable')
  })

  it('is previewed, with what is not known yet, and nothing is touched', () => {
    program()
    const output = folder.ok('preview')
    expect(output).toMatch(/heropods:Container web create/)
    expect(output).toMatch(/\+ 5 to create/)
    expect(folder.containers().size).toBe(0)
  })

  it('comes up; outputs of one are inputs of another', async () => {
    expect(folder.up()).toMatch(/\+ 5 created/)
    const { ip, pid, gateway, digest } = folder.outputs()
    expect(ip).toBe('10.61.0.3')
    expect(gateway).toBe('10.61.0.1')
    expect(digest).toMatch(/^sha256:/)
    expect(folder.pid('web')).toBe(pid)
    expect(await fetched()).toBe('hello')
    expect(folder.heropods('exec', 'db', 'wget', '-qO-', 'http://www/')).toBe('hello')
    const inside = folder.heropods('exec', 'web', 'env')
    expect(inside).toContain('DB=10.61.0.2')
    expect(inside).toContain('PASSWORD=w0rd-in-the-air')
    const { generations } = JSON.parse(folder.heropods('history', '--json')) as { generations: { origin: string }[] }
    expect(generations[0]?.origin).toMatch(/^[\w-]+\/dev$/)
    // One run of Pulumi is one row, e.g. `1-4`.
    const [, row, ...others] = folder.heropods('history').trimEnd().split('\n')
    expect(generations.length).toBeGreaterThan(1)
    expect(row).toMatch(new RegExp(`^1-${generations.length} .*pulumi [\\w-]+/dev .*6 created`))
    expect(others).toEqual([])
    expect(folder.heropods('status')).toMatch(/^pulumi~infra~dev +Ready +\d+ +2\/2 +pulumi infra\/dev /m)
  })

  it('says nothing to do when nothing has changed', () => {
    expect(folder.ok('preview', '--expect-no-changes')).toMatch(/5 unchanged/)
    expect(folder.up('--expect-no-changes')).toMatch(/5 unchanged/)
  })

  it('an upgrade of HeroPods alone is no change', () => {
    const installed = join(folder.program, 'node_modules/heropods')
    const manifest = join(installed, 'package.json')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"version": "[^"]+"/, '"version": "99.0.0"'))
    for (const name of ['index', 'provider'])
      appendFileSync(join(installed, `dist/pulumi/${name}.js`), '\nglobalThis.heropodsOfTomorrow = true\n')
    expect(folder.up('--expect-no-changes')).toMatch(/6 unchanged|5 unchanged/)
  })

  it('without root it says what is needed', () => {
    execFileSync('chmod', ['-R', 'a+rwX', folder.path])
    const output = folder.asNobody('preview', '--stack', 'dev')
    expect(output).toMatch(/Containers, networks and mounts need root/)
    expect(output).not.toMatch(/at .*provider\.js/)
  })

  it('keeps secrets secret in state, previews, logs and records', () => {
    const state = folder.textBelow(`${folder.path}/state`)
    const records = folder.textBelow(`${folder.path}/data`)
    const shown = folder.ok('preview', '--diff', '--refresh') + folder.heropods('inspect', 'web', '--show-values')
    for (const secret of ['w0rd-in-the-air', 'k3y-in-a-file']) {
      expect(state).not.toContain(secret)
      expect(records).not.toContain(secret)
      expect(shown).not.toContain(secret)
    }
    expect(shown).toContain('plain')
  })

  it('changes a live field without touching the process', () => {
    const before = folder.pid('db')
    program({ mem: '96m' })
    expect(folder.ok('preview', '--diff')).toMatch(/memLimit\s*: "64m" => "96m"/)
    expect(folder.up()).toMatch(/~ 1 updated\s+4 unchanged/)
    expect(folder.pid('db')).toBe(before)
  })

  it('changes the image by an update: another process at the same address', () => {
    const before = folder.containers()
    makeArchive(folder.program)
    const digest = folder.outputs().digest
    program({ mem: '96m', image: "new Image('other', { archive: 'other.tar' })" })
    expect(folder.up()).toMatch(/\+ 1 created\s+~ 1 updated/)
    const after = folder.containers()
    expect(after.get('db')?.pid).not.toBe(before.get('db')?.pid)
    expect(after.get('db')?.ip).toBe(before.get('db')?.ip)
    expect(after.get('web')?.pid).toBe(before.get('web')?.pid)
    expect(folder.outputs().digest).not.toBe(digest)
    expect(folder.heropods('exec', 'db', 'cat', '/etc/release')).toBe('another image\n')
    program({ mem: '96m' })
    folder.up()
  })

  it('sees drift in a preview and mends it by up', async () => {
    process.kill(folder.pid('db') as number, 'SIGKILL')
    folder.heropods('exec', 'web', 'true')
    const preview = folder.ok('preview')
    expect(preview).toMatch(/heropods:Container db update/)
    expect(preview).toMatch(/container\/db: .*137/)
    expect(folder.up()).toMatch(/~ 1 updated\s+4 unchanged/)
    expect(folder.containers().get('db')?.state).toBe('running')
    expect(await fetched()).toBe('hello')
  })

  it('refresh brings what is known up to date, and what is gone is made again', () => {
    folder.heropods('rm', '--force', 'db')
    folder.heropods('stop', 'web')
    folder.ok('refresh', '--yes')
    const known = folder.resources().map((one) => one.urn.split('::').at(-1))
    expect(known).not.toContain('db')
    expect(folder.resources().find((one) => one.urn.endsWith('::web'))?.outputs?.state).toBe('stopped')
    expect(folder.up()).toMatch(/\+ 1 created\s+~ 1 updated\s+2 changes\. 3 unchanged/)
    expect([...folder.containers().values()].map((one) => one.state)).toEqual(['running', 'running'])
    expect(folder.up('--expect-no-changes')).toMatch(/5 unchanged/)
  })

  it('a create that fails in the middle stays in the state, and the next up mends it', () => {
    const broken = `
const late = new Container('late', { image: 'busybox', command: ['sh', '-c', 'echo no such luck; exit 7'], networks: [net], stopGracePeriod: 0 })
const after = new Container('after', { image: 'busybox', command: ['sleep', '1000'], networks: [net], stopGracePeriod: 0, dependsOn: [late] })`
    program({ mem: '96m', extra: broken })
    const failed = folder.pulumi('up', '--yes', '--skip-preview')
    expect(failed.code).not.toBe(0)
    expect(failed.output).toMatch(/exited with code 7[\s\S]*no such luck/)
    expect(folder.resources().map((one) => one.urn.split('::').at(-1))).toContain('late')
    expect(folder.containers().has('after')).toBe(false)
    program({ mem: '96m', extra: broken.replace('exit 7', 'exec sleep 1000') })
    folder.up()
    expect(folder.containers().get('late')?.state).toBe('running')
    expect(folder.containers().get('after')?.state).toBe('running')
    expect(folder.up('--expect-no-changes')).toMatch(/7 unchanged/)
  })

  it('what fails to validate is told before anything is touched', () => {
    const pids = folder.pid('db')
    program({ mem: '96m', extra: "new Container('bad name', { image: 'busybox' })" })
    expect(folder.pulumi('preview').output).toMatch(/"bad name" is not a name on the host/)
    program({ mem: '12q' })
    const { code, output } = folder.pulumi('up', '--yes', '--skip-preview')
    expect(code).not.toBe(0)
    expect(output).toMatch(/12q/)
    expect(output).not.toMatch(/at .*provider\.js/)
    expect(folder.pid('db')).toBe(pids)
  })

  it('a port of the host that is taken is refused before anything is touched, and leaves no trace in the state', async () => {
    const other = createServer().listen(18087, '127.0.0.1')
    await once(other, 'listening')
    program({ mem: '96m' })
    // Removes what the tests before have left.
    folder.up()
    const pid = folder.pid('web')
    const free = folderText()
    folder.write('index.ts', free.replace('18086:80', '18087:80'))
    const taken = /cannot publish 127\.0\.0\.1:18087\/tcp, which is taken by node.* \(pid \d+\)/
    expect(folder.pulumi('preview').output).toMatch(taken)
    expect(folder.pulumi('up', '--yes', '--skip-preview').output).toMatch(taken)
    other.close()
    expect(folder.pid('web')).toBe(pid)
    folder.write('index.ts', free)
    expect(folder.ok('preview', '--expect-no-changes')).toMatch(/5 unchanged/)
  })

  it('replaces a network together with what stands on it, old ones first', async () => {
    program({ mem: '96m' })
    folder.write('index.ts', folderText().replace('10.61.0.0/24', '10.62.0.0/24'))
    expect(folder.ok('preview')).toMatch(/heropods:Network front replace/)
    folder.up()
    expect(folder.containers().get('web')?.ip).toMatch(/^10\.62\.0\./)
    expect(await fetched()).toBe('hello')
    expect(folder.up('--expect-no-changes')).toMatch(/5 unchanged/)
  })

  it('is destroyed in part and whole', () => {
    const web = folder.resources().find((one) => one.urn.endsWith('::web'))?.urn as string
    folder.ok('destroy', '--yes', '--skip-preview', '--target', web)
    expect([...folder.containers().keys()]).toEqual(['db'])
    expect(folder.ok('destroy', '--yes', '--skip-preview')).toMatch(/volume\/data: its data stays on the host/)
    expect(folder.containers().size).toBe(0)
    expect(folder.resources().filter((one) => one.type.includes('heropods'))).toEqual([])
  })

  it('thirty containers come up together', () => {
    folder.index(`
const net = new Network('many', { subnet: '10.63.0.0/24' })
const image = new Image('base', { builtin: 'busybox' })
for (let i = 0; i < 30; i += 1) new Container(\`c\${i}\`, { image, command: ['sleep', '1000'], networks: [net], stopGracePeriod: 0 })`)
    expect(folder.up()).toMatch(/\+ 33 created/)
    const rows = [...folder.containers().values()]
    expect(rows).toHaveLength(30)
    expect(new Set(rows.map((one) => one.ip)).size).toBe(30)
    expect(folder.up('--expect-no-changes')).toMatch(/33 unchanged/)
    folder.ok('destroy', '--yes', '--skip-preview')
    expect(folder.containers().size).toBe(0)
  })
})

/** Another image: a root file system with the host's static busybox. */
function makeArchive(folder: string): void {
  const rootfs = join(folder, 'rootfs')
  for (const name of ['bin', 'etc', 'proc', 'sys', 'dev', 'tmp']) mkdirSync(join(rootfs, name), { recursive: true })
  copyFileSync('/bin/busybox', join(rootfs, 'bin/busybox'))
  for (const applet of ['sh', 'sleep', 'cat', 'wget']) symlinkSync('busybox', join(rootfs, 'bin', applet))
  writeFileSync(join(rootfs, 'etc/release'), 'another image\n')
  execFileSync('tar', ['-cf', join(folder, 'other.tar'), '-C', rootfs, '.'])
}

const folderText = (): string => folder.read('index.ts')
