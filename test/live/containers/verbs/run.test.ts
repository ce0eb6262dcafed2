import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, hostState, Instance } from '../../support.ts'

let instance: Instance
let host = ''
beforeAll(() => {
  host = hostState()
  instance = new Instance()
  instance.stack(`networks: { lan: { subnet: 10.77.1.0/24 } }
volumes: { data: {} }
secrets: { token: { content: from the secret } }
containers:
  web:
    image: busybox
    command: [httpd, -f, -p, "80", -h, /data]
    init: true
    networks: { lan: { aliases: [www], ipv4_address: 10.77.1.9 } }
    ports: ["18080:80"]
    environment: { GREETING: hello, OTHER: base }
    volumes: ["data:/data"]
    secrets: [token]
    mem_limit: 64m
    restart: always
    healthcheck: { tcp: 80, interval: 1s }
`)
})
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(host)
})

const names = (): readonly string[] => [...instance.containers().keys()]
const run = (...args: readonly string[]) => instance.heropods(['run', ...args])

describe('a run of an image', () => {
  it('passes on output and exit code, and with --rm leaves nothing', () => {
    const answer = run(
      '--rm',
      '-e',
      'A=b c',
      '-w',
      '/tmp',
      'busybox',
      'sh',
      '-c',
      'echo "$A"; pwd; echo lost >&2; exit 3',
    )
    expect(answer).toMatchObject({ code: 3, stdout: 'b c\n/tmp\n', stderr: 'lost\n' })
    expect(hostState()).toBe(host)
    expect(run('--rm', 'busybox', '/absent').code).toBe(127)
    expect(run('--rm', '-m', '16m', 'busybox', 'tail', '/dev/zero')).toMatchObject({
      code: 137,
      stderr: '1 process killed: out of memory (limit 16M).\n',
    })
    expect(run('--rm', '--network', 'lna', 'busybox', 'true')).toMatchObject({
      code: 125,
      stderr: expect.stringContaining('There is no network "lna"'),
    })
    expect(hostState()).toBe(host)
  })

  it('copies standard input and large binary output, and ends when nobody reads', () => {
    const shell = (script: string): string =>
      execFileSync('sh', ['-c', script], {
        env: { ...instance.environment, NODE: process.execPath, CLI: cli },
        encoding: 'utf8',
        timeout: 60_000,
      }).trim()
    const run = '"$NODE" "$CLI" run --rm'
    const bytes = 'head -c 20000000 /dev/zero | tr "\\0" "\\377"'
    expect(shell(`${bytes} | ${run} -i busybox cat | md5sum`)).toBe(shell(`${bytes} | md5sum`))
    expect(shell(`${run} busybox yes | head -n 1`)).toBe('y')
    expect(names()).toEqual([])
  })

  it('without --rm stays with the exit code of its command, until it is removed', () => {
    expect(run('--name', 'job', 'busybox', 'sh', '-c', 'exit 4').code).toBe(4)
    expect(instance.containers().get('job')).toMatchObject({ state: 'exited', exitCode: 4 })
    expect(run('--name', 'job', 'busybox', 'true')).toMatchObject({
      code: 125,
      stderr: expect.stringContaining('heropods rm --force job'),
    })
    instance.ok('rm', 'job')
    expect(hostState()).toBe(host)
  })

  it('with -d goes on by itself; with --rm it is removed after its end', { timeout: 60_000 }, async () => {
    const { container, name } = JSON.parse(instance.ok('run', '-d', '--rm', '--json', 'busybox', 'sleep', '6'))
    expect(container).toBe(`heropods-run/container/${name}`)
    expect(instance.containers().get(name)?.state).toBe('running')
    expect(instance.ok('history')).not.toContain('heropods-run')
    await expect.poll(() => hostState() === host, { timeout: 20_000, interval: 500 }).toBe(true)
    instance.ok('run', '-d', '--rm', '--name', 'long', '--stop-timeout', '0', 'busybox', 'sleep', '1000')
    instance.ok('stop', 'long')
    expect(hostState()).toBe(host)
  })

  it('passes signals on to its command, as `stop` does', { timeout: 60_000 }, async () => {
    const script = 'trap "echo caught; exit 5" TERM; echo ready; while :; do sleep 0.1; done'
    for (const signal of [true, false]) {
      const child = spawn(process.execPath, [cli, 'run', '--rm', '--name', 'trap', 'busybox', 'sh', '-c', script], {
        env: instance.environment,
      })
      let output = ''
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk
      })
      await expect.poll(() => output, { timeout: 20_000 }).toBe('ready\n')
      const ended = once(child, 'exit')
      if (signal) child.kill('SIGTERM')
      else instance.ok('stop', 'trap')
      expect(await ended).toEqual([5, null])
      expect(output).toBe('ready\ncaught\n')
      expect(hostState()).toBe(host)
    }
  })

  it('is removed by the next run if its command was killed', { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, [cli, 'run', '--rm', '--name', 'left', 'busybox', 'sleep', '1000'], {
      env: instance.environment,
      stdio: 'ignore',
    })
    await expect.poll(() => instance.containers().get('left')?.state, { timeout: 20_000 }).toBe('running')
    await delay(500)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(names()).toEqual(['left'])
    expect(run('--rm', 'busybox', 'true').code).toBe(0)
    expect(hostState()).toBe(host)
  })
})

