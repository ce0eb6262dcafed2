import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sh } from '../support.ts'
import { watchedInstance } from './watching.ts'

const instance = watchedInstance()

const runs = (): number => readFileSync(join(instance.base, 'out/runs'), 'utf8').split('\n').length - 1

it('a job that fails is told and not run again, until its user resumes its stack or applies it', async () => {
  instance.state(
    'jobs',
    `reconcile: { monitor: 300ms }
containers:
  job:
    image: busybox
    restart: "no"
    network_mode: none
    command: [sh, -c, "echo run >> /out/runs; sleep 4; exit 4"]
    volumes: ["${instance.base}/out:/out"]
`,
  )
  instance.watch()
  await instance.condition('jobs', 'Degraded', 'Drifted')
  await instance.rest()
  expect(instance.status('jobs')?.drift).toEqual([{ address: 'jobs/container/job', text: 'it exited with code 4' }])
  expect(runs()).toBe(1)
  instance.ok('suspend', 'jobs')
  await instance.condition('jobs', 'Suspended', 'Suspended')
  instance.ok('resume', 'jobs')
  await expect.poll(runs, { timeout: 20_000 }).toBe(2)
  await expect.poll(() => instance.containers().get('job')?.state, { timeout: 20_000 }).toBe('exited')
  await instance.condition('jobs', 'Degraded', 'Drifted')
  await instance.rest()
  expect(runs()).toBe(2)
  instance.ok('apply', '--yes', join(instance.folder, 'jobs.yaml'), '--lock-timeout', '20s')
  expect(runs()).toBe(3)
})

it('a job that has completed is not run again by repairs of its network and its neighbours, nor by a new watch', async () => {
  instance.unstate('jobs')
  await expect.poll(() => instance.containers().size, { timeout: 20_000, interval: 300 }).toBe(0)
  const before = runs()
  instance.state(
    'migrated',
    `reconcile: { monitor: 300ms }
networks: { lan: { subnet: 10.77.5.0/24 } }
containers:
  migrate:
    image: busybox
    restart: "no"
    networks: [lan]
    command: [sh, -c, "echo run >> /out/runs"]
    volumes: ["${instance.base}/out:/out"]
  app:
    image: busybox
    networks: [lan]
    stop_grace_period: 0s
    command: [sleep, "1000"]
    depends_on: { migrate: { condition: service_completed_successfully } }
`,
  )
  await instance.ready('migrated')
  expect(runs()).toBe(before + 1)
  const pid = instance.containers().get('app')?.pid
  const networks = JSON.parse(instance.ok('network', 'ls', '--json')) as {
    networks: { name: string; bridge: string }[]
  }
  sh('ip', 'link', 'del', networks.networks.find(({ name }) => name === 'lan')?.bridge ?? '')
  await instance.event('stack.healed', 'migrated')
  sh('kill', '-9', String(pid))
  await expect.poll(() => instance.containers().get('app')?.state, { timeout: 20_000, interval: 300 }).toBe('running')
  await instance.ready('migrated')
  await instance.unwatch('SIGKILL')
  instance.watch()
  await instance.ready('migrated')
  await instance.rest()
  expect(runs()).toBe(before + 1)
})
