import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Instance, sh } from './support.ts'

const cli = join(import.meta.dirname, '../../dist/heropods.js')
let instance: Instance
beforeEach(() => {
  instance = new Instance()
})
afterEach(() => instance.end())

const sleeper = (name: string, more = ''): string =>
  `  ${name}: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s${more} }\n`
const two = `containers:\n${sleeper('one')}${sleeper('two')}`

describe('plans', () => {
  it('give the same reasons in diff and in apply', () => {
    instance.stack(two)
    instance.apply()
    instance.stack(`containers:\n${sleeper('one')}`)
    const step = instance.steps().find(({ address }) => address === 'test/container/two')
    expect(step).toMatchObject({ action: 'delete' })
    expect(instance.apply()).toContain(step?.reason)
  })

  it('are saved and applied exactly, or refused as stale', () => {
    instance.stack(
      `variables: { pw: { default: hush, sensitive: true } }\ncontainers:\n${sleeper('one', ', environment: { PW: "${pw}" }')}`,
    )
    instance.ok('diff', 'test.yaml', '--out', 'plan.json')
    expect(readFileSync(join(instance.base, 'plan.json'), 'utf8')).not.toContain('hush')
    expect(existsSync(join(instance.data, 'containers'))).toBe(false)
    instance.ok('apply', 'plan.json')
    expect(instance.steps()).toEqual([])
    instance.stack(`containers:\n${sleeper('one', ', labels: { a: b }')}`)
    instance.ok('diff', 'test.yaml', '--out', 'plan.json')
    instance.stack(`containers:\n${sleeper('one', ', labels: { a: c }')}`)
    const stale = instance.heropods(['apply', 'plan.json'])
    expect(stale.code).toBe(3)
    expect(stale.stderr).toContain('plan-stale')
  })

  it('concern a target and what it stands on', () => {
    instance.stack(two)
    instance.apply('test.yaml', '--target', 'one')
    expect([...instance.containers().keys()]).toEqual(['one'])
    expect(instance.heropods(['diff', 'test.yaml', '--target', 'nobody']).code).toBe(3)
    instance.apply()
    instance.ok('destroy', 'test', '--yes', '--target', 'two')
    expect([...instance.containers().keys()]).toEqual(['one'])
  })

  it('touch nothing', () => {
    instance.stack(two)
    instance.ok('diff', 'test.yaml')
    instance.ok('ps')
    instance.ok('validate', 'test.yaml')
    expect(existsSync(instance.data)).toBe(false)
    expect(existsSync(instance.run)).toBe(false)
  })

  it('have exit codes to script against', () => {
    instance.stack(two)
    expect(instance.heropods(['diff', 'test.yaml', '--exit-code']).code).toBe(2)
    expect(instance.heropods(['diff', 'nowhere.yaml']).code).toBe(3)
    expect(instance.heropods(['apply', 'test.yaml']).code).toBe(3)
    expect(instance.heropods(['nonsense']).code).toBe(3)
    instance.stack(
      `containers:\n  bad: { image: busybox, command: [sh, -c, "echo because; exit 9"] }\n${sleeper('good')}  late: { image: busybox, command: [sleep, "9"], depends_on: { bad: { condition: service_completed_successfully } }, stop_grace_period: 0s }\n`,
    )
    const failed = instance.heropods(['apply', 'test.yaml', '--yes'])
    expect(failed.code).toBe(1)
    expect(failed.stdout).toMatch(/exited with code 9[\s\S]*because/)
    expect(failed.stdout).toMatch(/late skipped: needs test\/container\/bad, which failed/)
    expect(instance.containers().get('good')?.state).toBe('running')
  })

  it('can be followed as JSON', () => {
    instance.stack(two)
    const lines = instance
      .ok('apply', 'test.yaml', '--yes', '--json')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string })
    expect(lines.at(-1)).toMatchObject({ type: 'finished', done: 4, failed: 0 })
    expect(new Set(lines.map((line) => line.type))).toEqual(
      new Set(['apply.started', 'step.started', 'step.finished', 'finished']),
    )
  })
})

