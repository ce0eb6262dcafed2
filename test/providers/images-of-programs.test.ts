import { expect, it } from 'vitest'
import { resourceAddress } from '../../src/model/resource-address.ts'
import { imagesOfPrograms } from '../../src/providers/linux/image/named/names.ts'

it('only the named images of programs have a reference', () => {
  const claim = (digest: string) => ({
    owner: '',
    spec: { source: { type: 'builtin', name: 'busybox' } as const, pull_policy: 'missing' as const, labels: {} },
    digest,
    pulledByUs: false,
  })
  const claims = new Map([
    [resourceAddress('heropods-library', 'image', 'mine'), claim('sha256:1')],
    [resourceAddress('heropods-library', 'image', 'docker.io/library/alpine:3.20+web'), claim('sha256:2')],
    [resourceAddress('heropods-library', 'image', 'busybox+web'), claim('sha256:3')],
    [resourceAddress('shop', 'image', 'other'), claim('sha256:4')],
  ])
  expect([...imagesOfPrograms(claims)]).toEqual([['localhost/mine:latest', 'sha256:1']])
})
