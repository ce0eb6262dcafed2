import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { hostState, Instance, sh } from '../support.ts'

const cli = join(import.meta.dirname, '../../../dist/heropods.js')

/** A caller of whom a child inherits all that can be odd: attributes, ignored signals, open descriptors, umask, environment. */
const odd = (umask: string, ...argv: string[]): readonly string[] => [
  ...['bash', '-c'],
  [
    `umask ${umask}; ulimit -S -n 300; ulimit -S -s 4096; ulimit -S -l 64; ulimit -S -c 100; ulimit -S -f 1000000`,
    'echo 123456 > /proc/self/timerslack_ns; echo 0x7f > /proc/self/coredump_filter; echo 300 > /proc/self/oom_score_adj',
    'exec 9< / 40< / 60>> /dev/full',
    'exec nice -n 7 ionice -c 2 -n 6 taskset -c 0 chrt --batch 0 setarch -R env --ignore-signal=HUP,PIPE,RTMIN+3 "$@"',
  ].join('\n'),
  'odd',
  ...argv,
]

/** What a process inside has of its own, its numbers taken out. */
const report = [
  `sed 's/.*) //' /proc/self/stat | cut -d' ' -f17,38,39`,
  `grep -E 'Umask|Cap|NoNew|Seccomp:|Cpus_allowed_list|Sig(Blk|Ign)' /proc/self/status`,
  'cd /proc/self && cat personality timerslack_ns coredump_filter oom_score_adj limits; cd /',
  'ionice -p $$',
  'ls /proc/self/fd',
  'env | sort',
  `find / -xdev ! -path '/report/?*' ! -name 'initial*' -exec stat -c '%a %F %n' {} + | grep -v link | sort`,
].join('; ')

const escaped = (script: string): string => script.replaceAll('$', '$$$$')
const reportTo = (file: string): string => `(${report}) > /report/.new 2>&1; mv /report/.new /report/${file}`

/** A container that fails once, which its restart policy answers, with folders and files made by all who make some. */
const stack = `volumes: { report: , data: }
configs: { note: { content: text } }
containers: ${JSON.stringify({
  twice: {
    image: 'busybox',
    network_mode: 'none',
    restart: 'always',
    stop_grace_period: '0s',
    working_dir: '/srv/deep',
    volumes: ['report:/report', 'data:/data/deep/er'],
    tmpfs: ['/scratch/deep'],
    configs: [{ source: 'note', target: '/notes/deep/note' }],
    command: [
      'sh',
      '-c',
      escaped(
        `n=one; [ -e /report/one ] && n=two; ${reportTo('$n')}; sleep 2; [ $n = one ] && exit 3; exec sleep 1000`,
      ),
    ],
    healthcheck: { test: ['CMD-SHELL', escaped(reportTo('check'))], interval: '1s' },
  },
})}
`

interface Reports {
  readonly [name: string]: string
}

