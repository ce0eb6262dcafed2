import { execFileSync } from 'node:child_process'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { cli, hostState, Instance } from '../../support.ts'

let instance: Instance
let host = ''
beforeAll(() => {
  host = hostState()
  instance = new Instance()
  const loud = (word: string): string =>
    `{ image: busybox, command: [sh, -c, "while :; do echo ${word}; sleep 0.3; done"], network_mode: none, stop_grace_period: 0s }`
  instance.stack(`containers:\n  one: ${loud('first')}\n  two: ${loud('second')}\n  three: ${loud('third')}\n`)
  instance.apply()
})
afterEach(() => tmux('kill-server'))
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(host)
})

/** A tmux server of this test alone. */
const tmux = (...args: string[]): string =>
  execFileSync('tmux', ['-S', `${instance.base}/tmux`, '-f', '/dev/null', ...args], {
    env: { ...instance.environment, TERM: 'xterm-256color', SHELL: '/bin/sh' },
    encoding: 'utf8',
  })
const start = (...args: string[]): string =>
  tmux('new-session', '-d', '-x', '100', '-y', '30', process.execPath, cli, ...args)
const type = (...keys: string[]): string => tmux('send-keys', ...keys)
/** The text on the screen; with its colours. */
const screen = (): string => tmux('capture-pane', '-p')
const coloured = (): string => tmux('capture-pane', '-p', '-e')
const shows = (text: RegExp): Promise<void> => expect.poll(screen, { timeout: 20_000, interval: 200 }).toMatch(text)

it('`exec -it` follows the size of its terminal, and its shell has job control', { timeout: 90_000 }, async () => {
  start('exec', '-it', 'one', 'sh')
  await shows(/^\/ [#$]\s*$/m)
  type('stty size', 'Enter')
  await shows(/^30 100$/m)
  tmux('resize-window', '-x', '77', '-y', '21')
  await expect
    .poll(
      () => {
        type('clear; stty size', 'Enter')
        return screen()
      },
      { timeout: 20_000, interval: 1000 },
    )
    .toMatch(/^21 77$/m)
  type('sleep 500', 'Enter')
  await shows(/sleep 500/)
  type('C-z')
  await shows(/Stopped/)
  type('bg; jobs', 'Enter')
  await shows(/Running +sleep 500/)
  type('clear; fg', 'Enter')
  await shows(/^sleep 500$/m)
  type('C-c')
  type('echo code $?', 'Enter')
  await shows(/^code 130$/m)
  expect(instance.exec('one', 'ps')).not.toContain('sleep 500')
})

it('`logs -f` of three containers has a prefix of its own colour for each', { timeout: 60_000 }, async () => {
  start('logs', '-f', '--tail', '2', 'one', 'two', 'three')
  await shows(/^one {3}\| first$/m)
  await shows(/^two {3}\| second$/m)
  await shows(/^three \| third$/m)
  const colours = ['one  ', 'two  ', 'three'].map(
    (name) => new RegExp(`\\u001b\\[(\\d+)m${name}`).exec(coloured())?.[1],
  )
  expect(new Set(colours).size).toBe(3)
  expect(colours).not.toContain(undefined)
})

it('`stats` redraws one table in place', { timeout: 60_000 }, async () => {
  start('stats', '--interval', '500ms')
  await shows(/NAME +CPU %[\s\S]*one +\d+\.\d\d%/)
  const first = screen()
  await expect.poll(screen, { timeout: 20_000 }).not.toBe(first)
  expect(screen().match(/NAME +CPU %/g)).toHaveLength(1)
  instance.ok('pause', 'two')
  await shows(/^two +0\.00%/m)
  instance.ok('unpause', 'two')
})
