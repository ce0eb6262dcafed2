import type { Member, NetworkSpec, PublishedPort } from '../../../src/model/kinds/network.ts'
import type { ResourceAddress } from '../../../src/model/resource-address.ts'
import type { Interface } from '../../../src/providers/linux/network/driver.ts'

export const lan: ResourceAddress = 's/network/lan'

export const web = (port: Partial<PublishedPort> = {}, more: Partial<Member> = {}): Member => ({
  container: 's/container/web',
  ip: '10.66.0.2',
  mac: '02:00:00:00:00:02',
  names: ['web'],
  ports: [{ host_ip: '127.0.0.1', published: 8081, target: 80, protocol: 'tcp', ...port }],
  ...more,
})

export const network = (more: Partial<NetworkSpec> = {}): NetworkSpec => ({
  driver: 'bridge',
  bridge: 'hptest0',
  subnet: '10.66.0.0/24',
  gateway: '10.66.0.1',
  internal: false,
  mtu: 1500,
  dns: { servers: ['9.9.9.9'], search: ['example.org'] },
  exclude: [],
  labels: { a: 'b' },
  members: [web()],
  hosts: { abc: '10.66.0.2\tweb\n' },
  ...more,
})

/** The interface of the container `web` in this network. */
export const networkInterface = (more: Partial<Interface> = {}): Interface => ({
  name: 'eth0',
  network: lan,
  driver: 'bridge',
  bridge: 'hptest0',
  ip: '10.66.0.2',
  prefix: 24,
  mac: '02:00:00:00:00:02',
  mtu: 1500,
  ...more,
})
