import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { resourceAddress } from '../src/model/resource-address.ts'
import { SensitiveValues } from '../src/model/sensitive.ts'
import { build } from '../src/pulumi/desired.ts'
import { expandStack } from '../src/pulumi/expand.ts'

const address = resourceAddress('program', 'container', 'web')
const built = (inputs: Readonly<Record<string, unknown>>) =>
  build('container', address, inputs, {
    instanceId: 'abcdef',
    sensitive: new SensitiveValues(Buffer.alloc(32)),
    cwd: '/tmp',
  })

it('reports all wrong inputs of a resource at once: the form of one, the rules of another', async () => {
  const { resources, problems } = await built({
    image: 'busybox',
    memLimit: '64q',
    restart: 'allways',
    ports: [':80999'],
    volumes: ['/etc/passwd:relative'],
  })
  expect(resources).toEqual([])
  const messages = problems.map(({ message }) => message).join('\n')
  for (const wrong of ['64q', 'allways', '80999', 'relative']) expect(messages).toContain(wrong)
  expect(messages).not.toContain('mem_limit')
})

it('builds the container and its own image from valid inputs', async () => {
  const { resources, problems } = await built({ image: 'busybox', memLimit: '64m' })
  expect(problems).toEqual([])
  expect(resources.map((one) => one.address)).toContain(address)
})

it('keeps the flags of mounts and the file systems of volumes of a stack file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hp-expand-'))
  const file = join(folder, 'heropods.yaml')
  writeFileSync(
    file,
    'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: s }\nvolumes: { v: { driver_opts: { type: tmpfs, o: size=1m } } }\ncontainers: { a: { image: busybox, network_mode: none, volumes: ["v:/a:ro,noexec,nosuid", "v:/b:nocopy", "v:/c", "/srv:/d:nodev"], blkio_config: { weight: 20 } } }\n',
  )
  const { containers, volumes } = await expandStack({ files: [file], variables: {}, secretVariables: [], profiles: [] })
  rmSync(folder, { recursive: true })
  expect(volumes).toEqual([{ key: 'v', args: { driverOpts: { type: 'tmpfs', o: 'size=1m' } } }])
  expect(containers[0]?.mounts).toEqual([
    { volume: 'v', mount: { type: 'volume', target: '/a', readOnly: true, volume: { options: ['noexec', 'nosuid'] } } },
    { volume: 'v', mount: { type: 'volume', target: '/b', readOnly: false, volume: { nocopy: true } } },
    { volume: 'v', mount: { type: 'volume', target: '/c', readOnly: false } },
    { mount: '/srv:/d:nodev' },
  ])
  expect(containers[0]?.args).toMatchObject({ blkioConfig: { weight: 20 } })
})