describe('history', () => {
  it('tells who changed what, also of a run that failed', () => {
    expect(instance.ok('history')).not.toContain('done')
    instance.stack(two)
    instance.apply()
    instance.apply()
    instance.stack(
      `containers:\n${sleeper('one', ', labels: { a: b }')}  bad: { image: busybox, command: [/nowhere] }\n`,
    )
    expect(instance.heropods(['apply', '--yes', 'test.yaml']).code).toBe(1)
    const { generations } = JSON.parse(instance.ok('history', '--json')) as {
      generations: {
        generation: number
        result: string
        stacks: string[]
        summary: { create: number; delete: number }
      }[]
    }
    expect(generations.map(({ generation, result }) => [generation, result])).toEqual([
      [2, 'failed'],
      [1, 'done'],
    ])
    expect(generations[0]).toMatchObject({
      stacks: expect.arrayContaining(['test']),
      summary: { create: 1, delete: 1 },
    })
    expect(instance.ok('history', '--limit', '1')).not.toMatch(/^1 /m)
    expect(instance.ok('history', '2')).toMatch(/labels\.a.*b/)
    const unknown = instance.heropods(['history', '7'])
    expect(unknown.code).toBe(3)
    expect(unknown.stderr).toContain('Stored: 1 to 2.')
  })
})

describe('several at once', () => {
  const applying = (...options: string[]) =>
    spawn(process.execPath, [cli, 'apply', '--yes', 'test.yaml', ...options], {
      cwd: instance.base,
      env: instance.environment,
      stdio: 'pipe',
    })
  const ended = (child: ReturnType<typeof applying>): Promise<{ code: number | null; text: string }> =>
    new Promise((resolve) => {
      let text = ''
      child.stdout.on('data', (data) => (text += data))
      child.stderr.on('data', (data) => (text += data))
      child.on('exit', (code) => resolve({ code, text }))
    })

  it('one writes, the other is told who', async () => {
    instance.stack(two)
    const first = applying()
    const firstEnd = ended(first)
    await expect.poll(() => existsSync(join(instance.data, 'lock.holder')), { timeout: 20_000 }).toBe(true)
    const second = await ended(applying())
    expect(second.code).toBe(3)
    expect(second.text).toMatch(new RegExp(`pid ${first.pid}`))
    const third = ended(applying('--lock-timeout', '30s'))
    expect((await firstEnd).code).toBe(0)
    expect((await third).code).toBe(0)
    expect(instance.steps()).toEqual([])
  })

  it('never share an address, whoever applies', async () => {
    const names = ['a', 'b', 'c', 'd']
    for (const name of names) instance.stack(`containers:\n${sleeper('x')}${sleeper('y')}`, name)
    const all = names.map((name) =>
      spawn(process.execPath, [cli, 'apply', '--yes', `${name}.yaml`, '--lock-timeout', '60s'], {
        cwd: instance.base,
        env: instance.environment,
        stdio: 'pipe',
      }),
    )
    const codes = await Promise.all(all.map((child) => ended(child).then((end) => end.code)))
    expect(codes).toEqual([0, 0, 0, 0])
    const { containers } = JSON.parse(instance.ok('ps', '--json')) as { containers: { ip: string }[] }
    expect(new Set(containers.map((one) => one.ip)).size).toBe(8)
  })

  it('Ctrl-C finishes what is under way, ends waits and starts nothing more', async () => {
    const stack = (condition: string): string =>
      `containers:\n${sleeper('one')}${sleeper('two', `, depends_on: { one: { condition: ${condition} } }`)}${sleeper('three', ', depends_on: [two]')}`
    instance.stack(stack('service_completed_successfully'))
    const child = applying()
    const end = ended(child)
    await expect
      .poll(() => existsSync(join(instance.run, 'containers/test/one/running.json')), { timeout: 10_000 })
      .toBe(true)
    child.kill('SIGINT')
    const { code, text } = await end
    expect(code).toBe(130)
    expect(text).toContain('test/container/one created')
    expect(text).toContain('test/container/two not started')
    expect(text).toContain('test/container/three not started')
    instance.stack(stack('service_started'))
    instance.apply()
    expect(instance.steps()).toEqual([])
  })
})

