import { describe, expect, it } from 'vitest'
import { paneCommands, type TmuxPane, tmuxPaneOf } from '../../src/reconciler/engine/tmux.ts'

const pane = (more: Partial<TmuxPane> = {}): TmuxPane => ({
  session: 'default',
  window: 'web',
  pane: 0,
  title: undefined,
  reset: false,
  argv: ['heropods', 'exec', '$(x)'],
  environment: { A: 'b c' },
  ...more,
})
const program = ['-e', 'A=b c', '--', 'env', '--', 'heropods', 'exec', '$(x)']

describe('panes of tmux', () => {
  it('makes the session with the first pane', () => {
    expect(paneCommands(pane(), undefined)).toEqual([['new-session', '-d', '-s', 'default', '-n', 'web', ...program]])
  })

  it('makes a window in an existing session, and panes up to the number', () => {
    const commands = paneCommands(pane({ pane: 2, title: 'log' }), new Map([['other', 1]]))
    expect(commands).toEqual([
      ['new-window', '-d', '-t', '=default:', '-n', 'web'],
      ['split-window', '-d', '-t', '=default:=web'],
      ['split-window', '-d', '-t', '=default:=web', ...program],
      ['select-pane', '-t', '=default:=web.2', '-T', 'log'],
    ])
  })

  it('splits a window that has too few panes', () => {
    expect(paneCommands(pane({ pane: 1 }), new Map([['web', 1]]))).toEqual([
      ['split-window', '-d', '-t', '=default:=web', ...program],
    ])
  })

  it('replaces the command of a pane only with reset', () => {
    const windows = new Map([['web', 1]])
    expect(paneCommands(pane(), windows)).toEqual([])
    expect(paneCommands(pane({ reset: true }), windows)).toEqual([
      ['respawn-pane', '-k', '-t', '=default:=web.0', ...program],
    ])
  })
})

it('the URL of Redis, which may hold a password, is in no argument', () => {
  const environment = { HEROPODS_DIR: '/data', HEROPODS_REDIS_URL: 'redis://:geheim@127.0.0.1' }
  const own = tmuxPaneOf(environment, 's/container/web', {
    session: 'default',
    window: undefined,
    pane: 0,
    title: undefined,
    reset: false,
    heropodsCommand: ['heropods'],
    argv: ['sh'],
    env: ['A=b'],
  })
  expect(own).toMatchObject({ window: 'web', environment: { HEROPODS_DIR: '/data' } })
  expect(own.argv).toEqual(['heropods', 'exec', '-it', '--instance', 'default', '-e', 'A=b', 's/web', '--', 'sh'])
  expect(JSON.stringify(paneCommands(own, undefined))).not.toContain('geheim')
})
