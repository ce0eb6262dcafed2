import { expect, it } from 'vitest'
import type { RunState } from '../../src/model/kinds/container.ts'
import { isBeforeHold } from '../../src/providers/linux/container/process/await-hold.ts'
import { isBareShell } from '../../src/providers/linux/container/process/bare-shell.ts'
import { containerSpec } from '../specs.ts'

interface Look {
  readonly state: RunState
  readonly exitCode?: number
  readonly held?: boolean
  readonly stopped?: boolean
  readonly keep?: boolean
}

const before = ({ state, exitCode, held = false, stopped = false, keep = true }: Look): boolean =>
  isBeforeHold({
    record: { owner: 's/container/a', spec: containerSpec({ keep_alive: keep }), run: 1, stopped },
    running: { id: 'a-1', run: 1, process: undefined, conmon: undefined, startedAt: '', restarts: 0, held, stamps: [] },
    state,
    ...(exitCode !== undefined && { exitCode }),
  })

it('a container is before its hold from the end of its entrypoint with 0 until the holding process runs', () => {
  expect(before({ state: 'exited', exitCode: 0 })).toBe(true)
  expect(before({ state: 'restarting', exitCode: 0 })).toBe(true)
  expect(before({ state: 'created', held: true })).toBe(true)
  expect(before({ state: 'held', held: true })).toBe(false)
})

it('a service, a failed entrypoint and a holding process that was killed are not before a hold', () => {
  expect(before({ state: 'running' })).toBe(false)
  expect(before({ state: 'exited', exitCode: 3 })).toBe(false)
  expect(before({ state: 'restarting', exitCode: 3 })).toBe(false)
  expect(before({ state: 'exited', exitCode: 137, held: true })).toBe(false)
  expect(before({ state: 'exited', exitCode: 0, held: true })).toBe(false)
  expect(before({ state: 'stopped', exitCode: 0, stopped: true })).toBe(false)
  expect(before({ state: 'completed', exitCode: 0, keep: false })).toBe(false)
})

it('a bare shell is a shell alone, without a terminal and without input', () => {
  const bare = (args: readonly string[], more = {}): boolean => isBareShell(args, containerSpec(more))
  for (const shell of ['sh', '/bin/sh', '/usr/bin/bash', 'ash', 'dash']) expect(bare([shell])).toBe(true)
  expect(bare(['sh', '-c', 'true'])).toBe(false)
  expect(bare(['nginx'])).toBe(false)
  expect(bare(['sh'], { tty: true })).toBe(false)
  expect(bare(['sh'], { stdin_open: true })).toBe(false)
  expect(bare(['/dev/init', '--', 'sh'])).toBe(true)
  expect(bare(['/dev/init', '--', 'sh', '-c', 'true'])).toBe(false)
})
