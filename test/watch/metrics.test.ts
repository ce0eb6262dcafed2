import { describe, expect, it } from 'vitest'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import type { ContainerStats } from '../../src/reconciler/engine.ts'
import { Metrics } from '../../src/watch/http/metrics.ts'
import { container, failedStack, hostEvent, readyStack, watchStatus } from './fixtures.ts'

/** Samples by name and labels as written; also holds the text against the format's rules. */
function parse(text: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>()
  const types = new Map<string, string>()
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, typed = '', type = ''] = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line) ?? []
    if (typed) types.set(typed, type)
    if (line.startsWith('#')) continue
    const [, name = '', labels = '', value] = /^([a-z_]+)(\{.*\})? (\S+)$/.exec(line) ?? []
    expect(name, line).toMatch(/^(heropods|process)_/)
    const family = types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '')
    expect(types.has(family), line).toBe(true)
    expect(types.get(family) === 'counter', line).toBe(family.endsWith('_total'))
    expect(text).toContain(`# HELP ${family} `)
    samples.set(name + labels, Number(value))
  }
  return samples
}

const noStats = async (): Promise<readonly ContainerStats[]> => []

/** The counters of a container. */
const statsOf = (address: ResourceAddress, more: Partial<ContainerStats> = {}): ContainerStats => ({
  container: address,
  id: 'shop_web-1',
  atMs: 0,
  cpuUs: 1_500_000,
  memory: 4096,
  memoryLimit: 8192,
  hostMemory: 2 ** 30,
  processes: 3,
  processLimit: null,
  blockRead: 10,
  blockWritten: 20,
  network: { received: 30, sent: 40 },
  outOfMemoryKills: 1,
  restarts: 2,
  ...more,
})

describe('metrics', () => {
  it('have the counters of each container with a process, newly read at each scrape', async () => {
    const asked: (readonly string[])[] = []
    const metrics = new Metrics(async (containers) => {
      asked.push(containers)
      return asked.length > 1 ? [] : containers.map((one) => statsOf(one))
    })
    const objects = [
      container('shop', 'web'),
      container('shop', 'held', { state: 'paused' }),
      container('shop', 'db', { state: 'exited' }),
    ]
    metrics.observe(watchStatus([readyStack('shop', { objects })]))
    const samples = parse(await metrics.text())
    expect(asked).toEqual([['shop/container/web', 'shop/container/held']])
    const values = [
      ['cpu_seconds_total', 1.5],
      ['memory_bytes', 4096],
      ['memory_limit_bytes', 8192],
      ['processes', 3],
      ['block_read_bytes_total', 10],
      ['block_written_bytes_total', 20],
      ['network_received_bytes_total', 30],
      ['network_sent_bytes_total', 40],
      ['out_of_memory_kills_total', 1],
      ['restarts_total', 2],
    ] as const
    for (const [name, value] of values)
      expect(samples.get(`heropods_container_${name}{stack="shop",container="web"}`), name).toBe(value)
    expect([...parse(await metrics.text()).keys()].filter((name) => name.includes('container="web"'))).toEqual([])
  })

  it('leave out a limit and a network that a container does not have, and survive a failed reading', async () => {
    let fails = false
    const metrics = new Metrics(async ([first]) => {
      if (fails || first === undefined) throw new Error('no host')
      return [statsOf(first, { memoryLimit: null, network: null })]
    })
    metrics.observe(watchStatus([readyStack('shop', { objects: [container('shop', 'web')] })]))
    const names = [...parse(await metrics.text()).keys()].filter((name) => name.includes('container="web"'))
    expect(names.filter((name) => /limit|network/.test(name))).toEqual([])
    expect(names).toHaveLength(7)
    fails = true
    expect(parse(await metrics.text()).get('heropods_build_info{version="0.1.0"}')).toBe(1)
  })

  it('are the newest status, in the text format', async () => {
    const metrics = new Metrics(noStats)
    metrics.observe(watchStatus([readyStack('gone')]))
    const objects = [container('shop', 'web'), container('shop', 'db', { state: 'exited', health: null })]
    metrics.observe(watchStatus([readyStack('shop', { objects }), failedStack('mail')]))
    const samples = parse(await metrics.text())
    expect(samples.get('heropods_stack_condition{stack="shop",type="Ready"}')).toBe(1)
    expect(samples.get('heropods_stack_condition{stack="mail",type="Ready"}')).toBe(0)
    expect(samples.get('heropods_stack_attempted_generation{stack="mail"}')).toBe(44)
    expect(samples.get('heropods_stack_applied_generation{stack="mail"}')).toBe(43)
    expect(samples.get('heropods_containers{stack="shop",state="running",health="healthy"}')).toBe(1)
    expect(samples.get('heropods_containers{stack="shop",state="exited",health="none"}')).toBe(1)
    expect(samples.get('heropods_source_ok{kind="git"}')).toBe(1)
    expect(samples.get('heropods_build_info{version="0.1.0"}')).toBe(1)
    expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1e6)
    expect([...samples.keys()].filter((name) => name.includes('gone'))).toEqual([])
  })

  it('keep when the source was last good', async () => {
    const metrics = new Metrics(noStats)
    const good = watchStatus([])
    metrics.observe(good)
    metrics.observe({ ...good, heartbeat: new Date().toISOString(), source: { ...good.source, ok: false } })
    const samples = parse(await metrics.text())
    expect(samples.get('heropods_source_ok{kind="git"}')).toBe(0)
    expect(samples.get('heropods_source_last_sync_timestamp_seconds')).toBe(Date.parse(good.heartbeat) / 1000)
  })

  it('count events, drift, looks and repairs', async () => {
    const metrics = new Metrics(noStats)
    metrics.count(hostEvent('stack.drifted', { stack: 'shop', address: 'shop/container/web' }))
    metrics.count(hostEvent('stack.healed', { stack: 'shop' }))
    metrics.count(hostEvent('source.failed'))
    metrics.reconcile('shop', 'applied', 3)
    metrics.repair(0.2)
    const samples = parse(await metrics.text())
    expect(samples.get('heropods_drift_detected_total{stack="shop",kind="container"}')).toBe(1)
    expect(samples.get('heropods_drift_healed_total{stack="shop",kind="stack"}')).toBe(1)
    expect(samples.get('heropods_events_total{type="source.failed",stack=""}')).toBe(1)
    expect(samples.get('heropods_reconciles_total{stack="shop",result="applied"}')).toBe(1)
    expect(samples.get('heropods_reconcile_duration_seconds_bucket{le="2.5"}')).toBe(0)
    expect(samples.get('heropods_reconcile_duration_seconds_sum')).toBe(3)
    expect(samples.get('heropods_drift_repair_duration_seconds_bucket{le="0.25"}')).toBe(1)
  })
})