describe('acting on containers', () => {
  it('stop, start, restart, rm', () => {
    instance.stack(two)
    instance.apply()
    const before = instance.containers()
    instance.ok('stop', 'one')
    expect(instance.containers().get('one')?.state).toBe('stopped')
    expect(instance.steps().map((step) => step.reason)).toEqual(['it was stopped'])
    instance.ok('start', 'one')
    instance.exec('one', 'touch', '/root/kept')
    instance.ok('restart', 'one')
    expect(instance.exec('one', 'ls', '/root').trim()).toBe('kept')
    const after = instance.containers()
    expect(after.get('one')?.networks).toEqual(before.get('one')?.networks)
    expect(after.get('two')?.pid).toBe(before.get('two')?.pid)
    expect(instance.heropods(['rm', 'one']).code).toBe(3)
    instance.ok('rm', '--force', 'one')
    expect([...instance.containers().keys()]).toEqual(['two'])
    expect(
      instance
        .steps()
        .map((step) => step.action)
        .sort(),
    ).toEqual(['create', 'update'])
  })

  it('restart policies work without a daemon', async () => {
    instance.stack(`containers:
  always: { image: busybox, command: [sleep, "1000"], restart: always, stop_grace_period: 0s }
  failing: { image: busybox, command: [sh, -c, "sleep 1.1; exit 3"], restart: "on-failure:2", stop_grace_period: 0s }
  done: { image: busybox, command: [sh, -c, "sleep 1.1"], restart: on-failure, stop_grace_period: 0s }
  held: { image: busybox, command: [sh, -c, "echo set up"], keep_alive: true, stop_grace_period: 0s }
`)
    instance.apply()
    const first = instance.containers().get('always')?.pid as number
    process.kill(first, 'SIGKILL')
    await expect
      .poll(() => instance.containers().get('always')?.pid ?? first, { timeout: 10_000, interval: 200 })
      .not.toBe(first)
    await expect.poll(() => instance.containers().get('held')?.state, { timeout: 10_000, interval: 200 }).toBe('held')
    expect(instance.exec('held', 'hostname').trim()).toBe('held')
    await expect
      .poll(() => instance.containers().get('done')?.state, { timeout: 10_000, interval: 200 })
      .toBe('completed')
    const failing = (): unknown =>
      (JSON.parse(instance.ok('inspect', 'failing')) as { containers: unknown[] }).containers[0]
    await expect
      .poll(failing, { timeout: 20_000, interval: 200 })
      .toMatchObject({ state: 'exited', restarts: 2, exitCode: 3 })
    expect(instance.steps().map((step) => step.address)).toEqual(['test/container/failing'])
  })

  it('exec answers as the command does', () => {
    instance.stack(two)
    instance.apply()
    expect(instance.heropods(['exec', 'one', 'sh', '-c', 'exit 42']).code).toBe(42)
    expect(instance.heropods(['exec', 'one', 'no-such-program']).code).toBe(127)
    expect(instance.heropods(['exec', 'one', '/etc/passwd']).code).toBe(126)
    expect(instance.heropods(['exec', 'nobody', 'true']).code).toBe(125)
    expect(
      instance
        .ok('exec', '-e', 'A=b', '-w', '/tmp', '-u', 'nobody', 'one', '--', 'sh', '-c', 'echo $A $(pwd) $(id -un)')
        .trim(),
    ).toBe('b /tmp nobody')
    const piped = spawnSync(process.execPath, [cli, 'exec', '-i', 'one', 'cat'], {
      cwd: instance.base,
      env: instance.environment,
      input: 'through',
      encoding: 'utf8',
    })
    expect(piped.stdout).toBe('through')
  })

  it('exec passes on all that is written, and hands no file of the host to the container', () => {
    instance.stack(`containers:\n${sleeper('one')}`)
    instance.apply()
    expect(instance.ok('exec', 'one', '--', 'sh', '-c', 'seq 1 100000').length).toBe(588_895)
    expect(instance.ok('exec', 'one', '--', 'sh', '-c', 'echo out > /dev/stdout; sleep 60 & echo end')).toBe(
      'out\nend\n',
    )
    const odd = '"\'\n$(touch /tmp/escaped) `id` ü ;|&> \u001b[2J  '
    expect(instance.ok('exec', '-e', `A=${odd}`, 'one', '--', 'sh', '-c', 'printf "%s" "$0$A"', odd)).toBe(odd + odd)
    // One word with the signs of a shell is the name of a program.
    expect(instance.heropods(['exec', 'one', 'true | cat; touch /tmp/escaped']).code).toBe(127)
    expect(existsSync('/tmp/escaped')).toBe(false)
    const typed = spawnSync(process.execPath, [cli, 'exec', '-i', 'one', 'cat'], {
      env: instance.environment,
      input: 'typed in',
      encoding: 'utf8',
    })
    expect(typed.stdout).toBe('typed in')
    const log = join(instance.base, 'admin.log')
    writeFileSync(log, 'PRIVATE\n')
    const descriptor = openSync(log, 'a')
    const script =
      'exec 3>&1; dd if=/proc/self/fd/3 of=/stolen bs=100 count=1 iflag=nonblock; : > /proc/self/fd/3; echo done'
    spawnSync(process.execPath, [cli, 'exec', 'one', '--', 'sh', '-c', script], {
      env: instance.environment,
      stdio: ['ignore', descriptor, 'ignore'],
      timeout: 20_000,
    })
    closeSync(descriptor)
    expect(readFileSync(log, 'utf8')).toMatch(/^PRIVATE\n/)
    expect(instance.heropods(['exec', 'one', 'cat', '/stolen']).stdout).not.toContain('PRIVATE')
  })

  it('what a failed start says holds no sensitive value', () => {
    instance.stack(
      `variables: { pw: { default: hush-hush, sensitive: true } }\ncontainers:\n  one: { image: busybox, command: ["/\${pw}"] }\n`,
    )
    const { code, stdout, stderr } = instance.heropods(['apply', '--yes', 'test.yaml'])
    expect(code).toBe(1)
    expect(stdout + stderr).toContain('(sensitive)')
    expect(stdout + stderr).not.toContain('hush-hush')
  })

  it('what a container makes of its /etc/passwd holds nobody up', () => {
    instance.stack(`containers:\n${sleeper('one', ', user: "1000"')}`)
    instance.apply()
    instance.ok('exec', '-u', '0', 'one', '--', 'sh', '-c', 'rm -f /etc/passwd; mkfifo /etc/passwd')
    expect(instance.heropods(['exec', '-u', 'nobody', 'one', 'id']).code).toBe(125)
    process.kill(instance.containers().get('one')?.pid as number, 'SIGKILL')
    instance.apply()
    expect(instance.containers().get('one')?.state).toBe('running')
  })

  it('logs are kept, marked and rotated', () => {
    instance.stack(`containers:
  talker: { image: busybox, command: [sh, -c, "echo out; echo err >&2; sleep 0.2; i=0; while [ $i -lt 80 ]; do echo line $i; i=$((i+1)); done; sleep 1000"], logging: { options: { max-size: 2k, max-file: 3 } }, stop_grace_period: 0s }
`)
    instance.apply()
    expect(instance.ok('logs', 'talker', '--tail', '1').trim()).toBe('line 79')
    const { stdout, stderr } = instance.heropods(['logs', 'talker'])
    expect(stderr).toContain('err')
    expect(stdout).toContain('out')
    instance.apply()
    expect(existsSync(join(instance.data, 'containers/test/talker/log/container.log.1'))).toBe(true)
    expect(
      instance
        .ok('logs', 'talker', '--tail', '2', '--json')
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { text: string }).text),
    ).toEqual(['line 78', 'line 79'])
  })
})

