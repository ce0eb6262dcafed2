import { describe, expect, it } from 'vitest'
import { checkValues } from '../../src/heroscript/check-values.ts'
import { withInstances } from '../../src/heroscript/instances.ts'
import { readHeroScript } from '../../src/heroscript/read-heroscript.ts'
import { HeroPodsError } from '../../src/model/errors.ts'

const read = (script: string) => readHeroScript(script, 'a.hero')

function faultsOf(script: string): readonly string[] {
  try {
    checkValues(read(script))
    return []
  } catch (error) {
    if (!(error instanceof HeroPodsError)) throw error
    expect(error.refused).toBe(true)
    return error.diagnostics.map(({ code, place }) => `${code} ${place?.line}:${place?.column}`)
  }
}

describe('values that belong together', () => {
  it.each([
    ['!!heropods.configure subnet:10.1.0.0/16 gateway_ip:10.1.0.1 dns_servers:1.1.1.1 bridge_name:hp-0', []],
    ['!!heropods.configure gateway_ip:10.10.0.7', []],
    ['!!heropods.container_new name:c image:custom docker_url:alpine:3.20', []],
    ['!!heropods.container_new name:c image:custom custom_image_name:own', []],
    ["!!heropods.container_new name:c docker_url:''", []],
    ['!!heropods.configure subnet:10.1.0.1/16', ['bad-subnet 1:22']],
    ['!!heropods.configure subnet:10.1.0.0', ['bad-subnet 1:22']],
    ['!!heropods.configure subnet:127.0.0.0/24', ['bad-subnet 1:22']],
    ['!!heropods.configure subnet:10.1.0.0/16 gateway_ip:10.2.0.1', ['bad-gateway 1:41']],
    ['!!heropods.configure gateway_ip:10.10.0.255', ['bad-gateway 1:22']],
    ['!!heropods.configure gateway_ip:fd00::1', ['bad-gateway 1:22']],
    ['!!heropods.configure dns_servers:1.1.1.1,example.org', ['bad-address 1:22']],
    ['!!heropods.configure bridge_name:hp-a-very-long-bridge', ['bad-name 1:22']],
    ['!!heropods.configure bridge_name:docker0', ['bad-name 1:22']],
    ['!!heropods.configure bridge_name:../x subnet:x', ['bad-name 1:22', 'bad-subnet 1:39']],
    ['!!heropods.container_new name:c image:custom', ['missing-parameter 1:1']],
    ['!!heropods.container_new name:c image:custom docker_url:http://h/i', ['bad-reference 1:46']],
    ['!!heropods.container_new name:c image:custom custom_image_name:../x', ['bad-name 1:46']],
    ['!!heropods.container_new name:c docker_url:alpine', ['no-effect 1:33']],
    ['!!heropods.container_new name:c image:busybox custom_image_name:x', ['no-effect 1:47']],
  ])('%s', (script, faults) => expect(faultsOf(script)).toEqual(faults))

  it('are checked in all actions', () => {
    expect(
      faultsOf('!!heropods.configure subnet:x\n!!heropods.container_stop name:c\n!!heropods.configure subnet:y'),
    ).toEqual(['bad-subnet 1:22', 'bad-subnet 3:22'])
  })
})

it('the instance of an action is its own, or the last named one, or the initial one', () => {
  const script = `!!heropods.container_stop name:a
!!heropods.configure name:one
!!heropods.container_stop name:b
!!heropods.container_stop name:c heropods:two
!!heropods.container_stop name:d
!!heropods.configure
!!heropods.container_stop name:e`
  expect(withInstances(read(script), 'first').map(({ instance }) => instance)).toEqual([
    'first',
    'one',
    'one',
    'two',
    'two',
    'first',
    'first',
  ])
})
