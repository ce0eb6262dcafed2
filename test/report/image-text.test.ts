import { expect, it } from 'vitest'
import { downloadText, imageInfoText, originText } from '../../src/report/images/image-text.ts'

const image = {
  digest: 'sha256:ab',
  source: { type: 'ref', ref: 'ghcr.io/shop/web:2' },
  names: ['ghcr.io/shop/web:2'],
  named: true,
  usedBy: [],
  command: ['/web'],
  size: 1_572_864,
  created: undefined,
  unpackedAt: '2026-11-28T08:00:00.000Z',
  file: undefined,
  config: { Entrypoint: ['/web', 'a b'], Cmd: [], Env: ['A=1', 'B=2'], User: '', Labels: { empty: '' } },
  root: '/images/ab/rootfs',
} as const

it('an image is shown a fact a line, with the instructions that it has', () => {
  expect(imageInfoText(image)).toBe(
    [
      'NAME        ghcr.io/shop/web:2',
      'SOURCE      registry ghcr.io',
      'DIGEST      sha256:ab',
      'SIZE        1.5 MiB',
      'CREATED     -',
      'UNPACKED    2026-11-28T08:00:00.000Z',
      'USED BY     -',
      'FILES       /images/ab/rootfs',
      'ENTRYPOINT  ["/web","a b"]',
      'ENV         A=1',
      'ENV         B=2',
      'LABEL       empty=',
    ].join('\n'),
  )
})

it.each([
  [{ file: '/srv/web.tgz', source: { type: 'ref', ref: 'localhost/web:latest' } }, 'archive /srv/web.tgz'],
  [{ file: undefined, source: { type: 'archive', path: '/a.tar' } }, 'archive /a.tar'],
  [{ file: undefined, source: { type: 'builtin', name: 'busybox' } }, 'built-in busybox'],
  [{ file: undefined, source: { type: 'ref', ref: 'localhost/web:latest' } }, 'podman on this host'],
  [{ file: undefined, source: undefined }, 'unknown'],
] as const)('%j comes from %s', (from, text) => {
  expect(originText(from)).toBe(text)
})

it('a download shows its bytes, and the share of all if that is known', () => {
  expect(downloadText({ bytes: 1_500_000 })).toBe('1.4 MiB')
  expect(downloadText({ bytes: 1_500_000, total: 6_000_000 })).toBe('1.4 of 5.7 MiB (25%)')
  expect(downloadText({ bytes: 0, total: 0 })).toBe('0.0 MiB')
})