it('a terminal of its own, with the size of the one outside', { timeout: 60_000 }, async () => {
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-S', `${instance.base}/tmux`, '-f', '/dev/null', ...args], {
      env: { ...instance.environment, TERM: 'xterm-256color', SHELL: '/bin/sh' },
      encoding: 'utf8',
    })
  const shows = (text: RegExp): Promise<void> =>
    expect.poll(() => tmux('capture-pane', '-p'), { timeout: 20_000, interval: 200 }).toMatch(text)
  const command = [process.execPath, cli, 'run', '--rm', '-it', 'busybox', 'sh']
  tmux('new-session', '-d', '-x', '90', '-y', '25', 'sh', '-c', '"$@"; echo code $?; sleep 60', 'sh', ...command)
  try {
    await shows(/^\/ [#$]\s*$/m)
    tmux('send-keys', 'stty size; tty', 'Enter')
    await shows(/^25 90\n\/dev\/pts\/0$/m)
    tmux('send-keys', 'sleep 500', 'Enter')
    tmux('send-keys', 'C-c')
    tmux('send-keys', 'exit 6', 'Enter')
    await shows(/^code 6$/m)
    expect(names()).toEqual([])
  } finally {
    tmux('kill-server')
  }
})

describe('a run of a container of a stack', () => {
  it('has its configuration with another command, and reaches its network by name', { timeout: 60_000 }, () => {
    instance.apply('test.yaml', '--wait')
    instance.exec('web', 'sh', '-c', 'echo from web > /data/index.html')
    const script =
      'cat /data/index.html /run/secrets/token; echo; echo $GREETING $OTHER; wget -qO- http://www/index.html; ip -4 -o addr show eth0'
    const { code, stdout, stderr } = run('--rm', '-e', 'OTHER=changed', 'test/web', 'sh', '-c', script)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('from web\nfrom the secret\nhello changed\nfrom web\n')
    expect(stdout).not.toContain('10.77.1.9/')
    expect(names()).toEqual(['web'])
    expect(instance.ok('diff', 'test.yaml')).toContain('No changes')
  })

  it('is not part of its stack, and does not publish its ports unless asked', { timeout: 60_000 }, () => {
    instance.ok('run', '-d', '--name', 'beside', 'web')
    expect(instance.ok('port', 'beside').trim()).toBe('')
    expect(instance.ok('diff', 'test.yaml')).toContain('No changes')
    expect(run('-d', '--service-ports', 'web')).toMatchObject({
      code: 125,
      stderr: expect.stringContaining('18080'),
    })
    expect(run('--rm', 'test/wbe', 'true')).toMatchObject({
      code: 125,
      stderr: expect.stringContaining('Containers: web.'),
    })
    instance.apply()
    expect([...names()].sort()).toEqual(['beside', 'web'])
    instance.ok('destroy', '--yes', 'heropods-run')
    expect(names()).toEqual(['web'])
    instance.stack('containers:\n  shell: { image: busybox }\n  kept: { image: busybox, keep_alive: true }\n', 'bare')
    // A stack file in place of the records: what was not applied must not be needed.
    instance.stack(
      `variables: { greeting: { default: hi } }
networks: { lan: }
containers:
  tool: { image: busybox, command: [sh, -c, "echo $$G"], environment: { G: "\${greeting}" }, network_mode: none }
  web: { image: busybox, networks: [lan] }
`,
      'later',
    )
    const ofFile = (...args: string[]) => run('--rm', '-f', 'later.yaml', ...args)
    expect(ofFile('--var', 'greeting=hello', 'tool')).toMatchObject({ code: 0, stdout: 'hello\n' })
    expect(ofFile('web')).toMatchObject({ code: 125, stderr: expect.stringContaining('web uses later/network/lan') })
    expect(ofFile('--network', 'bridge', 'web', 'hostname').stdout).toMatch(/^web-/)
    expect(ofFile('tol').stderr).toContain('Did you mean "tool"?')
    expect(names()).toEqual(['web'])
    const { stderr } = instance.heropods(['diff', 'bare.yaml'])
    expect(stderr).toMatch(
      /warning\[bare-shell\] shell only runs a shell[\s\S]*bare.yaml:5[\s\S]*command: \[sleep, infinity\]/,
    )
    expect(stderr.match(/bare-shell/g)).toHaveLength(1)
  })
})
