import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { isFull } from '../full.ts'
import { Folder } from './support.ts'

/** Pulumi's own options, adoption and the Stack component, each in a stack of its own. */
let folder: Folder
let counter = 0
beforeAll(() => {
  folder = new Folder({ packages: { typescript: '^5.8.0', '@types/node': '^20.0.0' } })
}, 300_000)
afterEach(() => {
  folder.heropods('destroy', '--all', '--yes', '--delete-data')
})
afterAll(() => folder.end(), 120_000)

const fresh = (body: string): void => {
  counter += 1
  folder.ok('stack', 'init', `s${counter}`)
  folder.index(body)
}

const sleeper = (name: string, args = '', options = ''): string =>
  `const ${name} = new Container('${name}', { image: 'busybox', command: ['sleep', '1000'], networkMode: 'none', stopGracePeriod: 0, ${args} }, { ${options} })\n`

describe('options of Pulumi', () => {
  it('dependsOn orders, and values not known yet leave a preview whole', () => {
    fresh(
      `${sleeper('first')}${sleeper('second', 'environment: { PID: pulumi.interpolate`${first.pid}` }', 'dependsOn: [first]')}`,
    )
    expect(folder.ok('preview')).toMatch(/\+ 3 to create/)
    folder.up()
    const { first, second } = Object.fromEntries(folder.containers())
    expect(Number(second?.pid)).toBeGreaterThan(Number(first?.pid))
    expect(folder.heropods('exec', 'second', 'env')).toContain(`PID=${first?.pid}`)
  })

  it('a dependant waits for good health', () => {
    fresh(
      `const store = new Container('store', { image: 'busybox', command: ['sh', '-c', 'sleep 2; touch /ready; exec sleep 1000'], networkMode: 'none', stopGracePeriod: 0, healthcheck: { test: ['CMD', 'test', '-f', '/ready'], interval: '300ms', startPeriod: '1h', startInterval: '300ms' }, onUnhealthy: { action: 'restart' } })\n${sleeper('user', "dependsOn: [{ container: store, condition: 'service_healthy' }]")}`,
    )
    folder.up()
    const started = (name: string): number => Date.parse(folder.containers().get(name)?.startedAt ?? '')
    expect(started('user') - started('store')).toBeGreaterThanOrEqual(2000)
  })

  it.runIf(isFull)('protect keeps from deletion', () => {
    fresh(sleeper('kept', '', 'protect: true'))
    folder.up()
    const pid = folder.pid('kept')
    folder.index('')
    const { code, output } = folder.pulumi('up', '--yes', '--skip-preview')
    expect(code).not.toBe(0)
    expect(output).toMatch(/protect/)
    expect(folder.pid('kept')).toBe(pid)
  })

  it.runIf(isFull)('ignoreChanges leaves a change alone', () => {
    fresh(sleeper('one', "memLimit: '64m'", "ignoreChanges: ['memLimit']"))
    folder.up()
    folder.index(sleeper('one', "memLimit: '128m'", "ignoreChanges: ['memLimit']"))
    expect(folder.up('--expect-no-changes')).toMatch(/2 unchanged/)
  })

  it.runIf(isFull)('replaceOnChanges turns an update into a replacement', () => {
    fresh(sleeper('one', "labels: { a: '1' }", "replaceOnChanges: ['labels']"))
    folder.up()
    const pid = folder.pid('one')
    folder.index(sleeper('one', "labels: { a: '2' }", "replaceOnChanges: ['labels']"))
    expect(folder.up()).toMatch(/1 replaced/)
    expect(folder.pid('one')).not.toBe(pid)
  })

  it.runIf(isFull)('retainOnDelete leaves it running', () => {
    fresh(sleeper('one', '', 'retainOnDelete: true'))
    folder.up()
    const pid = folder.pid('one')
    folder.index('')
    folder.up()
    expect(folder.pid('one')).toBe(pid)
  })

  it('aliases rename a resource without touching what runs', () => {
    fresh(sleeper('old'))
    folder.up()
    const pid = folder.pid('old')
    folder.index(sleeper('fresh', '', "aliases: [{ name: 'old' }]"))
    folder.up('--expect-no-changes')
    expect(folder.pid('old')).toBe(pid)
    expect([...folder.containers().keys()]).toEqual(['old'])
  })

  it.runIf(isFull)('another order of ports or networks is no change', () => {
    const body = (ports: string) =>
      `new Container('one', { image: 'busybox', command: ['sleep', '1000'], ports: ${ports}, stopGracePeriod: 0 })`
    fresh(body("['18087:80', '18088:81']"))
    folder.up()
    expect(folder.containers().get('one')?.ip).toBe('10.10.0.2')
    folder.index(body("['18087:80', '18088:81']").replace('stopGracePeriod: 0', "stopGracePeriod: '0s'"))
    expect(folder.up('--expect-no-changes')).toMatch(/2 unchanged/)
  })

  it.runIf(isFull)('two programs with the same names do not know each other', () => {
    fresh(sleeper('same'))
    folder.up()
    const pid = folder.containers().get('same')?.pid
    fresh(sleeper('same'))
    folder.up()
    folder.ok('destroy', '--yes', '--skip-preview')
    expect(folder.containers().get('same')?.pid).toBe(pid)
  })

  it.runIf(isFull)('deleting what is gone already succeeds', () => {
    fresh(sleeper('one'))
    folder.up()
    folder.heropods('rm', '--force', 'one')
    folder.ok('destroy', '--yes', '--skip-preview')
  })

  it('two resources of one name are refused, and no secret is in what is said', () => {
    const all = "const all = { image: 'busybox', command: ['sleep', '1000'], stopGracePeriod: 0 }\n"
    fresh(`${all}new Container('a', { ...all, name: 'x' })\nnew Container('b', { ...all, name: 'x' })`)
    const twice = folder.pulumi('preview')
    expect(twice.code).not.toBe(0)
    expect(twice.output).toMatch(/The resource .*[ab].* of this program already has the address \S+\/container\/x/)
    folder.index(
      `${all}new Container('c', { ...all, secrets: [{ name: 's', content: pulumi.secret('h1dden-in-errors'), mode: '999' }] })`,
    )
    const { code, output } = folder.pulumi('preview')
    expect(code).not.toBe(0)
    expect(output).toMatch(/mode/)
    expect(output).not.toContain('h1dden-in-errors')
  })

  it('a volume is not erased below a running container', () => {
    const container =
      "new Container('a', { image: 'busybox', command: ['sleep', '1000'], volumes: ['v:/d'], stopGracePeriod: 0 }"
    fresh(`const v = new Volume('v', { deleteData: true })\n${container}, { dependsOn: v })`)
    folder.up()
    folder.index(`${container})`)
    expect(folder.pulumi('up', '--yes', '--skip-preview').output).toMatch(
      /volume\/v cannot be removed: \S+\/container\/a uses it/,
    )
    expect(folder.heropods('exec', 'a', 'touch', '/d/still-there')).toBe('')
    folder.ok('destroy', '--yes', '--skip-preview')
    expect(folder.heropods('volume', 'ls')).not.toMatch(/^v /m)
  })

  it('a secret in a new instance is no change afterwards', () => {
    folder.heropods('instance', 'rm', 'default', '--delete-data')
    fresh(
      "new Container('a', { image: 'busybox', command: ['sleep', '1000'], environment: { A: pulumi.secret('x') }, stopGracePeriod: 0 })",
    )
    folder.up()
    expect(folder.up('--expect-no-changes')).toMatch(/unchanged/)
  })

  it('a volume is released, or erased where that is stated', () => {
    fresh("new Volume('kept')\nnew Volume('erased', { deleteData: true })")
    folder.up()
    folder.ok('destroy', '--yes', '--skip-preview')
    const { volumes } = JSON.parse(folder.heropods('volume', 'ls', '--json')) as {
      volumes: { name: string; state: string }[]
    }
    expect(volumes.filter((one) => one.name !== 'data').map((one) => `${one.name} ${one.state}`)).toEqual([
      'kept released',
    ])
  })
})

