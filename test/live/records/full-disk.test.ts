import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hostState, Instance, sh } from '../support.ts'

const stack = (seconds: string): string => `volumes: { data: }
containers:
  a: { image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s, volumes: ["data:/data"] }
  b: { image: busybox, command: [sleep, "${seconds}"], network_mode: none, stop_grace_period: 0s }
`

it('on a full disk everything can be removed, so that there is room again', () => {
  const before = hostState()
  const instance = new Instance()
  const disk = join(instance.base, 'disk')
  mkdirSync(disk)
  sh('mount', '-t', 'tmpfs', '-o', 'size=16M,mode=0755', 'tmpfs', disk)
  instance.environment.HEROPODS_DIR = join(disk, 'data')
  instance.environment.HEROPODS_RUN_DIR = join(disk, 'run')
  const fill = (name: string): void => {
    const path = join(disk, 'data/default/volumes/test/data', name)
    for (const size of [4096, 1]) {
      try {
        while (true) writeFileSync(`${path}-${size}`, Buffer.alloc(size * 64), { flag: 'a' })
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC')
      }
    }
  }
  try {
    instance.stack(stack('1000'))
    instance.apply()
    fill('first')
    instance.stack(stack('2000'))
    const changed = instance.heropods(['apply', '--yes', 'test.yaml'])
    expect(changed.code).toBe(1)
    expect(changed.stdout + changed.stderr).toMatch(/error\[(redis-disk|no-space)\]/)
    expect(changed.stdout + changed.stderr).not.toContain('error[internal]')
    expect(instance.exec('b', 'echo', 'hello')).toBe('hello\n')
    instance.ok('rm', '--force', 'b')
    fill('second')
    instance.ok('destroy', 'test', '--yes')
    fill('third')
    instance.ok('image', 'rm', '--unused', '--all')
    fill('fourth')
    instance.ok('volume', 'rm', 'test/data')
    instance.apply()
    expect(instance.steps()).toEqual([])
    instance.ok('destroy', '--all', '--yes', '--delete-data')
    instance.ok('instance', 'rm', 'default', '--delete-data')
  } finally {
    sh('umount', disk)
  }
  rmSync(instance.base, { recursive: true })
  expect(hostState()).toBe(before)
})
