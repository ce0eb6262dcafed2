import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { instanceFolders } from '../../../src/host/files/base-folders.ts'
import { LocalReader } from '../../../src/host/local/reader.ts'
import { readUsage } from '../../../src/providers/linux/container/operations/usage.ts'
import type { GenerationDetails, OutputDetails } from '../../../src/watch/http/view.ts'
import type { UsageSample } from '../../../src/watch/page-data/usage-sampler.ts'
import { Watched } from './watching.ts'

const port = 19_181
const instance = new Watched()

beforeAll(() => {
  instance.state(
    'shop',
    `secrets:
  word: { content: correct horse battery }
containers:
  web:
    image: busybox
    command: ["sh", "-c", "echo the word is $$(cat /run/secrets/word); while true; do :; done"]
    secrets: [word]
    healthcheck: { test: ["CMD", "sh", "-c", "echo checked with $$(cat /run/secrets/word)"], interval: 1s }
    mem_limit: 64M
    cpus: 0.2
`,
  )
  instance.watch([instance.folder], ['--listen', `127.0.0.1:${port}`, '--settle', '100ms'])
})
afterAll(async () => {
  await instance.unwatch()
  instance.end()
})

const read = async (path: string): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}${path}`)).json()

it('has the output of a container without its secrets, its use of CPU and memory, and the plan of a generation', async () => {
  await instance.event('stack.applied', 'shop')
  const stream = new AbortController()
  await fetch(`http://127.0.0.1:${port}/api/changes`, { signal: stream.signal })
  const { values } = (await read('/api/page')) as { values: Record<string, Record<string, unknown>> }
  expect(values['container shop/container/web']).toMatchObject({
    state: 'running',
    memoryLimit: 2 ** 26,
    cpuLimit: 0.2,
  })
  await expect
    .poll(async () => ((await read('/api/output?container=shop/container/web')) as OutputDetails).check?.output)
    .toContain('checked with (sensitive)')
  const { log } = (await read('/api/output?container=shop/container/web')) as OutputDetails
  expect(log.map(({ text }) => text)).toEqual(['the word is (sensitive)'])
  const points = async () =>
    ((await read('/api/usage')) as { samples: readonly UsageSample[] }).samples.map(
      (one) => one.points['shop/container/web'],
    )
  await expect.poll(async () => (await points()).length, { timeout: 30_000 }).toBeGreaterThan(2)
  const [cpu, memory] = (await points()).at(-1) ?? []
  // It spins with a limit of a fifth of a core.
  expect(cpu).toBeGreaterThan(10)
  expect(cpu).toBeLessThan(40)
  expect(memory).toBeGreaterThan(0)
  expect(memory).toBeLessThan(2 ** 26)
  stream.abort()
  const generation = (await read('/api/generation?number=1')) as GenerationDetails
  expect(generation.plan).toContain('shop/container/web')
  expect(JSON.stringify([values, generation])).not.toContain('correct horse')
})

it('has the plan of a change that waits', async () => {
  instance.ok('suspend', 'shop', '--reason', 'a look at the plan')
  const path = join(instance.folder, 'shop.yaml')
  const before = readFileSync(path, 'utf8')
  writeFileSync(path, before.replace('mem_limit: 64M', 'mem_limit: 96M'))
  const waiting = async () => ((await read('/api/page')) as { values: Record<string, unknown> }).values['waiting shop']
  await expect.poll(waiting, { timeout: 20_000 }).toMatch(/shop\/container\/web[\s\S]*mem_limit: 64M -> 96M/)
  writeFileSync(path, before)
  instance.ok('resume', 'shop')
  await expect.poll(waiting, { timeout: 20_000 }).toBeUndefined()
  await instance.ready('shop')
})

it('lists a stack that it does not follow with its owner, and its broken container', async () => {
  instance.stack('containers: { side: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s } }\n', 'other')
  instance.apply('other.yaml')
  const stack = () => instance.status('other')
  await expect
    .poll(() => stack()?.owner, { timeout: 20_000 })
    .toMatchObject({ kind: 'files', name: expect.any(String) })
  expect(instance.ok('status', 'other')).toMatch(/; watch does not follow this stack\n/)
  const pid = instance.pids().side
  if (pid == null) throw new Error('side does not run')
  process.kill(pid, 'SIGKILL')
  const problems = async () =>
    ((await read('/api/page')) as { values: { problems: { title: string }[] } }).values.problems.map(
      ({ title }) => title,
    )
  await expect.poll(problems, { timeout: 20_000 }).toEqual(['other/side'])
  expect(instance.ok('status')).toMatch(/^other +Degraded /m)
  // Its readiness is that of the stacks that watch follows.
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
  expect(((await read('/api/output?container=other/container/side')) as OutputDetails).hidden).toContain(
    'heropods logs other/side',
  )
  instance.ok('destroy', '--yes', 'other')
  await expect.poll(stack, { timeout: 20_000 }).toBeUndefined()
})

it('reads the use of 200 containers in less than 1 % of a core', async () => {
  const paths = instanceFolders(instance.environment)
  const host = new LocalReader()
  const ids = Array.from({ length: 200 }, () => 'shop_web-1')
  await readUsage({ host, paths }, ids)
  const before = process.cpuUsage()
  for (let round = 0; round < 10; round += 1) await readUsage({ host, paths }, ids)
  const { user, system } = process.cpuUsage(before)
  // A sample every two seconds.
  const share = (user + system) / 10 / 2_000_000
  expect(share).toBeLessThan(0.01)
})
