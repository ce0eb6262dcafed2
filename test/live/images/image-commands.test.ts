import { describe, expect, it } from 'vitest'
import { clearedInstance } from '../hooks.ts'

const instance = clearedInstance()
const removed = /^sha256:[0-9a-f]{64} removed\n$/

it('image catalog lists names that a stack can use, as text and as JSON', () => {
  const lines = instance.ok('image', 'catalog').trim().split('\n')
  expect(lines).toHaveLength(21)
  expect(lines).toContain('alpine:3.20')
  expect(JSON.parse(instance.ok('image', 'catalog', '--json'))).toEqual({ images: lines })
})

describe('image prune', () => {
  it('removes what nothing needs, and with --all what a rollback would need', () => {
    expect(instance.ok('image', 'prune')).toBe('There are no unused images.\n')
    instance.stack(
      'containers:\n  web: { image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s }\n',
    )
    instance.apply()
    expect(instance.ok('image', 'prune', '--all')).toBe('There are no unused images.\n')
    instance.ok('destroy', 'test', '--yes')
    // A rollback to the first generation needs the image.
    expect(instance.ok('image', 'prune')).toBe('There are no unused images.\n')
    expect(instance.ok('image', 'prune', '--all')).toMatch(removed)
  })
})
