import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { HeroPodsError } from '../../../src/api/index.ts'
import { hostState, Instance } from '../support.ts'
import { HeroPods, stack } from './library.ts'

const before = hostState()
const instance = new Instance()
const places = { dir: join(instance.base, 'data'), runDir: join(instance.base, 'run') }
const sleeping = { command: ['sleep', '1000'], stop_grace_period: '0s' }

const refusal = async (work: Promise<unknown>): Promise<readonly string[]> =>
  work.then(
    () => [],
    (error: HeroPodsError) => error.diagnostics.map((one) => one.code),
  )
const names = async (): Promise<readonly string[]> => (await HeroPods.list(places)).map(({ name }) => name)
const settingsOf = (name: string): unknown => JSON.parse(readFileSync(join(places.dir, name, 'settings.json'), 'utf8'))

afterAll(async () => {
  for (const name of await names()) if (name !== 'default') await HeroPods.delete(name, { ...places, destroy: true })
  instance.end()
  expect(hostState()).toEqual(before)
})

it('records, finds, lists and changes instances without any other effect', async () => {
  const lab = { name: 'lab', bridgeName: 'hplab', subnet: '10.54.0.0/24', dnsServers: ['9.9.9.9'] }
  expect(await HeroPods.exists('lab', places)).toBe(false)
  expect((await HeroPods.new({ ...places, ...lab })).name).toBe('lab')
  expect(await HeroPods.exists('lab', places)).toBe(true)
  expect((await HeroPods.new({ ...places, ...lab })).baseDir).toBe(join(places.dir, 'lab'))
  expect(await refusal(HeroPods.new({ ...places, ...lab, subnet: '10.55.0.0/24' }))).toEqual(['already-exists'])
  expect(await refusal(HeroPods.new({ ...places, name: 'bad', gatewayIp: '1.2.3.4' }))).toEqual(['bad-gateway'])
  expect(await refusal(HeroPods.get('absent', places))).toEqual(['unknown-instance'])
  await HeroPods.set({ ...places, name: 'offline', usePodman: false })
  expect(settingsOf('offline')).toEqual({ use_podman: false })
  expect(await names()).toEqual(['lab', 'offline'])
  expect(hostState()).toEqual(before)
})

it('uses the settings for the containers of a program', async () => {
  const lab = await HeroPods.get('lab', places)
  const one = await lab.containerNew({ name: 'one', image: 'busybox', fields: sleeping })
  await one.start()
  expect(await one.state()).toMatchObject({ addresses: { heropods0: '10.54.0.2' } })
  expect((await one.exec('cat /etc/resolv.conf')).stdout).toContain('nameserver 9.9.9.9')
  expect(await refusal(HeroPods.set({ ...places, name: 'lab', bridgeName: 'hpother' }))).toEqual(['network-exists'])
  const offline = await HeroPods.get('offline', places)
  expect(await refusal(offline.imageNew({ name: 'a', dockerUrl: 'docker.io/library/alpine:3.20' }))).toEqual([
    'podman-off',
  ])
})

it('deletes an instance with objects only if it may destroy them', async () => {
  expect(await refusal(HeroPods.delete('lab', places))).toEqual(['instance-in-use'])
  expect(await (await HeroPods.get('lab', places)).list()).toHaveLength(1)
  await HeroPods.delete('lab', { ...places, destroy: true })
  await HeroPods.delete('offline', places)
  expect(await names()).toEqual([])
  expect(await refusal(HeroPods.delete('lab', places))).toEqual(['unknown-instance'])
  expect(hostState()).toEqual(before)
})

it('resets once, and only this instance', async () => {
  const other = await HeroPods.get('other', { ...places, create: true })
  await (await other.containerNew({ name: 'stays', image: 'busybox', fields: sleeping })).start()
  const lab = { ...places, name: 'lab', subnet: '10.54.0.0/24' }
  const first = await HeroPods.new({ ...lab, dnsServers: ['9.9.9.9'] })
  await (await first.containerNew({ name: 'gone', image: 'busybox', fields: sleeping })).start()
  const again = await HeroPods.new({ ...lab, reset: true })
  expect(await again.list()).toEqual([])
  expect(settingsOf('lab')).toEqual({ network: { subnet: '10.54.0.0/24' } })
  await again.containerNew({ name: 'kept', image: 'busybox', fields: sleeping })
  expect(await (await HeroPods.new(lab)).list()).toHaveLength(1)
  expect(await (await other.get('stays')).status()).toBe('running')
})

it('deletes no instance with a protected volume, and nothing of it', async () => {
  const lab = await HeroPods.get('lab', places)
  const declared = (protect: boolean) => stack({ metadata: { name: 'db' }, volumes: { data: { protect } } })
  await lab.apply(declared(true))
  expect(await refusal(HeroPods.delete('lab', { ...places, destroy: true }))).toEqual(['volume-protected'])
  expect(await lab.list()).toHaveLength(1)
  await lab.apply(declared(false))
})

it('switches the default of this process', async () => {
  expect(new HeroPods(places).name).toBe('default')
  HeroPods.switch('lab')
  expect(new HeroPods(places).name).toBe('lab')
  expect((await HeroPods.get(undefined, places)).name).toBe('lab')
  expect(new HeroPods({ ...places, name: 'other' }).name).toBe('other')
  expect(() => HeroPods.switch('a/b')).toThrow()
  HeroPods.switch('default')
})

it('lists the 21 images of the original', () => {
  const images = HeroPods.listAvailableDockerImages()
  expect(images).toHaveLength(21)
  expect([images[0], images[20]]).toEqual(['alpine:3.20', 'python:3.12-alpine'])
})
