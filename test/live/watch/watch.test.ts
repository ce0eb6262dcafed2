import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endReboots, reboot } from '../reboot.ts'
import { sh } from '../support.ts'
import { Watched } from './watching.ts'

let instance: Watched
beforeEach(() => {
  instance = new Watched()
})
afterEach(async () => {
  await instance.unwatch()
  endReboots()
  instance.end()
})

const monitor = 'reconcile: { monitor: 500ms }\n'
const sleeper = (seconds: number, more = ''): string =>
  `{ image: busybox, command: [sleep, "${seconds}"], stop_grace_period: 0s${more} }`
const stack = (seconds: number, reconcile = monitor): string =>
  `${reconcile}containers:\n  one: ${sleeper(seconds)}\n  two: ${sleeper(1000)}\n`
const pid = (name: string): number => instance.containers().get(name)?.pid as number

describe('heropods watch', () => {
  it('makes the host equal to its folder: new, changed and removed stacks', async () => {
    instance.state('a', stack(1000))
    instance.watch()
    await instance.ready('a')
    const two = pid('two')
    instance.state('a', stack(2000))
    instance.state('b', stack(1000).replaceAll('one', 'three').replaceAll('two', 'four'))
    await instance.event('stack.applied', 'b')
    await instance.ready('a')
    expect(pid('two')).toBe(two)
    expect(instance.steps(join(instance.folder))).toEqual([])
    // A copy of the folder without one of the stacks: its plan does not show the removal, but names it.
    const copy = join(instance.base, 'copy')
    cpSync(instance.folder, copy, { recursive: true })
    rmSync(join(copy, 'b.yaml'))
    expect(instance.ok('diff', copy, '--format', 'markdown')).toMatch(/No file declares b \(\d objects\)/)
    instance.unstate('b')
    await instance.event('stack.pruned', 'b')
    expect([...instance.containers().keys()].sort()).toEqual(['one', 'two'])
    expect(pid('two')).toBe(two)
    expect(await instance.unwatch()).toBe(0)
    expect(pid('two')).toBe(two)
  })

  it('keeps the last good state of a broken file, and every other stack going', async () => {
    const file = instance.state('a', stack(1000))
    instance.state('b', stack(1000).replaceAll('one', 'three').replaceAll('two', 'four'))
    instance.watch()
    await instance.ready('a')
    await instance.ready('b')
    const before = instance.pids()
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nbroken: [`)
    await instance.condition('a', 'Degraded', 'Invalid')
    // The place without the line as written: a secret may stand on it.
    expect(instance.status('a')?.lastError?.place).toEqual({ file, line: 9, column: 9 })
    process.kill(pid('one'), 'SIGKILL')
    await instance.event('stack.healed', 'a')
    instance.state('b', stack(3000).replaceAll('one', 'three').replaceAll('two', 'four'))
    await instance.applied('b', instance.status('b')?.applied)
    // A stack whose file has gone is not pruned while another file cannot be read: it may be in there.
    instance.unstate('b')
    await instance.rest()
    expect(instance.pids()).toMatchObject({ two: before.two, four: before.four })
    // A new watch has never seen the file right: it goes by what it remembers.
    await instance.unwatch()
    instance.watch()
    await instance.condition('a', 'Degraded', 'Invalid')
    await instance.rest()
    expect(instance.pids()).toMatchObject({ two: before.two, four: before.four })
    process.kill(pid('one'), 'SIGKILL')
    await instance.event('stack.healed', 'a', instance.events.length - 1)
    instance.state('a', stack(1000))
    await instance.ready('a')
    await instance.event('stack.pruned', 'b')
  })

  it('goes back to the last good generation when a change does not stay up', async () => {
    instance.state('a', stack(1000))
    instance.watch()
    await instance.ready('a')
    const before = instance.pids()
    instance.state('a', stack(1000).replace('[sleep, "1000"]', '[sh, -c, "sleep 0.2; exit 3"]'))
    await instance.event('stack.rolled-back', 'a')
    await instance.condition('a', 'Degraded', 'ContainerExited')
    expect(instance.containers().get('one')?.state).toBe('running')
    expect(pid('two')).toBe(before.two)
    const { attempted, applied } = instance.status('a') ?? {}
    expect([attempted, applied]).toEqual([2, 1])
    expect(instance.ok('history')).toMatch(/^3 .* watch \(undid generation 2\) .* done, rollback to 1$/m)
    expect(instance.ok('why', 'a/one')).toContain('by watch (undid generation 2) (rollback to generation 1)')
    const generations = instance.events.length
    await instance.rest()
    expect(instance.events.slice(generations).map((event) => event.type)).not.toContain('stack.progressing')
    instance.state('a', stack(4000))
    await instance.ready('a')
    expect(instance.status('a')?.lastError).toBeNull()
  })

  it('only tells in mode detect and warn, leaves a suspended stack alone, and resumes', async () => {
    instance.state('a', stack(1000, 'reconcile: { monitor: 500ms, mode: warn }\n'))
    instance.watch()
    await instance.ready('a')
    process.kill(pid('one'), 'SIGKILL')
    const drifted = await instance.event('stack.drifted', 'a')
    expect(drifted.message).toMatch(/a\/container\/one: (it exited with code 137|it was killed)/)
    await instance.condition('a', 'Degraded', 'Drifted')
    await instance.rest()
    expect(instance.containers().get('one')?.state).toBe('exited')
    instance.state('a', stack(1000, 'reconcile: { monitor: 500ms, suspend: true }\n'))
    await instance.condition('a', 'Suspended')
    await instance.rest()
    expect(instance.containers().get('one')?.state).toBe('exited')
    instance.state('a', stack(1000))
    await instance.ready('a')
    instance.ok('suspend', 'a')
    expect(instance.ok('events')).toMatch(/Reconciliation is suspended\..* \(by \w+/)
    await instance.condition('a', 'Suspended')
    process.kill(pid('two'), 'SIGKILL')
    await instance.rest()
    expect(instance.containers().get('two')?.state).toBe('exited')
    instance.ok('resume', 'a')
    await instance.ready('a')
    instance.state('a', stack(5000, 'reconcile: { monitor: 500ms, mode: detect }\n'))
    await instance.condition('a', 'Degraded', 'DetectOnly')
    await instance.rest()
    expect(instance.status('a')?.applied).toBe(1)
  })

  it('leaves what its user stopped, and what someone else applies', async () => {
    instance.state('a', stack(1000))
    instance.watch()
    await instance.ready('a')
    instance.ok('stop', 'one')
    await instance.rest()
    expect(instance.containers().get('one')?.state).toBe('stopped')
    instance.ok('start', 'one')
    await instance.ready('a')
    instance.ok('apply', '--yes', instance.stack(stack(1000).replaceAll('one', 'five').replaceAll('two', 'six'), 'own'))
    await instance.rest()
    expect([...instance.containers().keys()].sort()).toEqual(['five', 'one', 'six', 'two'])
  })

  it('does not undo a rollback of its user', async () => {
    instance.state('a', stack(1000))
    instance.watch()
    await instance.ready('a')
    instance.state('a', stack(2000))
    await instance.applied('a', 1)
    expect(instance.ok('rollback', '--stack', 'a', '--yes')).toContain(
      'until they change or `heropods resume a` is run.',
    )
    await instance.condition('a', 'Degraded', 'RolledBack')
    await instance.rest()
    expect(sh('cat', `/proc/${pid('one')}/cmdline`)).toContain('1000')
    instance.ok('resume', 'a')
    await instance.ready('a')
    expect(sh('cat', `/proc/${pid('one')}/cmdline`)).toContain('2000')
  })

  it('holds back what would take away too much at once, and what is to be confirmed', async () => {
    const many = (count: number): string =>
      `${monitor}containers:\n${Array.from({ length: count }, (_, position) => `  c${position}: ${sleeper(1000)}\n`).join('')}`
    instance.state('a', many(8))
    instance.state('b', stack(1000, 'reconcile: { monitor: 500ms, prune: confirm }\n'))
    instance.watch()
    await instance.ready('a')
    await instance.ready('b')
    instance.state('a', many(1))
    await instance.condition('a', 'Degraded', 'MassDeletion')
    expect(instance.ok('status')).toMatch(
      /Nothing was removed\.\n(.*\n)*\na\n( {2}- a\/container\/c\d\n){7} {2}-> To keep them, .*`heropods apply --allow-mass-delete .*`\.\n$/,
    )
    instance.unstate('b')
    await instance.condition('b', 'Degraded', 'AwaitingConfirmation')
    expect(instance.containers().size).toBe(10)
    instance.ok('destroy', 'b', '--yes')
    await expect.poll(() => instance.status('b'), { timeout: 20_000 }).toBeUndefined()
    instance.ok('apply', '--yes', '--allow-mass-delete', instance.folder)
    await instance.ready('a')
    expect(instance.containers().size).toBe(1)
    // All of it in one go, by a folder that is gone.
    instance.state('a', many(8))
    await expect.poll(() => instance.containers().size, { timeout: 20_000 }).toBe(8)
    await instance.ready('a')
    renameSync(instance.folder, `${instance.folder}.away`)
    await instance.event('source.failed')
    await instance.rest()
    expect(instance.containers().size).toBe(8)
    renameSync(`${instance.folder}.away`, instance.folder)
    await instance.event('source.recovered')
  })

  it('waits for the health of what a container depends on, at a change and after a reboot without its folder', async () => {
    const body = `${monitor}containers:
  db: { image: busybox, command: [sh, -c, "sleep 0.5; touch /ready; sleep 1000"], stop_grace_period: 0s, healthcheck: { test: [CMD, test, -e, /ready], interval: 200ms, retries: 50 } }
  web: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, depends_on: { db: { condition: service_healthy } } }
`
    instance.state('a', body)
    instance.watch()
    await instance.ready('a')
    const order = (): readonly string[] =>
      instance.events.flatMap((event) =>
        ['container.started', 'container.healthy'].includes(event.type) ? [`${event.address} ${event.type}`] : [],
      )
    const wanted = [
      'a/container/db container.started',
      'a/container/db container.healthy',
      'a/container/web container.started',
    ]
    expect(order()).toEqual(wanted)
    expect(instance.status('a')?.applied).toBe(1)
    const before = [...instance.containers().values()].map((one) => [one.ip, one.networks])
    await instance.unwatch()
    reboot(instance)
    renameSync(instance.folder, `${instance.folder}.away`)
    instance.events.length = 0
    instance.watch()
    await expect.poll(() => instance.containers().get('web')?.state, { timeout: 30_000 }).toBe('running')
    await expect.poll(order, { timeout: 10_000 }).toEqual(wanted)
    expect([...instance.containers().values()].map((one) => [one.ip, one.networks])).toEqual(before)
    expect((JSON.parse(instance.ok('history', '--json')) as { generations: unknown[] }).generations).toHaveLength(1)
    renameSync(`${instance.folder}.away`, instance.folder)
    await instance.ready('a')
  })

  it('goes on with another version of itself without touching a container', async () => {
    instance.state('a', stack(1000))
    instance.watch()
    await instance.ready('a')
    const before = instance.pids()
    await instance.unwatch()
    cpSync(join(import.meta.dirname, '../../../dist'), join(instance.base, 'next/dist'), { recursive: true })
    instance.watch([instance.folder], undefined, {}, join(instance.base, 'next/dist/heropods.js'))
    await instance.event('watch.started', undefined, instance.events.length)
    await instance.ready('a')
    await instance.rest()
    expect(instance.pids()).toEqual(before)
    process.kill(pid('one'), 'SIGKILL')
    await instance.event('stack.healed', 'a')
    expect(pid('two')).toBe(before.two)
  })

  it('refuses a second watch on the same instance', async () => {
    instance.state('a', stack(1000))
    instance.watch()
    await instance.ready('a')
    const second = instance.heropods(['watch', instance.folder, '--no-listen'])
    expect(second.code).toBe(3)
    expect(second.stderr).toContain('watch-running')
    expect(instance.heropods(['instance', 'rm', 'default']).stderr).toContain('watch-running')
  })
})
