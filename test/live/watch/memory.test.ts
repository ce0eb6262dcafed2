import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Watched } from './watching.ts'

const body = (count: number, name = 'c'): string =>
  `reconcile: { monitor: 500ms }\ncontainers:\n${Array.from({ length: count }, (_, position) => `  ${name}${position}: { image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s }\n`).join('')}`

let live: Watched

beforeEach(() => {
  live = new Watched()
})
afterEach(async () => {
  await live.unwatch()
  live.end()
})

/** The command that a message about what is held back names, run as its user would. */
function wayOut(stack: string): void {
  const message = live.status(stack)?.conditions.find((one) => one.type === 'Degraded')?.message ?? ''
  const command = /`heropods (.*)`/.exec(message)?.[1]
  expect(command, message).toBeDefined()
  // Quoted for a shell.
  const args = execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' })
    .trim()
    .split('\n')
  live.ok(...args, '--yes')
}

it('a stack that is destroyed by hand does not come back, and nothing is mended before its folder has been read', async () => {
  live.state('aa', body(1))
  live.state('bb', body(6))
  live.state('cc', body(1, 'other'))
  live.watch()
  for (const stack of ['aa', 'bb', 'cc']) await live.ready(stack)
  live.unstate('bb')
  await live.condition('bb', 'Degraded', 'MassDeletion')
  await live.unwatch()
  live.ok('destroy', 'bb', '--yes')
  live.unstate('cc')
  process.kill(live.pids().other0 as number, 'SIGKILL')
  const from = live.events.length
  // Long enough for the signals of the host to come before the files.
  live.watch([live.folder], ['--no-listen', '--settle', '2s'])
  await live.event('stack.pruned', 'cc', from)
  await live.rest()
  expect([...live.containers().keys()]).toEqual(['c0'])
  expect(live.events.slice(from).filter((one) => one.stack === 'bb' || one.type === 'stack.healed')).toEqual([])
})

it('a stack that is suspended stays so when Redis is emptied, beneath a watch and before the next one', async () => {
  const emptyRedis = (): void => {
    execFileSync('redis-cli', ['-s', join(live.run, 'redis.sock'), 'flushall'])
  }
  live.state('aa', body(1))
  live.watch()
  await live.ready('aa')
  live.ok('suspend', 'aa', '--reason', 'disk work')
  await live.condition('aa', 'Suspended')
  emptyRedis()
  process.kill(live.pids().c0 as number, 'SIGKILL')
  await live.rest()
  await live.condition('aa', 'Suspended')
  expect(live.containers().get('c0')?.state).toBe('exited')
  await live.unwatch()
  emptyRedis()
  live.watch()
  await live.condition('aa', 'Suspended')
  expect(live.ok('status', 'aa')).toContain('disk work')
  await live.rest()
  expect(live.containers().get('c0')?.state).toBe('exited')
  live.ok('resume', 'aa')
  await live.ready('aa')
})

it('what is held back of a folder without a stack is removed by the command that its message names', async () => {
  live.state('aa', body(6))
  live.watch()
  await live.ready('aa')
  live.unstate('aa')
  await live.condition('aa', 'Degraded', 'MassDeletion')
  wayOut('aa')
  expect(live.containers().size).toBe(0)
  await expect.poll(() => live.status('aa'), { timeout: 20_000 }).toBeUndefined()
})

it('what is held back of a repository is removed by the command that its message names', async () => {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', live.folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      encoding: 'utf8',
    })
  const commit = (): void => {
    git('add', '-A')
    git('commit', '-q', '-m', 'x')
  }
  git('init', '-q', '-b', 'main')
  live.state('aa', body(1))
  live.state('bb', body(6))
  commit()
  live.watch(['--git', `file://${live.folder}`, '--branch', 'main', '--poll', '1s'])
  await live.ready('bb')
  await live.ready('aa')
  // A first commit that has yet to come is nothing wrong.
  expect(live.events.filter((one) => one.type.startsWith('source.')).map((one) => one.type)).toEqual(['source.changed'])
  rmSync(join(live.folder, 'bb.yaml'))
  commit()
  await live.condition('bb', 'Degraded', 'MassDeletion')
  wayOut('bb')
  expect([...live.containers().keys()]).toEqual(['c0'])
})

it('a watch that is refused prints its error and nothing else', async () => {
  live.state('aa', body(1))
  live.watch()
  await live.ready('aa')
  await live.unwatch()
  const before = live.ok('events', '--json', '--limit', '1000')
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const port = (taken.address() as AddressInfo).port
  for (const args of [
    [live.folder, '--listen', `127.0.0.1:${port}`],
    [live.folder, '--listen', '0.0.0.0:80000'],
    [live.folder, '--poll', 'abc'],
    ['--git', 'http://127.0.0.1/x.git'],
  ]) {
    const { code, stdout, stderr } = live.heropods(['watch', ...args])
    expect([code, stdout], args.join(' ')).toEqual([3, ''])
    expect(stderr.match(/^error\[/gm), stderr).toHaveLength(1)
  }
  taken.close()
  expect(live.ok('events', '--json', '--limit', '1000')).toBe(before)
})
