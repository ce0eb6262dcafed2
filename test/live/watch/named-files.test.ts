import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { hostState } from '../support.ts'
import { Watched } from './watching.ts'

const pristine = hostState()
const instance = new Watched()
afterAll(async () => {
  await instance.unwatch()
  instance.end()
  expect(hostState()).toBe(pristine)
})

const sleeper = (seconds: number): string =>
  `reconcile: { monitor: 500ms }\ncontainers:\n  one: { image: busybox, network_mode: none, stop_grace_period: 0s, command: [sleep, "${seconds}"] }\n`

it('a stack that names a file without an end, or one that nobody writes to, fails alone', async () => {
  execFileSync('mkfifo', [join(instance.base, 'pipe'), join(instance.folder, 'pipe.yaml')])
  instance.state('waits', 'containers: { a: { image: busybox, env_file: ../pipe } }\n')
  instance.state('includes', 'include: [../pipe]\n')
  instance.state('good', sleeper(1000))
  instance.state('zero', sleeper(1000))
  // A run of someone else's that was killed.
  instance.stack(sleeper(1000), 'other')
  expect(instance.heropods(['apply', '--yes', 'other.yaml'], { HEROPODS_KILL_AT: 'step:1' }).signal).toBe('SIGKILL')
  instance.watch([instance.folder], ['--listen', '127.0.0.1:18097', '--settle', '100ms'])
  for (const stack of ['good', 'zero']) await instance.ready(stack)
  instance.state('zero', `configs: { c: { file: /dev/zero } }\n${sleeper(1000)}`)
  await instance.condition('zero', 'Degraded')
  expect(instance.status('zero')?.lastError?.message).toContain('/dev/zero is a device, not a regular file')
  const { watched } = JSON.parse(instance.ok('status', '--json')) as { watched: { source: { message: string } } }
  expect(watched.source.message).toMatch(/^4 invalid files: \S*pipe\.yaml/)
  // Those that were never right are listed too, and nothing else is known of them.
  for (const stack of ['waits', 'includes']) {
    expect(instance.status(stack)).toMatchObject({
      applied: null,
      objects: [],
      lastError: { place: expect.anything() },
    })
    await instance.condition(stack, 'Degraded', 'Invalid')
  }
  const history = await fetch('http://127.0.0.1:18097/api/history').then((answer) => answer.json())
  expect(history).toMatchObject({
    generations: expect.arrayContaining([expect.objectContaining({ stacks: ['other'], result: 'interrupted' })]),
  })
  expect((await fetch('http://127.0.0.1:18097/healthz')).status).toBe(200)
  const { applied } = instance.status('good') ?? {}
  instance.state('good', sleeper(2000))
  await instance.applied('good', applied)
  expect(await instance.unwatch('SIGTERM')).toBe(0)
})
