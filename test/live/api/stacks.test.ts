import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { HeroPodsError, InstanceEvent } from '../../../src/api/index.ts'
import { Instance } from '../support.ts'
import { HeroPods, stack } from './library.ts'

const instance = new Instance()
const hp = new HeroPods({ dir: join(instance.base, 'data'), runDir: join(instance.base, 'run') })

const shop = (heading: string) =>
  stack({
    metadata: { name: 'shop' },
    networks: { lan: { subnet: '10.33.0.0/24' } },
    containers: {
      web: {
        image: 'busybox',
        command: ['sleep', '1000'],
        environment: { HEADING: heading, GATEWAY: '${networks.lan.gateway}' },
        stop_grace_period: '0s',
        networks: ['lan'],
        deploy: { replicas: 2 },
      },
    },
  })

const codesOf = async (work: Promise<unknown>): Promise<readonly string[]> =>
  work.then(
    () => [],
    (error: HeroPodsError) => error.diagnostics.map((one) => one.code),
  )

const endOfWatch = new AbortController()
let watching: Promise<void> | undefined

afterAll(async () => {
  endOfWatch.abort()
  await watching
  instance.end()
})

describe('stacks of the library', () => {
  it('plans and applies a stack that is an object', async () => {
    const planned = await hp.plan(shop('one'))
    expect(planned.plan.summary).toMatchObject({ create: 4, delete: 0 })
    const events: string[] = []
    const result = await hp.apply(planned, { onProgress: ({ type }) => events.push(type) })
    expect(result).toMatchObject({ generation: 1, unchanged: false })
    expect(events).toContain('step.finished')
    expect(await hp.apply(shop('one'))).toMatchObject({ generation: 1, unchanged: true })
    const web = await hp.get('web.2')
    expect((await web.exec('echo $HEADING $GATEWAY')).stdout).toBe('one 10.33.0.1\n')
    expect(await codesOf(web.delete())).toEqual(['owned-by-other'])
  })

  it('refuses a plan that is no longer true, and a wrong stack', async () => {
    const planned = await hp.plan(shop('two'))
    await hp.apply(shop('three'))
    expect(await codesOf(hp.apply(planned))).toEqual(['plan-stale'])
    const wrong = { ...shop('four'), containers: { web: { imag: 'busybox' } } }
    expect(await codesOf(hp.apply(wrong as never))).toEqual(['invalid'])
  })

  it('rolls back, reports events and destroys', async () => {
    const ending = new AbortController()
    const seen: InstanceEvent[] = []
    const reading = (async () => {
      for await (const event of hp.events({ signal: ending.signal })) seen.push(event)
    })()
    await hp.rollback()
    expect((await (await hp.get('web.1')).exec('echo $HEADING')).stdout).toBe('one\n')
    await hp.destroy('shop')
    ending.abort()
    await reading
    expect(seen.map(({ type }) => type)).toContain('apply.finished')
    expect(await hp.list()).toEqual([])
  })

  it('reports the failure of a step with its code', async () => {
    const failing = stack({
      metadata: { name: 'failing' },
      containers: { job: { image: 'busybox', command: ['sh', '-c', 'echo cause; exit 9'] } },
    })
    await expect(hp.apply(failing)).rejects.toThrow(/code 9[\s\S]*cause/)
    await hp.destroy('failing')
  })

  it('watches a folder until it is told to stop', async () => {
    instance.write(
      'stacks/one.yaml',
      'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: one }\ncontainers: { a: { image: busybox, command: [sleep, "100"], stop_grace_period: 0s } }\n',
    )
    const applied = new Promise<void>((resolve) => {
      watching = hp.watch(join(instance.base, 'stacks'), {
        signal: endOfWatch.signal,
        onEvent: ({ type }) => {
          if (type === 'stack.applied') resolve()
        },
      })
    })
    await applied
    expect(await (await hp.get('a')).status()).toBe('running')
    endOfWatch.abort()
    await watching
    await hp.destroy('one')
  })
})
