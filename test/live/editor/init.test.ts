import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { Instance, sh } from '../support.ts'

const instance = new Instance()
afterEach(() => void instance.ok('destroy', '--all', '--yes', '--delete-data'))
afterAll(() => instance.end())

const stacks = readdirSync(join(import.meta.dirname, '../../../stacks')).filter((name) => name !== 'README.md')
/** Those without other files. `stacks.test.ts` has the others, which need a registry. */
const templates = stacks.filter((name) => name.endsWith('.yaml')).map((name) => name.replace('.yaml', ''))

describe('templates', () => {
  it('--list names each with its purpose', () => {
    const lines = instance.ok('init', '--list').trim().split('\n')
    expect(lines.map((line) => line.split(' ')[0])).toEqual(stacks.map((name) => name.replace('.yaml', '')).sort())
    for (const line of lines) expect(line).toMatch(/^\w+ +[A-Z].*\.$/)
  })

  it.each(templates)('%s is valid, becomes healthy and leaves an empty plan', (name) => {
    instance.ok('init', `of-${name}`, '--template', name)
    const file = `of-${name}/heropods.yaml`
    expect(instance.ok('validate', file)).toContain(`of-${name}:`)
    instance.ok('fmt', '--check', file)
    instance.ok('diff', file)
    instance.ok('apply', '--yes', '--wait', file)
    expect(instance.heropods(['diff', '--exit-code', file]).code).toBe(0)
  })

  it('one with other files is copied with them, overwrites nothing, and names the script that makes its secrets', () => {
    expect(instance.ok('init', 'mine', '--template', 'tls')).toContain('sh secrets.sh\n')
    expect(readdirSync(join(instance.base, 'mine'), { recursive: true }).sort()).toEqual([
      '.heropods.schema.json',
      'README.md',
      'heropods.yaml',
      'nginx.conf',
      'secrets.sh',
      'www',
      'www/index.html',
    ])
    expect(readFileSync(join(instance.base, 'mine/heropods.yaml'), 'utf8')).toContain('metadata: { name: mine }')
    instance.write('other/nginx.conf', 'mine')
    expect(instance.heropods(['init', 'other', '--template', 'tls'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('stack-exists'),
    })
    expect(readdirSync(join(instance.base, 'other'))).toEqual(['nginx.conf'])
    const { files, valid } = JSON.parse(instance.ok('init', 'json', '--template', 'tls', '--json')) as {
      files: string[]
      valid: boolean
    }
    expect([files.length, valid]).toEqual([4, false])
  })

  it('an unknown one is refused', () => {
    expect(instance.heropods(['init', 'x', '--template', 'wep'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('Did you mean "web"?'),
    })
  })
})

describe('a first stack', () => {
  it('from options runs, and is never overwritten', async () => {
    const text = instance.ok('init', 'one', '--port', '18123:80', '--health', '/', '--volume', '/data')
    expect(text).toContain('heropods diff')
    instance.ok('fmt', '--check', 'one/heropods.yaml')
    instance.ok('apply', '--yes', '--wait', 'one/heropods.yaml')
    expect(await (await fetch('http://127.0.0.1:18123/')).text()).toBe('Hello from HeroPods\n')
    const before = readFileSync(join(instance.base, 'one/heropods.yaml'), 'utf8')
    expect(instance.heropods(['init', 'one'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('stack-exists'),
    })
    expect(readFileSync(join(instance.base, 'one/heropods.yaml'), 'utf8')).toBe(before)
  })

  it('without options runs with defaults', () => {
    instance.ok('init', 'two', '--replicas', '2')
    instance.ok('apply', '--yes', 'two/heropods.yaml')
    expect([...instance.containers().keys()]).toEqual(['app.1', 'app.2'])
  })

  it('asks five questions on a terminal', () => {
    const cli = join(import.meta.dirname, '../../../dist/heropods.js')
    const answers = 'shop\\nbusybox\\n18124:80\\n/data\\n/\\n'
    const shown = sh(
      'bash',
      '-c',
      `cd ${instance.base} && (for a in shop busybox 18124:80 /data /; do sleep 0.7; echo $a; done) | HEROPODS_DIR=${instance.base}/data HEROPODS_RUN_DIR=${instance.base}/run script -qec "${process.execPath} ${cli} init asked" /dev/null`,
    )
    expect(answers.split('\\n').length - 1).toBe(5)
    for (const question of ['Name of the stack [asked]', 'Image [busybox]', 'Port', 'Path in the container', 'health'])
      expect(shown).toContain(question)
    const text = readFileSync(join(instance.base, 'asked/heropods.yaml'), 'utf8')
    expect(text).toContain('metadata: { name: shop }')
    expect(text).toContain('ports: ["18124:80"]')
    expect(text).toContain('path: /')
  })

  it('answers that do not fit are refused, and nothing is written', () => {
    for (const wrong of [
      ['--port', '1:1', '--replicas', '2'],
      ['--port', '99999:80'],
      ['--health', '/'],
      ['--replicas', 'x'],
    ])
      expect(instance.heropods(['init', 'wrong', ...wrong]).code).toBe(3)
    expect(readdirSync(instance.base)).not.toContain('wrong')
  })
})

describe('a Compose file', () => {
  const compose = `version: "3.8"
services:
  web:
    image: busybox
    container_name: my-web
    command: httpd -f -p 80 -h /www
    environment: ["LEVEL=\${LOG_LEVEL:-info}"]
    ports: ["18125:80"]
    volumes: ["data:/www"]
volumes: { data: { driver: local } }
`

  it('is pointed to', () => {
    instance.write('compose/docker-compose.yml', compose)
    const cli = join(import.meta.dirname, '../../../dist/heropods.js')
    expect(sh('bash', '-c', `cd ${instance.base}/compose && ${process.execPath} ${cli} validate 2>&1; true`)).toContain(
      'heropods init --from docker-compose.yml',
    )
  })

  it('is converted, and each difference is shown', () => {
    instance.write('compose/docker-compose.yml', compose)
    const shown = instance.ok('init', 'converted', '--from', 'compose/docker-compose.yml')
    for (const key of ['version', 'services.web.container_name', 'services.web.ports'])
      expect(shown).toContain(`! ${key}: `)
    instance.apply('converted/heropods.yaml')
    expect(instance.exec('web', 'env')).toContain('LEVEL=info')
    expect(instance.heropods(['diff', '--exit-code', 'converted/heropods.yaml']).code).toBe(0)
  })

  it('with fields that HeroPods does not have yet is written with its problems', () => {
    instance.write(
      'compose/later.yml',
      compose.replace('container_name: my-web', 'post_start: [{ command: [echo, a] }]'),
    )
    const answer = instance.heropods(['init', 'later', '--from', 'compose/later.yml'])
    expect(answer).toMatchObject({ code: 1, stderr: expect.stringContaining('post_start') })
    expect(readdirSync(join(instance.base, 'later'))).toContain('heropods.yaml')
  })
})
