import { expect, it } from 'vitest'
import { stackFolder } from './support.ts'

const { container, problems } = stackFolder()

it('an empty text in a field that may be left out means its default, as in Compose', async () => {
  const fields = ['hostname', 'user', 'working_dir', 'stop_signal', 'network_mode', 'restart', 'cpuset', 'pull_policy']
  const empty = await container(
    `variables: { x: {} }\nservices: { a: { image: busybox, ${fields.map((field) => `${field}: "\${x:-}"`).join(', ')} } }`,
  )
  expect(empty).toEqual(await container('services: { a: { image: busybox } }'))
})

it('an empty address of a port is the default one', async () => {
  const { ports } = await container(
    'variables: { bind: {}, port: {} }\ncontainers: { a: { image: busybox, ports: ["${bind:-}:${port:-443}:443", { host_ip: "", published: 80, target: 80 }] } }',
  )
  expect(ports).toEqual([
    { host_ip: '127.0.0.1', published: 80, target: 80, protocol: 'tcp' },
    { host_ip: '127.0.0.1', published: 443, target: 443, protocol: 'tcp' },
  ])
})

it('elsewhere an empty text is refused', async () => {
  for (const field of ['image: ""', 'mem_limit: ""', 'volumes: [""]', 'ports: [""]'])
    expect(
      await problems(`containers: { a: { image: busybox, ${field} } }`.replace('image: busybox, image', 'image')),
    ).toHaveLength(1)
})
