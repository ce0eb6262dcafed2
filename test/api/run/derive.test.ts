import { describe, expect, it } from 'vitest'
import { derivedSpec, type Given } from '../../../src/api/run/derive.ts'
import type { ContainerSpec } from '../../../src/model/kinds/container.ts'
import { containerSpec } from '../../specs.ts'

const base = containerSpec({
  service: 'web',
  hostname: 'web',
  entrypoint: ['/entry'],
  command: ['serve'],
  environment: { A: '1', B: '2' },
  networks: [
    { network: 'shop/network/lan', aliases: ['www'], ipv4_address: '10.1.0.9', static: true, mac: '02:00:00:00:00:01' },
  ],
  mounts: [{ type: 'volume', volume: 'shop/volume/data', target: '/data', read_only: false, nocopy: false }],
  mem_limit: 64,
  keep_alive: true,
  healthcheck: { disable: true },
  on_unhealthy: { action: 'restart', limit: 3, window: 1 },
  restart: { policy: 'always', max_retries: 0 },
  depends_on: [{ container: 'shop/container/db', condition: 'service_started' }],
})
const given = (fields: Given['fields'], spec: Partial<ContainerSpec> = {}): Given => ({
  fields,
  spec: containerSpec({ service: 'web-1', hostname: 'web-1', ...spec }),
})
const derive = (own: Given, servicePorts = false): ContainerSpec => derivedSpec(base, own, { servicePorts })

describe('the spec of a one-off container with the configuration of another', () => {
  it('has its image, mounts and limits, but neither its identity nor its upkeep', () => {
    const spec = derive(given({}))
    expect(spec).toMatchObject({
      service: 'web-1',
      hostname: 'web-1',
      entrypoint: ['/entry'],
      command: ['serve'],
      environment: { A: '1', B: '2' },
      networks: [{ network: 'shop/network/lan', aliases: [], ipv4_address: '', static: false, mac: '' }],
      mounts: base.mounts,
      mem_limit: 64,
      keep_alive: false,
      healthcheck: { disable: true },
      restart: { policy: 'no' },
      depends_on: [],
    })
    expect(spec.on_unhealthy).toBeUndefined()
  })

  it('publishes the ports of the container only if asked', () => {
    const port = { host_ip: '127.0.0.1', published: 80, target: 80, protocol: 'tcp' } as const
    const withPort = containerSpec({ ...base, ports: [port] })
    const ports = (servicePorts: boolean) => derivedSpec(withPort, given({}), { servicePorts }).ports
    expect(ports(false)).toEqual([])
    expect(ports(true)).toEqual([port])
  })

  it('takes the command of the run; an entrypoint of the run also removes the command of the container', () => {
    expect(derive(given({}, { command: ['other'] }))).toMatchObject({ entrypoint: ['/entry'], command: ['other'] })
    const replaced = derive(given({}, { entrypoint: ['sh'] }))
    expect(replaced.entrypoint).toEqual(['sh'])
    expect(replaced.command).toBeUndefined()
  })

  it('adds variables and mounts, and replaces only fields that the run has', () => {
    const mount = { type: 'tmpfs', target: '/data', size: 0, mode: '' } as const
    const own = given({ mem_limit: '1m' }, { mem_limit: 1, pids_limit: 9, environment: { B: 'x' }, mounts: [mount] })
    expect(derive(own)).toMatchObject({
      mem_limit: 1,
      pids_limit: base.pids_limit,
      environment: { A: '1', B: 'x' },
      mounts: [mount],
    })
  })

  it('keeps a host name that is declared', () => {
    expect(derivedSpec({ ...base, hostname: 'db.internal' }, given({}), { servicePorts: false }).hostname).toBe(
      'db.internal',
    )
  })
})
