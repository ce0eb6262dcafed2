import { expect, it } from 'vitest'
import { type PullState, pullTable } from '../../src/report/images/pull-text.ts'
import { downloadLines } from '../../src/report/reporters.ts'

const states = new Map<string, PullState>([
  ['docker.io/library/nginx:alpine', { phase: 'downloading', progress: { bytes: 2 ** 20, total: 2 ** 22 } }],
  ['quay.io/web:1', { phase: 'waiting' }],
])

it('shows a line for each image, aligned and within the columns', () => {
  expect(pullTable(states, 100).split('\n')).toEqual([
    'docker.io/library/nginx:alpine  downloading  1.0 of 4.0 MiB (25%)',
    'quay.io/web:1                   waiting',
  ])
  expect(pullTable(states, 40).split('\n')[0]).toBe('docker.io/library/nginx:alpine  downloa')
  expect(pullTable(new Map(), 40)).toBe('')
})

it('a pipe gets a line about a download every ten seconds, and all other lines', () => {
  let now = 100_000
  const mayShow = downloadLines(() => now)
  const event = (download?: { bytes: number }) =>
    ({
      type: 'step.progress',
      address: 'shop/image/web',
      message: 'pulling web',
      ...(download && { download }),
    }) as const
  const shown = [mayShow(event())]
  for (; now < 131_000; now += 1000) shown.push(mayShow(event({ bytes: now * 100 })))
  expect(shown.filter(Boolean)).toHaveLength(4)
  expect(mayShow(event())).toBe(true)
  // A download that does not advance has one line.
  const waiting = []
  for (; now < 171_000; now += 1000) waiting.push(mayShow(event({ bytes: 0 })))
  expect(waiting.filter(Boolean)).toHaveLength(1)
})
