import { describe, expect, it } from 'vitest'
import type { StepRecord } from '../../../src/model/generation.ts'
import type { StackStatus } from '../../../src/model/status.ts'
import { type RecordedRun, renderRun } from '../../../src/report/history/run-text.ts'
import { readyCount } from '../../../src/report/status-text.ts'
import { makeStyle } from '../../../src/report/style.ts'

const run = (fields: Partial<RecordedRun>): RecordedRun => ({
  generation: 7,
  time: '2026-11-28T00:00:00.000Z',
  result: 'done',
  stacks: { shop: { desiredHash: null, files: [] } },
  user: 'ann',
  command: 'heropods apply',
  ...fields,
})
const text = (fields: Partial<RecordedRun>): string => renderRun(run(fields), makeStyle(false), '/')

const done: StepRecord = { address: 'shop/image/web', action: 'create', result: 'done', durationMs: 1200 }

describe('a recorded run', () => {
  it('names the person behind sudo, or the program of Pulumi', () => {
    const author = (fields: Partial<RecordedRun>) => text(fields).split('\n')[1]
    expect(author({ via: 'sudo' })).toBe('2026-11-28T00:00:00Z  ann (sudo)  heropods apply')
    expect(author({ command: 'pulumi', origin: 'acme/prod' })).toBe('2026-11-28T00:00:00Z  pulumi acme/prod  pulumi')
  })

  it('shows why it did not become healthy after its steps', () => {
    const failures = [{ code: 'container-exited', message: 'm has exited with code 4: no database:\n  | no database' }]
    const shown = text({ result: 'failed', steps: [done], omittedSteps: 0, failures })
    expect(shown).toContain('It was applied but did not become healthy:\n')
    expect(shown).toContain('m has exited with code 4: no database')
    expect(text({ result: 'done', steps: [done], omittedSteps: 0, failures })).not.toContain('no database')
  })

  it('shows each step with its result, duration and error', () => {
    const steps: StepRecord[] = [
      done,
      {
        address: 'shop/container/db',
        action: 'recreate',
        result: 'failed',
        durationMs: 400,
        error: {
          code: 'container-exited',
          message: 'shop/container/db exited with code 3:\n  | no space',
          hint: 'Fix.',
        },
      },
      {
        address: 'shop/container/web',
        action: 'create',
        result: 'skipped',
        durationMs: 0,
        because: 'shop/container/db:recreate',
      },
      { address: 'shop/container/job', action: 'create', result: 'cancelled', durationMs: 0 },
    ]
    expect(text({ result: 'failed', endedAt: '2026-11-28T00:00:02.500Z', steps }).split('\n')).toEqual([
      'Generation 7 of shop failed after 2.5s.',
      '2026-11-28T00:00:00Z  ann  heropods apply',
      '✓ shop/image/web created 1.2s',
      '✗ shop/container/db restart failed 0.4s',
      'error[container-exited] shop/container/db exited with code 3:',
      '  | no space',
      expect.stringContaining('Fix.'),
      '- shop/container/web skipped: needs shop/container/db, which failed',
      '- shop/container/job not started',
    ])
  })

  it('names the stacks that it changed, as the table of the history does', () => {
    const source = { desiredHash: null, files: [] }
    expect(text({ stacks: { jobs: source, shop: source }, steps: [done] })).toMatch(/^Generation 7 of shop /)
  })

  it('of a killed run shows the step that did not end', () =>
    expect(
      text({
        result: 'interrupted',
        steps: [
          { ...done, durationMs: null },
          { ...done, result: 'unfinished', durationMs: null },
        ],
      }),
    ).toContain('✓ shop/image/web created\n✗ shop/image/web create did not end: the run was killed'))

  it('of an earlier version shows its failures; or that its steps are not recorded', () => {
    const failures = [{ code: 'unhealthy', message: 'db is unhealthy.' }]
    expect(text({ result: 'failed', failures })).toContain('error[unhealthy] db is unhealthy.')
    expect(text({ result: 'interrupted' })).toContain('Its steps are not recorded.')
  })

  it('of many steps counts those that are left out', () =>
    expect(text({ steps: [done], omittedSteps: 900 })).toContain('and 900 more steps that are done'))
})

describe('the number of ready containers', () => {
  const objects = (...states: readonly (readonly [string, StackStatus['objects'][number]['health']])[]) =>
    ({
      objects: states.map(([state, health]) => ({
        address: 's/container/x',
        kind: 'container',
        state,
        health,
        drift: [],
      })),
    }) satisfies Pick<StackStatus, 'objects'>

  it.each([
    ['2/3', objects(['running', 'healthy'], ['running', null], ['exited', null], ['completed', null]), true],
    ['1/2 (1 stopped)', objects(['running', null], ['stopped', null]), true],
    ['0/3 (1 stopped, 2 paused)', objects(['paused', null], ['stopped', null], ['paused', null]), true],
    ['0/2', objects(['running', 'unhealthy'], ['absent', null]), true],
    [
      '1/2',
      {
        objects: objects(['running', null], ['running', null]).objects.map((one, index) =>
          index === 0 ? { ...one, betweenCrashes: true as const } : one,
        ),
      },
      true,
    ],
    ['0/1', objects(['running', 'starting']), true],
    ['1/1', objects(['running', 'starting']), false],
    ['completed', objects(['completed', null]), true],
    ['-', objects(), true],
  ] as const)('%s', (expected, { objects: own }, isWatched) =>
    expect(readyCount({ objects: own }, isWatched)).toBe(expected),
  )
})
