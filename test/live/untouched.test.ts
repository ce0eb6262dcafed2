import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Instance, sh } from './support.ts'

const looks = [
  ['diff', 'test.yaml'],
  ['ps'],
  ['status'],
  ['history'],
  ['why', 'a'],
  ['network', 'ls'],
  ['volume', 'ls'],
  ['image', 'ls'],
  ['instance', 'ls'],
  ['doctor'],
  ['validate', 'test.yaml'],
  ['config', 'test.yaml'],
]

/** Every file below a folder with its time, and the processes that name it. Redis writes its own files while it runs. */
function listing(base: string): string {
  const entries = readdirSync(base, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/\/redis(\/|$)|\/(upper|root|rootfs)\//.test(name))
    .map((name) => `${name} ${lstatSync(join(base, name)).mtimeMs}`)
  const processes = sh('ps', '-eo', 'pid,args')
    .split('\n')
    .filter((line) => line.includes(base))
  return [...entries.sort(), ...processes].join('\n')
}

const stack = `containers:
  a: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, network_mode: none }
`

describe('a host without the instance', () => {
  const instance = new Instance()
  beforeAll(() => {
    instance.stack(stack)
  })
  afterAll(() => rmSync(instance.base, { recursive: true, force: true }))

  it('is left as it was by every look', () => {
    const before = listing(instance.base)
    for (const args of [...looks, ['events']]) {
      instance.heropods(args)
      expect(listing(instance.base), args.join(' ')).toBe(before)
    }
  })

  it('is left as it was by what is refused', () => {
    instance.write(
      'bad.yaml',
      'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: bad }\ncontainers: { a: { imag: x } }\n',
    )
    instance.write(
      'gone.yaml',
      `apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: gone }\ncontainers: { a: { image: busybox, network_mode: none, volumes: [{ type: bind, source: ${instance.base}/not-there, target: /x, bind: { create_host_path: false } }] } }\n`,
    )
    const before = listing(instance.base)
    const refusals = [
      ['apply', '-y', 'bad.yaml'],
      ['apply', '-y', 'gone.yaml'],
      ['apply', 'test.yaml'],
      ['destroy', '-y', 'no'],
      ['rm', 'no'],
      ['stop', 'no'],
      ['rollback', '-y', '3'],
      ['diff', 'bad.yaml'],
    ]
    for (const args of refusals) {
      expect(instance.heropods(args).code, args.join(' ')).toBe(3)
      expect(listing(instance.base), args.join(' ')).toBe(before)
    }
    const elsewhere: readonly NodeJS.ProcessEnv[] = [
      { HEROPODS_DIR: join(instance.base, 'bad.yaml') },
      { HEROPODS_RUN_DIR: join(instance.base, 'bad.yaml') },
      { HEROPODS_RUN_DIR: '/proc/nobody' },
    ]
    for (const [index, environment] of elsewhere.entries()) {
      // A look makes no folder, and so does not know that nobody can.
      const looking = index < 2 ? [['diff', 'test.yaml'], ['ps'], ['status'], ['events'], ['unlock']] : []
      for (const args of [['apply', '-y', 'test.yaml'], ['rm', 'no'], ...looking]) {
        const { code, stderr } = instance.heropods(args, environment)
        expect(code, args.join(' ')).toBe(3)
        expect(stderr).toMatch(/The (data|run) folder .* cannot be used/)
        expect(listing(instance.base), args.join(' ')).toBe(before)
      }
    }
  })
})

describe('a host with a stack', () => {
  const instance = new Instance()
  const away = mkdtempSync('/tmp/hp-plans-')
  beforeAll(() => {
    instance.stack(stack)
    instance.apply()
  })
  afterAll(() => {
    instance.end()
    rmSync(away, { recursive: true, force: true })
  })

  it('is left as it was by every look, with its Redis and without', () => {
    for (const isStopped of [false, true]) {
      if (isStopped) {
        const pidFile = join(instance.run, 'redis.pid')
        process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL')
        for (const name of ['redis.pid', 'redis.sock']) rmSync(join(instance.run, name), { force: true })
      }
      const before = listing(instance.base)
      for (const args of [
        ...looks,
        ['inspect', 'a'],
        ['logs', 'a'],
        ['diff', 'test.yaml', '--out', join(away, 'plan.json')],
      ]) {
        expect(instance.heropods(args), args.join(' ')).toMatchObject({
          code: 0,
          stderr: expect.not.stringContaining('error'),
        })
        expect(listing(instance.base), args.join(' ')).toBe(before)
      }
      expect(instance.steps()).toEqual([])
    }
  })

  it('has no Redis left by a refused command that started one', () => {
    expect(instance.heropods(['rm', 'no']).code).toBe(3)
    expect(existsSync(join(instance.run, 'redis.sock'))).toBe(false)
  })

  it('has its Redis again after an apply that finds nothing to do', () => {
    expect(instance.apply()).toContain('No changes')
    expect(existsSync(join(instance.run, 'redis.sock'))).toBe(true)
  })

  it('says by whom it was changed: the user behind sudo, whoever they say they are', () => {
    const by = (environment: NodeJS.ProcessEnv) => {
      writeFileSync(
        join(instance.base, 'test.yaml'),
        readFileSync(join(instance.base, 'test.yaml'), 'utf8').replace(/"1000(.*?)"/, '"1000$1", "1"'),
      )
      expect(instance.heropods(['apply', '-y', 'test.yaml'], environment).code).toBe(0)
      const { generations } = JSON.parse(instance.ok('history', '--json')) as {
        generations: { user: string; via?: string }[]
      }
      return generations[0]
    }
    expect(by({ SUDO_USER: 'ada', SUDO_UID: '1234' })).toMatchObject({ user: 'ada', via: 'sudo' })
    expect(by({ SUDO_USER: 'a\nb: c' })).not.toMatchObject({ via: 'sudo' })
  })
})