const stackFile = (extra = ''): string => `
apiVersion: heropods/v1
kind: Stack
metadata: { name: shop }
variables:
  greeting: { type: string, default: hello }
  password: { type: string, default: "" }
networks: { front: { subnet: 10.64.0.0/24 } }
volumes: { data: {} }
configs: { page: { content: "\${greeting}" } }
containers:
  db: { image: busybox, command: [sleep, "1000"], volumes: ["data:/data"], stop_grace_period: 0s }
  web:
    image: busybox
    command: [httpd, -f, -p, "80", -h, /www]
    configs: [{ source: page, target: /www/index.html }]
    environment: { DB: "\${containers.db.ip}", PASSWORD: "\${password}" }
    ports: ["18089:80"]
    stop_grace_period: 0s
${extra}`

describe('stack files and programs', () => {
  it('adopt takes over what a stack file made, without a restart; the file then keeps off it', () => {
    writeFileSync(join(folder.program, 'shop.yaml'), stackFile())
    folder.heropods('apply', '--yes', 'shop.yaml')
    const before = folder.pid('web')
    fresh(`
const front = new Network('front', { subnet: '10.64.0.0/24', adopt: true })
const db = new Container('web', {
  adopt: true,
  image: 'busybox',
  command: ['httpd', '-f', '-p', '80', '-h', '/www'],
  configs: [{ name: 'page', content: 'hello', target: '/www/index.html' }],
  environment: { DB: '10.64.0.2', PASSWORD: '' },
  networks: [front],
  ports: ['18089:80'],
  stopGracePeriod: 0,
})`)
    folder.up()
    expect(folder.pid('web')).toBe(before)
    expect(folder.up('--expect-no-changes')).toMatch(/3 unchanged/)
    expect(() => folder.heropods('apply', '--yes', 'shop.yaml')).toThrow(/managed by pulumi\/infra/)
    writeFileSync(
      join(folder.program, 'shop.yaml'),
      stackFile()
        .replace(/ {2}web:[\s\S]*/, '')
        .replace(/^networks.*$/m, ''),
    )
    folder.index("const front = new Network('front', { subnet: '10.64.0.0/24', adopt: true })")
    folder.up()
    expect(folder.containers().has('web')).toBe(false)
  })

  it('a stack file as a component: children, references, variables, secrets', async () => {
    writeFileSync(join(folder.program, 'shop.yaml'), stackFile().replace('default: ""', 'default: "", sensitive: true'))
    fresh(`
const shop = new Stack('shop', { file: 'shop.yaml', variables: { greeting: 'from a file', password: pulumi.secret('s3cret-variable') } })
export const ips = shop.ips
`)
    folder.up()
    expect(folder.outputs().ips).toEqual({ db: '10.64.0.2', web: '10.64.0.3' })
    const answer = await fetch('http://127.0.0.1:18089/', { signal: AbortSignal.timeout(3000) })
    expect(await answer.text()).toBe('from a file')
    expect(folder.heropods('exec', 'shop-db', 'wget', '-qO-', 'http://web/')).toBe('from a file')
    expect(folder.heropods('exec', 'shop-web', 'env')).toMatch(/DB=10\.64\.0\.2[\s\S]*PASSWORD=s3cret-variable/)
    expect(folder.textBelow(join(folder.path, 'state'))).not.toContain('s3cret-variable')
    expect(folder.up('--expect-no-changes')).toMatch(/unchanged/)
    writeFileSync(join(folder.program, 'shop.yaml'), stackFile('  nonsense: 5\n'))
    expect(folder.pulumi('preview').output).toMatch(/nonsense[\s\S]*at shop\.yaml:\d+:\d+/)
  })
})
