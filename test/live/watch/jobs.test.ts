import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hostState } from '../support.ts'
import { Watched } from './watching.ts'

let instance: Watched
let host = ''
beforeAll(() => {
  host = hostState()
  instance = new Watched()
})
afterAll(async () => {
  await instance.unwatch()
  instance.end()
  expect(hostState()).toBe(host)
})

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
    command: [sh, -c, "echo run >> /out/runs; sleep 1.5; exit 4"]
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
  await instance.condition('jobs', 'Degraded', 'Drifted')
  await instance.rest()
  expect(runs()).toBe(2)
  instance.ok('apply', '--yes', join(instance.folder, 'jobs.yaml'), '--lock-timeout', '20s')
  expect(runs()).toBe(3)
})