describe('replicas, profiles and volumes', () => {
  it('going from KEY to KEY.1 keeps process and address', () => {
    instance.stack(two)
    instance.apply()
    const before = instance.containers().get('one')
    instance.stack(`containers:\n${sleeper('one', ', deploy: { replicas: 2 }')}${sleeper('two')}`)
    instance.apply()
    const after = instance.containers()
    expect([...after.keys()]).toEqual(['one.1', 'one.2', 'two'])
    expect(after.get('one.1')?.pid).toBe(before?.pid)
    expect(after.get('one.1')?.ip).toBe(before?.ip)
    expect(instance.steps()).toEqual([])
    expect(instance.exec('two', 'cat', '/etc/hosts').match(/[ \t]one(?= |$)/gm)).toHaveLength(2)
    instance.stack(two)
    instance.apply()
    expect(instance.containers().get('one')?.pid).toBe(before?.pid)
    expect(instance.steps()).toEqual([])
  })

  it('containers of inactive profiles are left as they are', () => {
    const stack = `containers:\n${sleeper('one')}${sleeper('debug', ', profiles: [debug]')}`
    instance.stack(stack)
    instance.apply()
    expect([...instance.containers().keys()]).toEqual(['one'])
    instance.apply('test.yaml', '--profile', 'debug')
    const { debug } = instance.pids()
    instance.apply()
    expect(instance.pids().debug).toBe(debug)
  })

  it('volumes are released, taken up again, and erased only when asked', () => {
    const stack = `volumes: { data: , safe: { protect: true } }\ncontainers:\n${sleeper('one', ', volumes: ["data:/d", "safe:/s"]')}`
    instance.stack(stack)
    instance.apply()
    instance.exec('one', 'sh', '-c', 'echo kept > /d/file; echo kept > /s/file')
    instance.stack(two)
    instance.apply()
    expect(instance.ok('volume', 'ls')).toMatch(/data .*released/)
    // On a terminal it asks, and any other answer than "yes" erases nothing.
    const asked = spawnSync('script', ['-q', '-e', '-c', '"$NODE" "$CLI" volume rm data', '/dev/null'], {
      env: { ...instance.environment, NODE: process.execPath, CLI: cli, SHELL: '/bin/sh' },
      encoding: 'utf8',
      input: 'no\n',
    })
    expect(asked.stdout).toContain('Erase the data of test/volume/data?')
    expect(asked.status).toBe(3)
    instance.stack(stack)
    instance.apply()
    expect(instance.exec('one', 'cat', '/d/file', '/s/file')).toBe('kept\nkept\n')
    expect(instance.heropods(['volume', 'rm', 'data']).code).toBe(3)
    instance.ok('destroy', 'test', '--yes', '--delete-data')
    expect(instance.ok('volume', 'ls', '--json')).not.toContain('"data"')
    expect(instance.heropods(['volume', 'rm', 'safe']).stderr).toContain('protected')
    instance.stack(stack.replace('protect: true', 'protect: false'))
    instance.apply()
  })
})

