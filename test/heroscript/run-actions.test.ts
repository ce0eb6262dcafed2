import { describe, expect, it } from 'vitest'
import { withInstances } from '../../src/heroscript/instances.ts'
import { readHeroScript } from '../../src/heroscript/read-heroscript.ts'
import { runActions, type ScriptInstance, unsupportedActions } from '../../src/heroscript/run-actions.ts'
import { HeroPodsError, refusedError } from '../../src/model/errors.ts'

const actionsOf = (script: string) => withInstances(readHeroScript(script, 'a.hero'), 'first')

/** Instances that write down each call. `failing`: the container whose start fails. */
function recording(failing?: string) {
  const calls: string[] = []
  const open = (instance: string): ScriptInstance => {
    calls.push(`${instance}: open`)
    const record = (...words: readonly unknown[]) => void calls.push(`${instance}: ${words.join(' ')}`)
    return {
      configure: async ({ name, reset }) => record('configure', name, reset),
      create: async ({ name, image }) => record('create', name, image),
      start: async (name, keepAlive) => {
        if (name === failing) throw refusedError({ code: 'not-running', message: 'It does not start.', hint: 'Wait.' })
        record('start', name, keepAlive)
      },
      exec: async (name, command, shows) => {
        record('exec', name, command, shows)
        return { exitCode: 0, stdout: 'out', stderr: '' }
      },
      stop: async (name) => record('stop', name),
      delete: async (name) => record('delete', name),
    }
  }
  return { calls, open }
}

describe('a run', () => {
  it('follows the order of the script and opens each instance once', async () => {
    const { calls, open } = recording()
    const script = `!!heropods.container_stop name:a
!!heropods.container_start name:a keep_alive:yes
!!heropods.configure name:two reset:yes
!!heropods.container_new name:b
!!heropods.container_exec name:b cmd:ls stdout:no
!!heropods.container_delete name:a heropods:first`
    const results = await runActions(actionsOf(script), { open })
    expect(calls).toEqual([
      'first: open',
      'first: stop a',
      'first: start a true',
      'two: open',
      'two: configure two true',
      'two: create b alpine_3_20',
      'two: exec b ls false',
      'first: delete a',
    ])
    expect(results[4]?.command).toEqual({ exitCode: 0, stdout: 'out', stderr: '' })
    expect(results[0]).not.toHaveProperty('command')
  })

  it('ends at the first action that fails, whose line is in the error', async () => {
    const { calls, open } = recording('b')
    const script =
      '!!heropods.container_start name:a\n!!heropods.container_start name:b\n!!heropods.container_stop name:a'
    const error = await runActions(actionsOf(script), { open }).catch((caught: unknown) => caught)
    expect(calls).toEqual(['first: open', 'first: start a false'])
    if (!(error instanceof HeroPodsError)) throw error
    expect(error.refused).toBe(false)
    expect(error.diagnostics).toMatchObject([
      { code: 'not-running', hint: 'Wait.', place: { file: 'a.hero', line: 2, column: 1 } },
    ])
  })

  it('reports each action before and after it', async () => {
    const { open } = recording('b')
    const seen: string[] = []
    const script = '!!heropods.container_start name:a\n!!heropods.container_start name:b'
    await runActions(actionsOf(script), {
      open,
      onStart: ({ place }) => seen.push(`start ${place.line}`),
      onEnd: ({ action }) => seen.push(`end ${action.place.line}`),
    }).catch(() => undefined)
    expect(seen).toEqual(['start 1', 'end 1', 'start 2'])
  })

  it('stops before the next action when it is aborted', async () => {
    const { calls, open } = recording()
    const abort = new AbortController()
    const script = '!!heropods.container_stop name:a\n!!heropods.container_stop name:b'
    const run = runActions(actionsOf(script), { open, signal: abort.signal, onEnd: () => abort.abort() })
    await expect(run).rejects.toMatchObject({ diagnostics: [{ code: 'interrupted', place: { line: 2 } }] })
    expect(calls).toEqual(['first: open', 'first: stop a'])
  })
})

it('names each action that this version cannot run', () => {
  const script = '!!heropods.container_stop name:a\n!!heropods.enable_mycelium'
  expect(unsupportedActions(actionsOf(script))).toMatchObject([{ code: 'not-yet-supported', place: { line: 2 } }])
})
