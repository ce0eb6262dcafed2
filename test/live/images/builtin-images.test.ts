import { afterAll, beforeAll, expect, it } from 'vitest'
import { hostState, Instance } from '../support.ts'
import { buildImage, Registry } from './registry.ts'

const registry = new Registry()
let instance: Instance
let host = ''
const builtins = { alpine_3_20: 'alpine:3.20', ubuntu_24_04: 'ubuntu:24.04', ubuntu_25_04: 'ubuntu:25.04' }

beforeAll(async () => {
  host = hostState()
  await registry.start()
  instance = new Instance(registry.environment)
}, 60_000)
afterAll(() => {
  instance.end()
  registry.stop()
  expect(hostState()).toBe(host)
})

it('the built-in names mean the images of Docker’s library that they say', () => {
  for (const image of Object.values(builtins)) {
    const [name = '', version] = image.split(':')
    buildImage(registry, `library/${name}`, { Env: [`IMAGE=${image}`], Cmd: ['sleep', '1000'] }, version)
  }
  const entries = Object.keys(builtins).map(
    (name) => `  ${name}: { image: ${name}, network_mode: none, stop_grace_period: 0s }\n`,
  )
  const listed = '  listed: { image: mine, network_mode: none, stop_grace_period: 0s }\n'
  instance.stack(`images: { mine: { builtin: alpine_3_20 } }\ncontainers:\n${entries.join('')}${listed}`)
  instance.apply()
  for (const [name, image] of Object.entries({ ...builtins, listed: 'alpine:3.20' }))
    expect(instance.exec(name, 'env')).toContain(`IMAGE=${image}\n`)
  expect(instance.steps()).toEqual([])
})
