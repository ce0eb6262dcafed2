import { describe, expect, it } from 'vitest'
import { containerRules } from '../../../src/model/kinds/rules/container.ts'
import { changesOf, imageDigestsOf } from '../../../src/model/kinds/rules/rules.ts'
import { volumeRules } from '../../../src/model/kinds/rules/volume.ts'
import { containerSpec, imageSpec, networkSpec, resource } from '../../specs.ts'

const attachment = { network: 's/network/lan', aliases: [], static: false, mac: '02:00:00:00:00:01' } as const
const web = containerSpec({ image: 's/image/base', networks: [{ ...attachment, ipv4_address: '10.0.0.2' }] })

describe('a container', () => {
  it('needs its image until its successor runs, and restarts with the container whose network it shares', () => {
    const shares = containerSpec({ network_mode: 'container:s/container/web', image: 's/image/base' })
    expect(containerRules.references(shares)).toEqual([
      { to: 's/image/base', followsRestart: false, neededUntilReplaced: true, onceStarted: false },
      { to: 's/container/web', followsRestart: true, neededUntilReplaced: false, onceStarted: false },
    ])
    expect(containerRules.references(web).map((one) => one.followsRestart)).toEqual([false, false])
  })

  it('waits only for the start of a dependency with `service_started`, unless it needs that container in another way, too', () => {
    const started = (condition: 'service_started' | 'service_healthy', network_mode?: 'container:s/container/db') =>
      containerRules
        .references(
          containerSpec({
            image: 's/image/base',
            depends_on: [{ container: 's/container/db', condition }],
            ...(network_mode && { network_mode }),
          }),
        )
        .filter(({ onceStarted }) => onceStarted)
        .map(({ to }) => to)
    expect(started('service_started')).toEqual(['s/container/db'])
    expect(started('service_healthy')).toEqual([])
    expect(started('service_started', 'container:s/container/db')).toEqual([])
  })

  it('alone has its addresses', () => {
    expect(containerRules.exclusive?.(web)).toEqual(['s/network/lan 10.0.0.2'])
    expect(containerRules.leases?.('s/container/web', web)).toEqual([
      { network: 's/network/lan', ip: '10.0.0.2', mac: '02:00:00:00:00:01', container: 's/container/web' },
    ])
  })
})

it('the data of a volume may be erased unless it is protected', () =>
  expect([
    volumeRules.mayErase?.({ protect: true, labels: {} }),
    volumeRules.mayErase?.({ protect: false, labels: {} }),
    volumeRules.mayErase?.(undefined),
  ]).toEqual([false, true, true]))

it('images are needed by the objects that name their digests', () => {
  expect(imageDigestsOf({ kind: 'image', spec: imageSpec({ digest: 'sha256:a' }) })).toEqual(['sha256:a'])
  expect(imageDigestsOf({ kind: 'container', spec: containerSpec({ image_digest: 'sha256:b' }) })).toEqual(['sha256:b'])
  expect(imageDigestsOf({ kind: 'image', spec: imageSpec() })).toEqual([])
  expect(imageDigestsOf({ kind: 'network', spec: networkSpec() })).toEqual([])
  expect(imageDigestsOf({ kind: 'container', spec: undefined })).toEqual([])
})

it('changes of two specs are of the class that their kind gives them', () => {
  const [before, after] = [resource('s/container/web', { a: '1' }), resource('s/container/web', { a: '2' })]
  expect(changesOf(before, after)).toEqual([{ path: '/labels/a', before: '1', after: '2', class: 'live' }])
  const [net, other] = [networkSpec(), networkSpec({ subnet: '10.67.0.0/24' })].map(
    (spec) => ({ kind: 'network', address: 's/network/lan', spec }) as const,
  )
  if (net && other) expect(changesOf(net, other).map((one) => one.class)).toEqual(['replace'])
  expect(changesOf(before, before)).toEqual([])
})
