import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { OomScore } from '../../src/host/local/processes/oom-score.ts'

const file = '/proc/self/oom_score_adj'

it('what a process starts has the ordinary score, and the process keeps its own', () => {
  writeFileSync(file, '123')
  const started = new OomScore().duringStart(() => spawnSync('cat', [file], { encoding: 'utf8' }))
  expect(started.stdout).toBe('0\n')
  expect(readFileSync(file, 'utf8')).toBe('123\n')
})
