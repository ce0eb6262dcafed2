import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { instancePaths } from '../../src/host/files/paths.ts'
import { hostState, Instance, sh } from './support.ts'

/** All that lives on paths: sockets, FIFOs, binds, overlays, exit markers, consoles. */
const stack = (source: string): string => `volumes: { data: }
configs: { note: { content: text } }
containers: ${JSON.stringify({
  a: {
    image: 'busybox',
    network_mode: 'none',
    stop_grace_period: '0s',
    restart: 'always',
    command: ['sh', '-c', 'echo run; sleep 2; [ -e /data/again ] || { touch /data/again; exit 3; }; exec sleep 1000'],
    configs: ['note'],
    volumes: ['data:/data', { type: 'bind', source, target: '/in', bind: { create_host_path: true } }],
    healthcheck: { test: ['CMD', 'true'], interval: '1s' },
  },
  b: { image: 'busybox', network_mode: 'none', stop_grace_period: '0s', command: ['sleep', '1000'], tty: true },
})}
`

describe('folders of an instance', () => {
  const before = hostState()
  afterAll(() => expect(hostState()).toBe(before))

  async function works(instance: Instance): Promise<void> {
    instance.stack(stack('./my:data, "ü" x'))
    instance.apply('test.yaml', '--wait')
    const exits = (): string => instance.ok('logs', 'a')
    await expect.poll(exits, { timeout: 15_000 }).toBe('run\nrun\n')
    expect(instance.exec('b', 'echo', 'hello')).toBe('hello\n')
    expect(instance.steps()).toEqual([])
    instance.end()
  }

  it('may have blanks, tabs, quotes, umlauts and signs in their names', () =>
    works(new OddInstance("two words\tgröße ✓ %c $x 'q' #h", 'rün: a,b\\c "q" %t')))

  it('may be links, and are then the instance of what they lead to', async () => {
    const instance = new OddInstance('link', 'linked run')
    for (const [from, to] of [
      ['link', 'elsewhere'],
      ['linked run', 'elsewhere/run'],
    ] as const) {
      mkdirSync(join(instance.base, to))
      symlinkSync(to, join(instance.base, from))
    }
    const { id, data } = instancePaths(instance.environment)
    expect(data).toBe(join(instance.base, 'elsewhere/default'))
    expect(instancePaths({ ...instance.environment, HEROPODS_DIR: join(instance.base, 'elsewhere') }).id).toBe(id)
    await works(instance)
  })

  it('are refused at once for what they are where containers cannot live there', () => {
    const instance = new Instance()
    instance.stack(stack('./x'))
    const refusal = (HEROPODS_DIR: string, HEROPODS_RUN_DIR = join(instance.base, 'run')) => {
      const { code, stderr } = instance.heropods(['apply', '--yes', 'test.yaml'], { HEROPODS_DIR, HEROPODS_RUN_DIR })
      return [code, /error\[(.*?)\]/.exec(stderr)?.[1]]
    }
    for (const name of ['a:b', 'a,b', 'back\\slash', 'quote"s', 'line\nbreak'])
      expect(refusal(join(instance.base, name)), name).toEqual([3, 'base-folder-unusable'])
    expect(refusal(join(instance.base, 'data'), join(instance.base, 'x'.repeat(100)))).toEqual([
      3,
      'socket-path-too-long',
    ])
    expect(refusal(join(instance.base, 'run'))).toEqual([3, 'bad-folder'])
    expect(refusal(join(instance.base, '\uFFFD'))).toEqual([3, 'bad-folder'])
    expect(refusal('/dev/null')).toEqual([3, 'not-a-folder'])
    expect(refusal('/proc/x')).toEqual([3, 'not-found'])
    mkdirSync(join(instance.base, 'ro'))
    sh('mount', '-t', 'tmpfs', '-o', 'ro', 'tmpfs', join(instance.base, 'ro'))
    expect(refusal(join(instance.base, 'ro/data'))).toEqual([3, 'read-only-file-system'])
    expect(refusal(join(instance.base, 'data'), join(instance.base, 'ro/run'))).toEqual([3, 'read-only-file-system'])
    sh('umount', join(instance.base, 'ro'))
    symlinkSync('nowhere', join(instance.base, 'nowhere-link'))
    expect(refusal(join(instance.base, 'nowhere-link'))).toEqual([3, 'already-exists'])
    instance.end()
  })
})

class OddInstance extends Instance {
  constructor(data: string, run: string) {
    super()
    this.environment.HEROPODS_DIR = join(this.base, data)
    this.environment.HEROPODS_RUN_DIR = join(this.base, run)
  }
}
