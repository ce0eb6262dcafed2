import { constants } from 'node:os'
import { expect, it } from 'vitest'
import { parseSignal, signalNames } from '../../src/model/values/signal.ts'

it('a signal is a name in any letter case, with or without SIG, or a number', () => {
  const stated = ['SIGTERM', 'term', 'SigQuit', 'sigint', 'RTMIN', 'SIGRTMIN+3', 'sigrtmax-1', 'RTMAX', '15', 64, '09']
  expect(stated.map((one) => parseSignal(one)?.number)).toEqual([15, 15, 3, 2, 34, 37, 63, 64, 15, 64, 9])
  expect(parseSignal('sigrtmin+3')?.name).toBe('SIGRTMIN+3')
  expect(parseSignal('015')?.name).toBe('15')
})

it('anything else is not a signal', () => {
  const stated = ['', '0', '-1', '65', '99', '1e1', 'FOO', 'SIG', 'SIGSIGTERM', 'SIGRTMIN+31', 'SIGRTMIN-1', 'RTMAX+1']
  const more = ['RTMAX-31', 'TERM+1', 'TERM ', 'TERM\n', 'toString', 'constructor', '__proto__', 1.5, -9]
  expect([...stated, ...more].filter((one) => parseSignal(one) !== undefined)).toEqual([])
})

it('the numbers are those of this kernel', () => {
  for (const name of signalNames) {
    const expected = (constants.signals as Readonly<Record<string, number>>)[name]
    if (expected !== undefined) expect([name, parseSignal(name)?.number]).toEqual([name, expected])
  }
})