describe('nothing of the caller reaches', () => {
  const before = hostState()
  const instances: Instance[] = []
  const made = (): Instance => {
    const instance = new Instance()
    instances.push(instance)
    return instance
  }
  let plain: Reports

  /** Applies, waits for the restart, runs a command inside, and answers what each process had. */
  async function reports(instance: Instance, through: (...argv: string[]) => readonly string[]): Promise<Reports> {
    const run = (...args: string[]): string => {
      const [program = '', ...argv] = through(process.execPath, cli, ...args)
      const { stdout, stderr, status } = spawnSync(program, argv, {
        cwd: instance.base,
        env: { ...instance.environment, ODD: 'odd' },
        encoding: 'utf8',
        timeout: 60_000,
      })
      if (status !== 0) throw new Error(`${args.join(' ')}: exit ${status}\n${stdout}${stderr}`)
      return stdout
    }
    instance.stack(stack)
    run('apply', '--yes', 'test.yaml', '--wait')
    const folder = join(instance.data, 'volumes/test/report')
    await expect.poll(() => readdirSync(folder), { timeout: 20_000 }).toContain('two')
    const exec = run('exec', 'twice', 'sh', '-c', report)
    const text = (name: string): string => readFileSync(join(folder, name), 'utf8')
    return { one: text('one'), two: text('two'), check: text('check'), exec }
  }

  afterAll(() => {
    for (const instance of instances) instance.end()
    expect(hostState()).toBe(before)
  })

  it('from a caller of whom nothing is odd they have what the documentation says', async () => {
    plain = await reports(made(), (...argv) => argv)
    expect(plain.one).toMatch(/^0 0 0\n/)
    expect(plain.one).toMatch(/^Umask:\t0022$/m)
    expect(plain.exec).toMatch(/^(0\n1\n2\n3\n)/m)
  })

  it.each(['0', '0777'])('a container, a check, an exec, a restart by policy: umask %s', async (umask) => {
    const instance = made()
    expect(await reports(instance, (...argv) => odd(umask, ...argv))).toEqual(plain)
  })

  it('one that may not give what they had restarts them and runs commands in them, with less', () => {
    const [instance] = instances as [Instance]
    const few = (...args: string[]): string =>
      sh(
        ...(['env', ...Object.entries(instance.environment).map((pair) => pair.join('='))] as [string, ...string[]]),
        ...['setpriv', '--bounding-set=-sys_resource', '--inh-caps=-sys_resource'],
        ...['bash', '-c', 'ulimit -n 200; exec "$@"', 'few', process.execPath, cli, ...args],
      )
    expect(few('exec', 'twice', 'sh', '-c', 'ulimit -Hn')).toBe('200\n')
    few('restart', 'twice')
    expect(instance.exec('twice', 'sh', '-c', 'ulimit -Hn')).toBe('200\n')
    instance.ok('restart', 'twice')
    expect(plain.one).toContain(few('exec', 'twice', 'grep', 'open files', '/proc/1/limits'))
  })

  it.each([
    ['a lock on a descriptor', '(flock -x 9; $CLI apply --yes test.yaml) 9> lock && flock --nonblock lock true'],
    ['a lock that flock hands on', 'flock -x lock $CLI apply --yes test.yaml && flock --nonblock lock true'],
    ['a pipe on a descriptor', '$CLI apply --yes test.yaml 60>&1 | tail -n 1'],
  ])('%s is free once the command is over, while the container runs', (_, script) => {
    const [{ base, environment }] = instances as [Instance]
    const { status, stdout } = spawnSync('bash', ['-c', `set -eo pipefail; $CLI stop twice; ${script}; $CLI ps`], {
      cwd: base,
      env: { ...environment, CLI: `${process.execPath} ${cli}` },
      encoding: 'utf8',
      timeout: 60_000,
    })
    expect([status, stdout]).toEqual([0, expect.stringMatching(/twice .*running/)])
  })

  it('crun runs from memory: killed, it leaves no mount', async () => {
    const [instance] = instances as [Instance]
    const exec = spawn(process.execPath, [cli, 'exec', '-i', 'twice', 'cat'], { env: instance.environment })
    const ended = new Promise((resolve) => exec.once('exit', resolve))
    const copies = (): readonly string[] =>
      sh('ps', '-eo', 'pid,args')
        .split('\n')
        .filter((line) => line.includes(`crun --root=${instance.run}`) && line.includes(' exec '))
        .map((line) => readlinkSync(`/proc/${line.trim().split(' ')[0]}/exe`))
    await expect.poll(copies, { timeout: 10_000 }).toContainEqual(expect.stringContaining('/memfd:'))
    exec.stdin.end()
    await ended
  })

  it('the daemons that stay', () => {
    for (const { run, data } of instances.slice(1)) {
      const redis = Number(readFileSync(join(run, 'redis.pid'), 'utf8'))
      const conmon = Number(readFileSync(join(run, 'containers/test/twice/conmon.pid'), 'utf8'))
      for (const pid of [redis, conmon]) {
        const links = readdirSync(`/proc/${pid}/fd`).map((name) => readlinkSync(`/proc/${pid}/fd/${name}`))
        for (const name of ['0', '1', '2']) expect(readlinkSync(`/proc/${pid}/fd/${name}`)).toBe('/dev/null')
        expect(links.filter((link) => link === '/' || link === '/dev/full')).toEqual([])
        expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('ODD')
      }
      const files = readdirSync(join(data, 'redis'), { recursive: true, encoding: 'utf8' })
      const open = [...files.map((name) => join(data, 'redis', name)), join(run, 'redis.pid'), join(run, 'redis.sock')]
        .concat(join(run, 'containers/test/twice/conmon.pid'), run, data)
        .filter((path) => (statSync(path).mode & 0o077) !== 0)
      expect(open).toEqual([])
    }
  })

  it('what Pulumi’s provider process starts', () => {
    const provider = join(import.meta.dirname, '../../../dist/pulumi/provider.js')
    const script = `await import(${JSON.stringify(provider)}); (await import('node:fs')).readlinkSync('/proc/self/fd/40')`
    const argv = ['-c', 'exec 40< /; exec "$@"', 'odd', process.execPath, '--input-type=module', '--eval', script]
    expect(spawnSync('bash', argv, { encoding: 'utf8' }).stderr).toContain('ENOENT')
  })

  it('the end of a process that writes more than it may: that is an error', () => {
    const provider = join(import.meta.dirname, '../../../dist/pulumi/provider.js')
    const file = join((instances[0] as Instance).base, 'large')
    const script = `await import(${JSON.stringify(provider)}); (await import('node:fs')).writeFileSync(${JSON.stringify(file)}, 'x'.repeat(9999))`
    const argv = ['-c', 'ulimit -f 1; exec "$@"', 'odd', process.execPath, '--input-type=module', '--eval', script]
    expect(spawnSync('bash', argv, { encoding: 'utf8' }).stderr).toContain('EFBIG')
  })

  it('what watch starts', async () => {
    const instance = made()
    const folder = join(instance.base, 'stacks')
    mkdirSync(folder)
    instance.write('stacks/test.yaml', readFileSync(instance.stack(stack), 'utf8'))
    const [program = '', ...argv] = odd('0', process.execPath, cli, 'watch', '--no-listen', folder)
    const watch = spawn(program, argv, { env: { ...instance.environment, ODD: 'odd' }, stdio: 'ignore' })
    const ended = new Promise((resolve) => watch.once('exit', resolve))
    try {
      const file = join(instance.data, 'volumes/test/report/one')
      await expect.poll(() => statSync(file, { throwIfNoEntry: false })?.size, { timeout: 20_000 }).toBeGreaterThan(0)
      expect(readFileSync(file, 'utf8')).toBe(plain.one)
      // Its unit says how long it is spared; what it starts has the ordinary score.
      expect(readFileSync(`/proc/${watch.pid}/oom_score_adj`, 'utf8')).toBe('300\n')
    } finally {
      watch.kill('SIGTERM')
      await ended
    }
  })
})
