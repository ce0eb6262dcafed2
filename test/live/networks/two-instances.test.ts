import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LocalHost } from '../../../src/host/local.ts'
import { applyPlan, makePlan } from '../../../src/reconciler/reconcile.ts'
import { openSession } from '../../../src/reconciler/session.ts'
import { loadIn } from '../../stack/load.ts'
import { type Answer, hostState, Instance, sh } from '../support.ts'

/** Installations with folders of their own in one network namespace: none takes what another has, whenever they run. */
const [one, two, three] = [new Instance(), new Instance(), new Instance()]
const all = [one, two, three]
const cli = join(import.meta.dirname, '../../../dist/heropods.js')
const lockFolder = '/run/heropods-host'
const lock = join(lockFolder, `net-${statSync('/proc/self/ns/net').ino}`)
let pristine = ''
beforeAll(() => {
  pristine = hostState()
})
afterEach(() => {
  for (const instance of all) instance.ok('destroy', '--all', '--yes', '--delete-data')
  expect(hostState()).toBe(pristine)
  expect(existsSync(lock)).toBe(false)
})
afterAll(() => {
  for (const instance of all) instance.end()
})

const server = 'image: busybox, command: [httpd, -f, -p, "80", -h, /etc], stop_grace_period: 0s'

function start(instance: Instance, ...args: string[]): { pid: number | undefined; ended: Promise<Answer> } {
  const child = spawn(process.execPath, [cli, ...args], { cwd: instance.base, env: instance.environment })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (part) => {
    stdout += part
  })
  child.stderr.on('data', (part) => {
    stderr += part
  })
  const ended = new Promise<Answer>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr })),
  )
  return { pid: child.pid, ended }
}
const applyAtOnce = (...instances: readonly Instance[]): Promise<readonly Answer[]> =>
  Promise.all(instances.map((instance) => start(instance, 'apply', '--yes', 'test.yaml').ended))
const networks = (instance: Instance): readonly { name: string; bridge: string; subnet: string }[] =>
  (
    JSON.parse(instance.ok('network', 'ls', '--json')) as {
      networks: { name: string; bridge: string; subnet: string }[]
    }
  ).networks
const reaches = (instance: Instance, name: string, ip: string): boolean =>
  instance.heropods(['exec', name, 'timeout', '1', 'wget', '-qO-', `http://${ip}/hostname`]).code === 0

/** Of those that were started at once one had it, the others were refused and have nothing. */
function oneHasIt(answers: readonly Answer[], told: RegExp): void {
  expect(answers.map(({ code }) => code).sort(), answers.map(({ stderr }) => stderr).join('\n')).toEqual([0, 3, 3])
  for (const [index, { code, stderr }] of answers.entries()) {
    if (code === 0) continue
    expect(stderr).toMatch(told)
    expect(all[index]?.containers().size).toBe(0)
    expect(networks(all[index] as Instance)).toEqual([])
  }
}

describe('at the same moment', () => {
  it('each gets a subnet of its own from `subnet: auto`, again and again', async () => {
    for (let round = 0; round < 2; round += 1) {
      for (const instance of all) instance.stack('networks: { lan: , back: }\n')
      const answers = await applyAtOnce(...all)
      expect(
        answers.map(({ code }) => code),
        answers.map(({ stderr }) => stderr).join('\n'),
      ).toEqual([0, 0, 0])
      const subnets = all.flatMap((instance) => networks(instance).map(({ subnet }) => subnet))
      expect(new Set(subnets).size).toBe(6)
      for (const instance of all) instance.ok('destroy', '--all', '--yes')
    }
  })

  it('one gets a port that all state; the others are refused before anything is touched, and told who has it', async () => {
    for (const instance of all)
      instance.stack(`networks: { lan: }\ncontainers: { web: { ${server}, networks: [lan], ports: ["18301:80"] } }\n`)
    oneHasIt(
      await applyAtOnce(...all),
      /127\.0\.0\.1:18301\/tcp, which is taken by [\d.]+ on test\/network\/lan of another HeroPods instance \([0-9a-f]{8}\)/,
    )
    const response = await fetch('http://127.0.0.1:18301/hostname')
    expect(await response.text()).toBe('web\n')
  })

  it('one gets a subnet that all state', async () => {
    for (const instance of all) instance.stack('networks: { lan: { subnet: 10.76.0.0/24 } }\n')
    const answers = await applyAtOnce(...all)
    oneHasIt(answers, /\(10\.76\.0\.0\/24\) overlaps test\/network\/lan of another HeroPods instance \([0-9a-f]{8}\)/)
    // Instances of one installation know each other by name.
    const winner = all[answers.findIndex(({ code }) => code === 0)] as Instance
    const { code, stderr } = winner.heropods(['apply', '--yes', 'test.yaml', '--instance', 'other'])
    expect(code).toBe(3)
    expect(stderr).toContain('overlaps test/network/lan of the instance "default"')
    winner.heropods(['instance', 'rm', 'other', '--delete-data'])
  })

  it('each gets a default network of its own', async () => {
    for (const instance of [one, two]) instance.stack(`containers: { web: { ${server} } }\n`)
    const answers = await applyAtOnce(one, two)
    expect(
      answers.map(({ code }) => code),
      answers.map(({ stderr }) => stderr).join('\n'),
    ).toEqual([0, 0])
    const [first, second] = [one, two].map((instance) => networks(instance)[0])
    expect([first?.bridge, second?.bridge].sort()).toEqual(['heropods0', expect.stringMatching(/^hp[0-9a-f]{12}$/)])
    expect(first?.subnet).not.toBe(second?.subnet)
    expect([first?.subnet, second?.subnet]).toContain('10.10.0.0/24')
    const ips = [one, two].map((instance) => instance.containers().get('web')?.ip ?? '')
    for (const [index, instance] of [one, two].entries()) {
      expect(instance.steps()).toEqual([])
      expect(reaches(instance, 'web', ips[index] ?? '')).toBe(true)
      expect(reaches(instance, 'web', ips[1 - index] ?? '')).toBe(false)
    }
    // Whoever has given way stays where it is once the other has gone.
    const [usual, other] = first?.bridge === 'heropods0' ? [one, two] : [two, one]
    usual.ok('destroy', '--all', '--yes')
    expect(other.steps()).toEqual([])
    expect(reaches(other, 'web', other.containers().get('web')?.ip ?? '')).toBe(true)
  })
})

