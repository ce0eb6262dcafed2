import { describe, expect, it } from 'vitest'
import type { ObjectStatus } from '../../../src/model/status.ts'
import { type FailedContainer, failedLines, needsExplanation } from '../../../src/report/containers/failed-output.ts'
import { makeStyle } from '../../../src/report/style.ts'

const web: FailedContainer = {
  address: 'shop/container/web',
  state: 'exited',
  exit: { exitCode: 3, outOfMemory: false },
  log: ['no database'],
}
const lines = (fields: Partial<FailedContainer>): readonly string[] =>
  failedLines([{ ...web, ...fields }], makeStyle(false))
const check = { checkedAt: '2026-11-28T10:00:00Z', durationMs: 5, ok: false, exitCode: 1, output: 'refused\n' }

describe('the output of a container that does not work', () => {
  it('is its exit code with the end of its log', () => {
    expect(lines({})).toEqual(['web has exited with code 3', '  last output:', '    | no database'])
    expect(lines({ exit: { exitCode: 137, outOfMemory: true }, log: [] })).toEqual([
      'web has exited with code 137 (out of memory)',
      '  (no output)',
    ])
    expect(lines({ exit: { exitCode: 137, outOfMemory: false, isUnplanned: true } })[0]).toBe(
      'web has exited with code 137, killed by SIGKILL, not by HeroPods, not out of memory',
    )
    expect(lines({ state: 'restarting' })[0]).toBe('web exited with code 3 and waits for its restart')
    expect(lines({ state: 'running' })[0]).toBe('web was restarted repeatedly; it exited with code 3')
  })

  it('starts with the failed check: command, exit code and first lines', () => {
    expect(lines({ state: 'running', check, checkCommand: 'wget -q web', log: [] })).toEqual([
      'web is unhealthy',
      '  check: wget -q web (exit code 1)',
      '    | refused',
      '  (no output)',
    ])
    const long = { ...check, output: '1\n2\n3\n4\n5\n6\n7' }
    expect(lines({ check: long }).slice(1, 8)).toEqual([
      '  check:',
      ...['1', '2', '3', '4', '5'].map((line) => `    | ${line}`),
      '    ... and 2 more lines',
    ])
    expect(lines({ check: { ...check, output: 'exit code 1' }, checkCommand: 'false', log: [] })).toEqual([
      'web is unhealthy',
      '  check: false (exit code 1)',
      '  (no output)',
    ])
  })
})

describe('an explanation', () => {
  const object = (fields: Partial<ObjectStatus>): ObjectStatus => ({
    address: 'shop/container/web',
    kind: 'container',
    state: 'running',
    health: null,
    drift: [],
    ...fields,
  })
  it.each([
    [{ state: 'exited' }, true],
    [{ state: 'restarting' }, true],
    [{ health: 'unhealthy' }, true],
    [{ betweenCrashes: true }, true],
    [{ health: 'starting' }, false],
    [{ state: 'completed' }, false],
    [{ state: 'stopped' }, false],
    [{ kind: 'network', state: 'exited' }, false],
  ] as const)('of %j: %s', (fields, expected) => expect(needsExplanation(object(fields))).toBe(expected))
})
