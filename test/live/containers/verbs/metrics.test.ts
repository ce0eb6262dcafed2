import { expect, it } from 'vitest'
import { watchedInstance } from '../../watch/watching.ts'

const listen = '127.0.0.1:18091'
const instance = watchedInstance()

async function metricsOf(container: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`http://${listen}/metrics`)).text()
  const pattern = /^heropods_container_(\w+)\{stack="test",container="(\w+)"\} (\S+)$/gm
  const found = [...text.matchAll(pattern)].filter(([, , name]) => name === container)
  return new Map(found.map(([, name = '', , value]) => [name, Number(value)]))
}

it('metrics of watch have the use of each container', { timeout: 60_000 }, async () => {
  instance.state(
    'test',
    `containers:
  busy: { image: busybox, command: [sh, -c, "while :; do :; done"], mem_limit: 64m, stop_grace_period: 0s }
  done: { image: busybox, command: ["true"], restart: "no" }
`,
  )
  instance.watch(undefined, ['--listen', listen, '--settle', '100ms'])
  await instance.ready('test')
  const first = await metricsOf('busy')
  expect(first.get('memory_limit_bytes')).toBe(64 * 2 ** 20)
  expect(first.get('memory_bytes')).toBeGreaterThan(0)
  expect(first.get('processes')).toBe(1)
  expect(first.get('restarts_total')).toBe(0)
  expect(first.get('out_of_memory_kills_total')).toBe(0)
  const cpu = first.get('cpu_seconds_total') ?? 0
  expect(cpu).toBeGreaterThan(0)
  await expect
    .poll(async () => (await metricsOf('busy')).get('cpu_seconds_total'), { timeout: 10_000 })
    .toBeGreaterThan(cpu)
  expect(await metricsOf('done')).toEqual(new Map())
})
