import { execFileSync } from 'node:child_process'
import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import type { HeroPodsError } from '../../../src/api/index.ts'
import { hostState, Instance } from '../support.ts'
import { HeroPods } from './library.ts'

const before = hostState()
const instance = new Instance()
// tmux puts the socket of its server there.
process.env.TMUX_TMPDIR = instance.base
instance.environment.TMUX_TMPDIR = instance.base
const open = () => new HeroPods({ dir: join(instance.base, 'data'), runDir: join(instance.base, 'run') })
const hp = open()
const sleeping = { command: ['sleep', '1000'], stop_grace_period: '0s' }

const refusal = async (work: Promise<unknown>): Promise<readonly string[]> =>
  work.then(
    () => [],
    (error: HeroPodsError) => error.diagnostics.map((one) => one.code),
  )

afterAll(() => instance.end())

describe('the library', () => {
  it('opens an instance without any effect', () => {
    expect(hostState()).toEqual(before)
    expect(hp.name).toBe('default')
    expect(() => statSync(hp.baseDir)).toThrow()
  })

  it('defines, starts, uses, stops and deletes a container', async () => {
    const one = await hp.containerNew({ name: 'one', image: 'busybox', fields: sleeping })
    expect(await one.status()).toBe('stopped')
    one.addEnv('TEXT', 'a $HOME ${b} "q" $(touch /tmp/x)').setMemoryLimit(64).setWorkingDir('/srv')
    await one.start()
    expect(await one.state()).toMatchObject({ status: 'running', addresses: { heropods0: '10.10.0.2' } })
    const pid = await one.pid()
    expect(readFileSync(`/proc/${pid}/comm`, 'utf8').trim()).toBe('sleep')
    await one.start()
    expect(await one.pid()).toBe(pid)
    expect((await one.exec('echo "$TEXT"; pwd')).stdout).toBe('a $HOME ${b} "q" $(touch /tmp/x)\n/srv\n')
    expect(await one.memUsage()).toBeGreaterThan(0)
    expect(await one.cpuUsage()).toBeLessThan(50)
    expect(instance.ok('ps')).toMatch(/one .*running/)
    await one.stop()
    expect(await one.status()).toBe('stopped')
    expect((await one.exec(['echo', 'started by exec'])).stdout).toBe('started by exec\n')
    await one.delete()
    await one.delete()
    expect(await hp.list()).toEqual([])
  })

  it('runs commands in the container only, and tells how they ended', async () => {
    const box = await hp.containerNew({ name: 'box', image: 'busybox', fields: sleeping })
    await box.start()
    expect((await box.exec('echo a | cat; echo b > /made; cat /made')).stdout).toBe('a\nb\n')
    expect(() => statSync('/made')).toThrow()
    expect((await box.exec('cat', { input: 'given' })).stdout).toBe('given')
    expect((await box.exec('echo $A; id -u; pwd', { env: { A: 'b c' }, user: '12', workingDir: '/tmp' })).stdout).toBe(
      'b c\n12\n/tmp\n',
    )
    const failed = box.exec('echo lost >&2; exit 7')
    await expect(failed).rejects.toThrow('exited with code 7:\n  lost')
    const result = { name: 'ExecFailedError', exitCode: 3, stdout: 'out\n', stderr: 'err\n' }
    await expect(box.exec('echo out; echo err >&2; exit 3')).rejects.toMatchObject(result)
    expect(await refusal(box.exec('exit 3'))).toEqual(['exec-failed'])
    // An error of a stream that nobody handles would end the process.
    expect(await refusal(box.exec('cat', { input: createReadStream('/proc/self/mem') }))).toEqual(['exec-failed'])
    expect(await box.exec('exit 3', { check: false })).toMatchObject({ exitCode: 3 })
    expect(await box.exec(['/absent'], { check: false })).toMatchObject({ exitCode: 127 })
    const streamed = new PassThrough()
    await box.exec('seq 100000', { stdout: streamed.resume() })
    const stop = AbortSignal.timeout(300)
    expect(await refusal(box.exec('sleep 1000', { signal: stop }))).toEqual(['interrupted'])
    expect((await box.exec('ps | grep -c "[s]leep 1000"')).stdout).toBe('1\n')
  })

  it('runs one command in a new container of an image or like another one, which leaves nothing', async () => {
    const before = (await hp.list()).length
    const env = { A: 'b' }
    expect(await hp.run({ image: 'busybox', command: ['sh', '-c', 'cat; echo $A'], input: 'in ', env })).toMatchObject({
      exitCode: 0,
      stdout: 'in b\n',
    })
    expect((await hp.run({ container: 'box', command: 'hostname' })).stdout).toMatch(/^box-/)
    await expect(hp.run({ image: 'busybox', command: 'echo bad >&2; exit 3' })).rejects.toThrow('code 3:\n  bad')
    expect(await hp.run({ image: 'busybox', command: 'exit 3', check: false })).toMatchObject({ exitCode: 3 })
    const signal = AbortSignal.timeout(4000)
    expect(await refusal(hp.run({ image: 'busybox', command: 'sleep 1000', signal }))).toEqual(['interrupted'])
    expect(await refusal(hp.run({ command: 'true' }))).toEqual(['usage'])
    const tool = { image: 'busybox', command: ['sh', '-c', 'echo of an object'] }
    const source = { metadata: { name: 'later' }, containers: { tool } }
    expect((await hp.run({ container: 'tool', source })).stdout).toBe('of an object\n')
    expect(await refusal(hp.run({ image: 'busybox', source }))).toEqual(['usage'])
    expect(await refusal(hp.run({ container: 'absent' }))).toEqual(['unknown-container'])
    expect((await hp.list()).length).toBe(before)
  })

  it('reads and writes files of the container', async () => {
    const node = (await hp.get('box')).node()
    const odd = '/tmp/a "b" $(c)\n\'d\' ü'
    await node.fileWrite(odd, 'text $x\n')
    expect(await node.fileRead(odd)).toBe('text $x\n')
    expect(await node.fileExists(odd)).toBe(true)
    await node.fileDelete(odd)
    expect(await node.fileExists(odd)).toBe(false)
    expect(await node.dirExists('/etc')).toBe(true)
    expect(await node.list('/')).toContain('etc')
    const file = instance.write('upload', 'x'.repeat(300_000))
    await node.upload(file, '/tmp/up')
    await node.download('/tmp/up', join(instance.base, 'download'))
    expect(readFileSync(join(instance.base, 'download'))).toEqual(readFileSync(file))
    for (const work of [
      () => node.fileRead('/absent'),
      () => node.list('/absent'),
      () => node.download('/absent', join(instance.base, 'absent')),
      () => node.upload(join(instance.base, 'absent'), '/tmp/x'),
    ])
      expect([String(work), await refusal(work())]).toEqual([String(work), ['file-missing']])
    expect(existsSync(join(instance.base, 'absent'))).toBe(false)
    expect(await refusal(node.download('/tmp/up', join(instance.base, 'no/folder')))).not.toEqual([])
    expect(await refusal(node.upload(instance.base, '/tmp/x'))).toEqual(['file-unreadable'])
    expect((await node.environGet()).PATH).toContain('/bin')
    expect(await node.info()).toMatchObject({ platform: 'busybox', hostname: 'box' })
  })

  it('stores the definition with its mounts and capabilities, for other programs', async () => {
    instance.write('shared/note', 'from the host')
    const mounted = await hp.containerNew({ name: 'mounted', image: 'busybox', fields: sleeping })
    mounted.addMount(join(instance.base, 'shared'), '/shared', 'bind', { readOnly: true, options: ['noexec'] })
    mounted
      .addMount('', '/scratch', 'tmpfs', { size: '8m', mode: '0700', options: ['exec'] })
      .addCapability('CAP_SYS_TIME')
      .removeCapability('chown')
    await mounted.saveConfig()
    const same = await open().get('mounted')
    expect(same.definition()).toEqual(mounted.definition())
    await same.start()
    expect((await same.exec('cat /shared/note; touch /shared/x || echo read-only')).stdout).toBe(
      'from the hostread-only\n',
    )
    expect((await same.exec('stat -f -c %T /scratch; stat -c %a /scratch')).stdout).toBe('tmpfs\n700\n')
    const mounts = (await same.exec('grep -e " /shared " -e " /scratch " /proc/self/mountinfo')).stdout
    expect(mounts).toMatch(/ \/shared ro,noexec,relatime /)
    expect(mounts).toMatch(/ \/scratch rw,nosuid,nodev,relatime .*size=8192k/)
    const effective = BigInt(`0x${/CapEff:\s*(\w+)/.exec((await same.exec('cat /proc/1/status')).stdout)?.[1]}`)
    const [chown, time] = [0n, 25n]
    expect([(effective >> chown) & 1n, (effective >> time) & 1n]).toEqual([0n, 1n])
    expect(JSON.stringify(await same.config())).toContain('CAP_SYS_TIME')
    const bundle = join(instance.run, 'containers/heropods-library/mounted/bundle/config.json')
    writeFileSync(bundle, readFileSync(bundle, 'utf8').slice(0, 100))
    expect(await refusal(same.config())).toEqual(['record-damaged'])
    await same.delete()
  })

  it('works on the host with the same calls', async () => {
    const node = hp.node()
    const file = join(instance.base, 'on host "x"')
    await node.fileWrite(file, 'text')
    expect(readFileSync(file, 'utf8')).toBe('text')
    expect(await node.fileRead(file)).toBe('text')
    expect(await node.list(instance.base)).toContain('on host "x"')
    expect(await refusal(node.exec('exit 4'))).toEqual(['exec-failed'])
    expect(await node.exec(['/absent'], { check: false })).toMatchObject({ exitCode: 127 })
    expect((await node.exec('pwd; echo $A', { workingDir: '/tmp', env: { A: 'b' } })).stdout).toBe('/tmp\nb\n')
  })

  it('opens panes of tmux, without a shell that reads names and values', async () => {
    const tmux = (...args: string[]) => execFileSync('tmux', args, { encoding: 'utf8' })
    const box = await hp.get('box')
    const show = (value: string) => ['sh', '-c', 'echo "$0 $A"; sleep 1000', value]
    await box.tmuxPane({ cmd: show('$(id)'), env: { A: 'a;"b"' } })
    await box.tmuxPane({ windowName: 'second', paneNr: 1, paneName: 'title', cmd: show('two') })
    const content = async (pane: string, text: string): Promise<void> =>
      expect.poll(() => tmux('capture-pane', '-p', '-t', pane), { timeout: 20_000 }).toContain(text)
    await content('default:box.0', '$(id) a;"b"')
    await content('default:second.1', 'two')
    expect(tmux('list-panes', '-t', 'default:second', '-F', '#{pane_title}')).toContain('title')
    await box.tmuxPane({ cmd: show('ignored') })
    await box.tmuxPane({ windowName: 'second', paneNr: 1, cmd: show('three'), reset: true })
    await content('default:second.1', 'three')
    expect(instance.ok('tmux', '-d', '--window', 'third', 'box', 'sleep', '100')).toContain('tmux attach -t default')
    expect(tmux('list-windows', '-t', 'default', '-F', '#{window_name}')).toBe('box\nsecond\nthird\n')
    tmux('kill-server')
  })

  it('follows the log of a container until it ends', async () => {
    const speaker = await hp.containerNew({
      name: 'speaker',
      image: 'busybox',
      fields: { command: ['sh', '-c', 'for i in 1 2 3; do echo line $i; sleep 0.3; done; exit 4'] },
    })
    await speaker.start().catch(() => undefined)
    const ended = speaker.wait()
    const lines: string[] = []
    for await (const { text } of speaker.logs({ follow: true, signal: AbortSignal.timeout(10_000) })) lines.push(text)
    expect(lines).toEqual(['line 1', 'line 2', 'line 3'])
    expect(await speaker.state()).toMatchObject({ status: 'stopped', exitCode: 4 })
    expect(await ended).toMatchObject({ status: 'stopped', state: 'exited', exitCode: 4 })
    expect(await speaker.wait()).toMatchObject({ exitCode: 4 })
    expect(await refusal((await hp.get('box')).wait({ signal: AbortSignal.timeout(300) }))).toEqual(['interrupted'])
    await speaker.delete()
  })

  it('keeps a container after its entrypoint, and reports an entrypoint that fails', async () => {
    const shell = await hp.containerNew({ name: 'shell', image: 'busybox', fields: { command: ['/bin/sh'] } })
    await shell.start({ keepAlive: true })
    expect((await shell.exec('echo here')).stdout).toBe('here\n')
    const failing = await hp.containerNew({
      name: 'failing',
      image: 'busybox',
      fields: { command: ['sh', '-c', 'echo broken; exit 3'] },
    })
    await expect(failing.start({ keepAlive: true })).rejects.toThrow(/code 3[\s\S]*broken/)
    await Promise.all([shell.delete(), failing.delete()])
  })

  it('with keepAlive a service simply runs, and a restart runs the entrypoint again', async () => {
    const count = 'echo run >> /count; ip route | grep -c default >> /count'
    const service = await hp.containerNew({
      name: 'service',
      image: 'busybox',
      fields: { command: ['sh', '-c', `${count}; exec sleep 1000`], stop_grace_period: '0s' },
    })
    await service.start({ keepAlive: true })
    expect((await service.state()).state).toBe('running')
    const job = await hp.containerNew({ name: 'job', image: 'busybox', fields: { command: ['sh', '-c', count] } })
    await job.start({ keepAlive: true })
    expect((await job.state()).state).toBe('held')
    await job.restart({ graceMs: 0 })
    // Each run had its network from its first instruction.
    await expect.poll(async () => (await job.exec('cat /count')).stdout).toBe('run\n1\nrun\n1\n')
    expect((await service.exec('cat /count')).stdout).toBe('run\n1\n')
    await Promise.all([service.delete(), job.delete()])
  })

  it('joins the network of an applied stack, which the stack cannot remove meanwhile', async () => {
    await hp.apply({ metadata: { name: 'net' }, networks: { lan: { subnet: '10.44.0.0/24' } } })
    const fields = { ...sleeping, networks: { 'net/lan': { aliases: ['db'] } } }
    const one = await hp.containerNew({ name: 'joined', image: 'busybox', fields })
    await one.start()
    expect((await one.state()).addresses).toEqual({ lan: '10.44.0.2' })
    const peer = await hp.run({ image: 'busybox', networks: ['net/lan'], command: 'ping -c 1 db' })
    expect(peer.stdout).toContain('10.44.0.2')
    expect(await refusal(hp.destroy('net'))).toEqual(['in-use'])
    await one.delete()
    for (const [network, code] of [
      ['net/lna', 'unknown-network'],
      ['lan', 'unknown-reference'],
    ] as const) {
      const wrong = await hp.containerNew({ name: 'wrong', image: 'busybox', fields: { networks: [network] } })
      expect(await refusal(wrong.start())).toEqual([code])
      await wrong.delete()
    }
    await hp.destroy('net')
  })

  it('refuses wrong names, images and definitions before anything is touched', async () => {
    for (const name of ['', 'a b', '-a', 'a/b', 'x-y', 'ü', 'a\nb', 'a'.repeat(64)])
      expect(await refusal(hp.containerNew({ name, image: 'busybox' }))).toEqual(['invalid'])
    expect(await refusal(hp.containerNew({ name: 'n', image: 'custom' }))).toEqual(['invalid'])
    expect(await refusal(hp.containerNew({ name: 'box', image: 'busybox' }))).toEqual(['already-exists'])
    await expect(hp.get('bxo')).rejects.toThrow('Did you mean "box"?')
    expect(await refusal(hp.destroy('nosuch'))).toEqual(['unknown-stack'])
    await expect(HeroPods.get('nosuch')).rejects.toMatchObject({
      diagnostics: [{ code: 'unknown-instance', hint: expect.stringContaining('HeroPods.list()') }],
    })
    const wrong = await hp.containerNew({ name: 'wrong', image: 'busybox', fields: { mem_limit: '3 cows' } })
    expect(await refusal(wrong.start())).toEqual(['invalid'])
    await wrong.delete()
    expect((await hp.list()).map((one) => one.name)).toEqual(['box'])
  })

  it('passes odd texts through, and refuses those that a process cannot get', async () => {
    const box = await hp.get('box')
    const odd = '"\'\n$(touch /made) `id` ü ;|&> \u001b[2J  '
    expect((await box.exec(['printf', '%s', odd])).stdout).toBe(odd)
    expect((await box.exec('printf %s "$A"', { env: { A: odd } })).stdout).toBe(odd)
    expect(() => statSync('/made')).toThrow()
    for (const work of [
      () => box.exec(['echo', 'a\0b']),
      () => box.exec('echo a\0b'),
      () => box.exec('env', { env: { A: 'a\0b' } }),
      () => box.exec('env', { env: { 'A\nB': 'c' } }),
      () => box.exec('pwd', { workingDir: '/tmp\0' }),
      () => box.node().fileWrite('/tmp/a\0b', ''),
      () => box.tmuxPane({ windowName: 'a\0b' }),
      () => hp.node().fileWrite('/tmp/a\0b', ''),
      () => hp.node().exec(['echo', 'a\0b']),
      () => hp.imageNew({ name: 'odd', dockerUrl: '$(touch /made)' }),
      () => hp.imageNew({ name: 'odd', dockerUrl: 'a\nb' }),
      () => hp.plan({ metadata: { name: 'a\nb' } }),
    ])
      expect([String(work), await refusal(work())]).toEqual([String(work), ['invalid']])
  })

  it('names the file of a damaged definition; `reset` defines it again', async () => {
    const file = join(instance.data, 'library/containers/damaged.json')
    await hp.containerNew({ name: 'damaged', image: 'busybox' })
    writeFileSync(file, '{"image": "busy')
    expect(await refusal(hp.get('damaged'))).toEqual(['record-damaged'])
    await expect(hp.list()).rejects.toThrow(file)
    const again = await hp.containerNew({ name: 'damaged', image: 'busybox', reset: true })
    expect(again.definition()).toMatchObject({ image: 'busybox' })
    await again.delete()
  })

  it('forgets the definition of a container that `rm` has removed', async () => {
    const removed = await hp.containerNew({ name: 'removed', image: 'busybox', fields: sleeping })
    await removed.start()
    instance.ok('rm', '--force', 'removed')
    expect(await refusal(hp.get('removed'))).toEqual(['unknown-container'])
    await (await hp.containerNew({ name: 'removed', image: 'alpine_3_20' })).delete()
  })

  it('lets many tasks use one instance at once', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `task-${index}`)
    const other = open()
    const addresses = await Promise.all(
      names.map(async (name, index) => {
        const task = await (index % 2 ? hp : other).containerNew({ name, image: 'busybox', fields: sleeping })
        await task.start()
        const { addresses: own } = await task.state()
        expect((await task.exec('hostname')).stdout).toBe(`${name}\n`)
        await task.stop()
        await task.delete()
        return own.heropods0
      }),
    )
    expect(new Set(addresses).size).toBe(names.length)
    await (await hp.get('box')).delete()
    expect(await hp.list()).toEqual([])
    await delay(100)
  })
})