describe('what is asked of the host', () => {
  it('a diff of many spawns no more than a diff of one', () => {
    const spawns = (): number => {
      const trace = join(instance.base, 'trace')
      writeFileSync(trace, '')
      instance.heropods(['diff', 'test.yaml'], { HEROPODS_DEBUG_COMMANDS: trace })
      return readFileSync(trace, 'utf8').trim().split('\n').length
    }
    instance.stack(`containers:\n${sleeper('one', ', deploy: { replicas: 1 }')}`)
    instance.apply()
    const single = spawns()
    instance.stack(`containers:\n${sleeper('one', ', deploy: { replicas: 20 }')}`)
    instance.apply()
    expect(instance.steps()).toEqual([])
    expect(spawns()).toBe(single)
  })

  it('refuses without root, without crun, without Redis', () => {
    instance.stack(two)
    const asNobody = (...words: readonly string[]) => {
      const user = ['--reuid=65534', '--regid=65534', '--clear-groups']
      const { environment: env, base } = instance
      return spawnSync('setpriv', [...user, process.execPath, cli, ...words], { env, cwd: base, encoding: 'utf8' })
    }
    sh('chmod', '700', instance.base)
    for (const words of [['status'], ['events'], ['ps'], ['diff', 'test.yaml'], ['history']]) {
      const { status, stderr } = asNobody(...words)
      expect([words[0], status, stderr]).toEqual([words[0], 3, expect.stringContaining('error[not-root]')])
    }
    sh('chmod', '755', instance.base)
    const file = instance.write('x.yaml', readFileSync(join(instance.base, 'test.yaml'), 'utf8'))
    const withoutRoot = [
      ...[['validate', file], ['config', file], ['explain', 'ports'], ['schema'], ['completion', 'bash']],
      ...[
        ['init', '--list'],
        ['image', 'catalog'],
        ['fmt', '--diff', file],
      ],
    ]
    for (const words of withoutRoot) expect([words[0], asNobody(...words).stderr]).toEqual([words[0], ''])
    const unreachable = instance.heropods(['diff', 'test.yaml'], { HEROPODS_REDIS_URL: 'redis://:hush@127.0.0.1:1/0' })
    expect(unreachable.code).toBe(3)
    expect(unreachable.stderr).toContain('redis-unreachable')
    expect(unreachable.stderr).not.toContain('hush')
    sh('chmod', '755', instance.base)
  })
})
