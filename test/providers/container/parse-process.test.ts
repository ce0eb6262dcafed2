import { expect, it } from 'vitest'
import { bootTimeOf, parseProcess } from '../../../src/providers/linux/container/operations/parse-process.ts'

const facts = {
  bootTime: Date.parse('2026-11-28T00:00:00Z'),
  passwd: 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
}
const stat = (name: string): string =>
  `4711 (${name}) S 4700 4711 4711 0 -1 4194560 212 0 0 0 150 50 0 0 20 0 1 0 6000 4456448 300 18446744073709551615`
const status = 'Name:\tx\nNSpid:\t4711\t7\nUid:\t65534\t65534\t65534\t65534\nVmRSS:\t    1520 kB\n'

it('a process has its pid inside, its user by name, and its command', () =>
  expect(parseProcess(4711, { stat: stat('sh'), status, command: 'sh\0-c\0sleep 5\0' }, facts)).toEqual({
    pid: 7,
    hostPid: 4711,
    parent: 4700,
    user: 'nobody',
    uid: 65_534,
    state: 'S',
    cpuMs: 2000,
    memory: 1520 * 1024,
    startedAt: '2026-11-28T00:01:00.000Z',
    command: 'sh -c sleep 5',
  }))

it('a name with brackets and blanks does not shift the fields; without arguments it is the command', () => {
  const { state, parent, command } = parseProcess(4711, { stat: stat('a) R 1 (b'), status, command: '' }, facts)
  expect({ state, parent, command }).toEqual({ state: 'S', parent: 4700, command: '[a) R 1 (b]' })
})

it('a user without a name is a number', () => {
  const { user } = parseProcess(1, { stat: stat('x'), status: status.replaceAll('65534', '12'), command: '' }, facts)
  expect(user).toBe('12')
})

it('bootTimeOf reads btime', () =>
  expect(bootTimeOf('cpu 1 2\nbtime 1764288000\nprocesses 3\n')).toBe(1_764_288_000_000))
