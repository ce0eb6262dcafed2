import { expect, it } from 'vitest'
import { unpublishedPorts } from '../../../src/report/containers/port-text.ts'

it('exposed ports that are published, or that are not ports, are left out', () => {
  const published = [{ host_ip: '127.0.0.1', published: 8080, target: 80, protocol: 'tcp' }] as const
  expect(unpublishedPorts(['53/udp', '80/tcp', '80/udp', 'x/tcp', '90-99/tcp', '80'], published)).toEqual([
    { port: 53, protocol: 'udp' },
    { port: 80, protocol: 'udp' },
  ])
})
