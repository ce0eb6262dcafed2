import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sh } from '../support.ts'
import { Watched } from './watching.ts'

let instance: Watched
beforeEach(() => {
  instance = new Watched()
})
afterEach(async () => {
  await instance.unwatch()
  instance.end()
})

describe('while another run of the instance is at work', () => {
  it('what it has half done is nobody’s drift; drift that comes after it is told and healed', async () => {
    instance.state(
      'dbg',
      'networks: { lan: { subnet: 10.76.0.0/24 } }\ncontainers: { a: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s } }\n',
    )
    instance.stack('networks: { one: , two: }\n', 'shop')
    instance.watch()
    await instance.ready('dbg')
    const from = instance.events.length
    for (let round = 0; round < 4; round += 1) {
      instance.apply('shop.yaml')
      instance.ok('destroy', '--yes', 'shop')
    }
    await instance.rest()
    const drifted = (): readonly string[] =>
      instance.events.slice(from).flatMap(({ type, message }) => (type === 'stack.drifted' ? [message] : []))
    expect(drifted()).toEqual([])
    expect(instance.status('dbg')?.drift).toEqual([])
    sh('iptables', '-t', 'nat', '-F', 'POSTROUTING')
    await instance.event('stack.healed', 'dbg', from)
    expect(drifted().join('\n')).toContain('dbg/network/lan: jump missing: nat POSTROUTING')
  })
})
