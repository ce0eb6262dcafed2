import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { LocalHost } from '../../src/host/local.ts'
import { ownerLabel } from '../../src/model/ownership.ts'
import { resourceAddress } from '../../src/model/resource-address.ts'
import { readContext } from '../../src/providers/contexts.ts'
import { linuxRuntime } from '../../src/providers/linux/runtime.ts'
import { stacksConcerned } from '../../src/reconciler/engine/remove.ts'
import { eraseVolumes, imagesOf, volumesOf } from '../../src/reconciler/engine/storage.ts'
import { containerSpec, ownedContainer } from '../specs.ts'

const base = mkdtempSync(join(tmpdir(), 'heropods-engine-'))
afterAll(() => rmSync(base, { recursive: true }))
const host = new LocalHost()
const paths = { instance: 'default', id: '0a1b2c3d', data: join(base, 'data'), run: join(base, 'run') }
const session = {
  paths,
  writeHost: () => host,
  readContext: () => readContext(host, paths),
  runtime: linuxRuntime({ heropodsCommand: [] }),
}

function write(path: string, content: object): void {
  mkdirSync(dirname(join(paths.data, path)), { recursive: true })
  writeFileSync(join(paths.data, path), JSON.stringify(content))
}

const spec = (protect: boolean) => ({ protect, labels: {} })
const volume = (name: string, fields: { readonly released: boolean; readonly protect?: boolean }) => {
  const address = resourceAddress('shop', 'volume', name)
  const { released, protect = false } = fields
  write(`volumes/shop/.${name}.json`, { owner: address, spec: spec(protect), released })
  write(`volumes/shop/${name}/data`, {})
  return address
}

describe('volumes', () => {
  it('are in use, released, or missing', async () => {
    const [used, free, lost] = [
      volume('used', { released: false }),
      volume('free', { released: true }),
      volume('lost', { released: true }),
    ]
    rmSync(join(paths.data, 'volumes/shop/lost'), { recursive: true })
    const states = new Map((await volumesOf(session)).map((one) => [one.address, one.state]))
    expect([used, free, lost].map((address) => states.get(address))).toEqual(['in use', 'released', 'missing'])
  })

  it('are erased only where none of them is in use', async () => {
    const [used, free] = [volume('used', { released: false }), volume('free', { released: true })]
    const erased: string[] = []
    const erase = (...wanted: (typeof used)[]) => eraseVolumes(session, wanted, (address) => erased.push(address))
    await expect(erase(free, used)).rejects.toMatchObject({ refused: true, diagnostics: [{ code: 'volume-in-use' }] })
    expect(erased).toEqual([])
    await erase(free)
    expect(erased).toEqual([free])
    expect((await volumesOf(session)).map((one) => one.address)).not.toContain(free)
  })

  it('are told one by one: what is erased before a protected one is known', async () => {
    const [free, kept] = [volume('free', { released: true }), volume('kept', { released: true, protect: true })]
    const erased: string[] = []
    await expect(eraseVolumes(session, [free, kept], (address) => erased.push(address))).rejects.toMatchObject({
      diagnostics: [{ code: 'volume-protected' }],
    })
    expect(erased).toEqual([free])
  })
})

it('an image tells who uses it and what it runs', async () => {
  const [used, unused] = ['a'.repeat(64), 'b'.repeat(64)]
  const address = resourceAddress('shop', 'image', 'web')
  for (const digest of [used, unused]) write(`images/${digest}/image.json`, { Entrypoint: ['/bin/web'], Cmd: ['-v'] })
  const source = { type: 'ref', ref: 'docker.io/library/web' }
  const claimed = { source, pull_policy: 'missing', labels: {} }
  write('images/claims/shop/web.json', { owner: address, spec: claimed, digest: `sha256:${used}`, pulledByUs: false })
  const found = [...(await imagesOf(session))].sort((left, right) => left.digest.localeCompare(right.digest))
  expect(found).toEqual([
    {
      digest: `sha256:${used}`,
      source,
      names: ['docker.io/library/web'],
      named: false,
      usedBy: [address],
      command: ['/bin/web', '-v'],
    },
    { digest: `sha256:${unused}`, source: undefined, names: [], named: false, usedBy: [], command: ['/bin/web', '-v'] },
  ])
})

it('removing a container concerns its stack and the stack of its owner', () => {
  const [own, managed] = [resourceAddress('shop', 'container', 'web'), resourceAddress('other', 'container', 'db')]
  const resources = new Map([
    [own, ownedContainer(containerSpec())],
    [managed, ownedContainer(containerSpec({ labels: { [ownerLabel]: 'pulumi/infra/dev' } }))],
  ])
  expect(stacksConcerned({ observations: resources }, [own, managed])).toEqual(['shop', 'other', 'pulumi~infra~dev'])
})
