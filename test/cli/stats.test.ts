import { expect, it } from 'vitest'
import { isStreamed } from '../../src/cli/commands/containers/stats.ts'

it.each([
  ['a terminal', {}, true, true],
  ['a pipe', {}, false, false],
  ['a pipe with --json', { json: true }, false, true],
  ['a pipe with --stream', { stream: true }, false, true],
  ['a terminal with --no-stream', { stream: false }, true, false],
  ['--json with --no-stream', { json: true, stream: false }, false, false],
])('stats in %s', (_, options, isTerminal, streamed) => expect(isStreamed(options, { isTerminal })).toBe(streamed))
