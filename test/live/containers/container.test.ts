import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeInstanceCgroups } from '../../../src/host/cgroup.ts'
import { instancePaths } from '../../../src/host/files/paths.ts'
import { LocalHost } from '../../../src/host/local.ts'
import type { ContainerSpec } from '../../../src/model/kinds/container.ts'
import type { OwnedOf } from '../../../src/model/observation.ts'
import type { ResourceAddress } from '../../../src/model/resource-address.ts'
import { makeContainerProvider } from '../../../src/providers/linux/container/provider.ts'
import { imageProvider } from '../../../src/providers/linux/image/provider.ts'
import type { ApplyItem, OnItemFinished, WriteContext } from '../../../src/providers/provider.ts'
import { containerSpec } from '../../specs.ts'
import { cgroupValue, instanceCgroup, v1 } from './cgroup.ts'

const base = mkdtempSync('/tmp/hp-ctr-')
const paths = instancePaths({ HEROPODS_DIR: join(base, 'data'), HEROPODS_RUN_DIR: join(base, 'run') })
const write: WriteContext = {
  host: new LocalHost(),
  paths,
  once: (_key, read) => read(),
  abortSignal: new AbortController().signal,
  resolveSecrets: (text) => text,
  progress: () => undefined,
}
const provider = makeContainerProvider({ heropodsCommand: ['/bin/false'] })
const web: ResourceAddress = 's/container/web'
const image: ResourceAddress = 's/image/base'
let digest = ''
const specOf = (change: Partial<ContainerSpec> = {}): ContainerSpec =>
  containerSpec({
    image,
    command: ['sleep', '1000'],
    environment: { GREETING: 'hello' },
    network_mode: 'none',
    image_digest: digest,
    ...change,
  })

async function run(
  act: (done: OnItemFinished) => Promise<void>,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  let answer: Parameters<OnItemFinished>[1] = {}
  await act((_at, outcome) => {
    answer = outcome
  })
  if (answer.error) throw answer.error
  return answer.outputs
}
const observed = async (): Promise<OwnedOf<'container'> | undefined> => {
  const found = (await provider.observe(write, new Map())).get(web)
  return found?.presence === 'owned' ? found : undefined
}
/** Plans and does what the diff says, as the reconciler would. */
async function converge(spec: ContainerSpec): Promise<string> {
  const now = await observed()
  if (now === undefined) {
    await run((done) => provider.create(write, [{ address: web, spec, actual: undefined, changes: [] }], done))
    return 'create'
  }
  const diff = provider.diff(spec, now)
  if (diff.action === 'keep') return 'keep'
  const item: ApplyItem<'container'> = { address: web, spec, actual: now.actual, changes: diff.changes }
  await run(
    (done) =>
      (diff.action === 'update'
        ? provider.update(write, [item], done)
        : provider.recreate?.(write, [item], done)) as Promise<void>,
  )
  return diff.action
}
const pid = async (): Promise<number> => (await observed())?.actual.pid as number
const inside = async (file: string): Promise<string> => readFileSync(`/proc/${await pid()}/root${file}`, 'utf8')

beforeAll(async () => {
  const outputs = await run((done) =>
    imageProvider.create(
      write,
      [
        {
          address: image,
          spec: { source: { type: 'builtin', name: 'busybox' }, pull_policy: 'missing', labels: {} },
          actual: undefined,
          changes: [],
        },
      ],
      done,
    ),
  )
  digest = String(outputs?.digest)
})
afterAll(async () => {
  await removeInstanceCgroups(new LocalHost(), paths.id)
  rmSync(base, { recursive: true, force: true })
})

describe('a container', () => {
  it('runs', async () => {
    expect(await converge(specOf())).toBe('create')
    const now = await observed()
    expect(now?.actual).toMatchObject({ state: 'running', drift: [] })
    expect(readFileSync(`/proc/${await pid()}/environ`, 'utf8')).toContain('GREETING=hello')
    expect(await inside('/etc/hostname')).toBe('web\n')
    expect(await converge(specOf())).toBe('keep')
  })

  it('has the same filter when it comes from the cache', async () => {
    const status = async () =>
      readFileSync(`/proc/${await pid()}/status`, 'utf8').match(/Seccomp.*|NoNewPrivs.*|CapEff.*/g)
    const before = await status()
    expect(before).toEqual(expect.arrayContaining(['Seccomp:\t2', 'NoNewPrivs:\t1']))
    const old = await pid()
    expect(await converge(specOf({ environment: { GREETING: 'again' } }))).toBe('recreate')
    expect(await pid()).not.toBe(old)
    expect(readFileSync(join(paths.run, 'containers/s/web/bundle/config.json'), 'utf8')).toContain('seccomp_bpf_data')
    expect(await status()).toEqual(before)
  })

  it('changes limits without a new process', async () => {
    const old = await pid()
    const spec = specOf({
      environment: { GREETING: 'again' },
      mem_limit: 100_000_000,
      pids_limit: 50,
      cpu_quota: 50_000,
      cpu_period: 100_000,
    })
    expect(await converge(spec)).toBe('update')
    expect(await converge(spec)).toBe('keep')
    expect(await pid()).toBe(old)
    expect(cgroupValue(old, 'memory', v1 ? 'memory.limit_in_bytes' : 'memory.max')).toBe('99999744')
  })

  it('comes back after it was killed, with what it wrote', async () => {
    execFileSync('touch', [`/proc/${await pid()}/root/root/written`])
    process.kill(await pid(), 'SIGKILL')
    await expect.poll(async () => (await observed())?.actual.state).toBe('exited')
    const now = await observed()
    expect(await converge(now?.spec as ContainerSpec)).toBe('recreate')
    expect(existsSync(`/proc/${await pid()}/root/root/written`)).toBe(true)
  })

  it('says why a start failed', async () => {
    const now = await observed()
    const broken = specOf({ command: ['sh', '-c', 'echo no such luck; exit 7'] })
    await expect(converge(broken)).rejects.toThrow(/exited with code 7[\s\S]*no such luck/)
    expect(now).toBeDefined()
  })

  it('goes without a trace', async () => {
    const now = await observed()
    await run((done) =>
      provider.remove(
        write,
        [{ address: web, spec: now?.spec, actual: now?.actual, changes: [] }],
        { deleteData: true },
        done,
      ),
    )
    expect(await observed()).toBeUndefined()
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(base)
    const cgroup = instanceCgroup(paths.id, 'memory')
    expect(existsSync(cgroup) && readdirSync(cgroup).some((name) => name.startsWith('s_web'))).toBe(false)
  })
})