describe('whoever takes addresses and ports of the host', () => {
  const childrenOf = (pid: number | undefined): readonly string[] =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        try {
          const [, , , ppid] = readFileSync(`/proc/${name}/stat`, 'utf8').split(' ')
          return ppid === String(pid) ? [readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')] : []
        } catch {
          return []
        }
      })

  it('is waited for, and no longer than it lives', async () => {
    one.stack('networks: { lan: }\n')
    const holder = spawn('sh', ['-c', `mkdir -p -m 700 ${lockFolder} && exec flock --no-fork ${lock} sleep 1000`])
    await expect.poll(() => sh('sh', '-c', `flock -n ${lock} true && echo free || echo held`)).toBe('held\n')
    const apply = start(one, 'apply', '--yes', 'test.yaml')
    await expect
      .poll(() => childrenOf(apply.pid).join('\n'), { timeout: 20_000 })
      .toContain('flock --exclusive --timeout')
    expect(networks(one)).toEqual([])
    holder.kill('SIGKILL')
    const { code, stderr } = await apply.ended
    expect(code, stderr).toBe(0)
    expect(networks(one)).toHaveLength(1)
  })

  it('is not waited for by a run that takes none', async () => {
    one.stack('networks: { lan: }\n')
    one.apply()
    const holder = spawn('flock', ['--no-fork', lock, 'sleep', '1000'])
    try {
      await expect.poll(() => sh('sh', '-c', `flock -n ${lock} true && echo free || echo held`)).toBe('held\n')
      one.apply()
      one.ok('destroy', '--all', '--yes')
    } finally {
      holder.kill('SIGKILL')
    }
    await new Promise((resolve) => holder.once('close', resolve))
    two.stack('networks: { lan: }\n')
    two.apply()
  })

  it('has asked before, and finds at the end that another was faster: it is refused, and nothing is touched', async () => {
    one.stack('networks: { lan: }\n')
    two.stack('networks: { lan: }\n')
    const session = await openSession({
      host: new LocalHost({ environment: one.environment }),
      write: true,
      heropodsCommand: [],
      command: 'test',
    })
    try {
      const desired = await loadIn(one.base, {
        files: [join(one.base, 'test.yaml')],
        encryptionKey: session.key,
        instanceId: session.paths.id,
      })
      const planned = await makePlan(session, desired)
      expect(session.networkLock?.held).toBe(true)
      // As while its user is being asked.
      await session.networkLock?.release()
      two.apply()
      const before = hostState()
      const tools = { reporter: { report: () => undefined }, drainSignal: new AbortController().signal }
      await expect(applyPlan(session, planned, tools)).rejects.toMatchObject({
        refused: true,
        message: expect.stringMatching(/overlaps test\/network\/lan of another .* free when the plan was made/),
      })
      expect(hostState()).toBe(before)
      const again = await makePlan(session, desired)
      expect((await applyPlan(session, again, tools)).ok).toBe(true)
    } finally {
      await session.close()
    }
    expect(new Set([one, two].map((instance) => networks(instance)[0]?.subnet)).size).toBe(2)
  })

  for (const [what, options] of [
    ['anyone may write', 'mode=0777'],
    ['nobody may write', 'ro,mode=0700'],
  ] as const) {
    it(`is refused where its folder is one that ${what}`, () => {
      one.stack('networks: { lan: }\n')
      sh('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', lockFolder)
      try {
        const { code, stderr } = one.heropods(['apply', '--yes', 'test.yaml'])
        expect(code, stderr).toBe(3)
        expect(stderr).toMatch(/host-lock.*\/run\/heropods-host/)
      } finally {
        sh('umount', lockFolder)
      }
      expect(networks(one)).toEqual([])
    })
  }
})
