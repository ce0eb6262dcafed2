import { describe, expect, it } from 'vitest'
import { isAtOrAfter, marksBetween } from '../../../src/report/containers/run-marks.ts'

const at = (second: string): string => `2026-11-28T10:00:${second}Z`
/** A time as conmon writes it. */
const line = (second: string): string => `2026-11-28T10:00:${second}+00:00`

const exit = { run: 1, startedAt: at('00.000'), endedAt: at('05.250'), exitCode: 137, outOfMemory: true }
const second = { run: 2, startedAt: at('07.250'), endedAt: at('09.000'), exitCode: 1, outOfMemory: false }
const runs = [
  { run: 1, startedAt: exit.startedAt, exit },
  { run: 2, startedAt: second.startedAt, exit: second },
  { run: 3, startedAt: at('20.000') },
]
const first = '--- exited with code 137 (out of memory) at 2026-11-28T10:00:05Z, started again 2.0s later ---'
const later = '--- exited with code 1 at 2026-11-28T10:00:09Z, started again 11.0s later ---'

describe('marks between the lines of a log', () => {
  it('are where another run has started, also in the millisecond of its start', () => {
    expect(marksBetween(runs, line('05.249999999'), line('07.250000001'))).toEqual([first])
    expect(marksBetween(runs, line('07.250000001'), line('08.000000000'))).toEqual([])
    expect(marksBetween(runs, line('08.000000000'), line('20.000000000'))).toEqual([later])
  })

  it('name each run that wrote nothing', () => {
    expect(marksBetween(runs, line('01.000000000'), line('21.000000000'))).toEqual([first, later])
  })

  it('are not before the first line, nor before the first recorded run', () => {
    expect(marksBetween(runs, undefined, line('21.000000000'))).toEqual([])
    expect(marksBetween(runs.slice(1), line('01.000000000'), line('08.000000000'))).toEqual([])
  })
})

it('a line belongs to the run that started before it', () => {
  expect(isAtOrAfter(line('07.250000000'), at('07.250'))).toBe(true)
  expect(isAtOrAfter(line('07.249999999'), at('07.250'))).toBe(false)
})
