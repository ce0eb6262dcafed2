import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import type { HeroPodsError } from '../../../src/api/index.ts'
import { Instance } from '../support.ts'
import { HeroPods } from './library.ts'

const instance = new Instance()
const places = { dir: join(instance.base, 'data'), runDir: join(instance.base, 'run') }
afterAll(() => instance.end())

const box = '!!heropods.container_new name:box image:busybox\n!!heropods.container_start name:box keep_alive:yes\n'

describe('HeroPods.play', () => {
  it('returns the result of each action', async () => {
    const seen: string[] = []
    const results = await HeroPods.play(`${box}!!heropods.container_exec name:box cmd:'echo out; echo err >&2'`, {
      ...places,
      file: 'demo',
      onStart: ({ action, container }) => seen.push(`${action} ${container}`),
      onEnd: ({ place }) => seen.push(`line ${place.line}`),
    })
    expect(seen).toEqual([
      'container_new box',
      'line 1',
      'container_start box',
      'line 2',
      'container_exec box',
      'line 3',
    ])
    expect(results).toMatchObject([
      { action: 'container_new', instance: 'default', container: 'box', place: { file: 'demo', line: 1 } },
      { action: 'container_start' },
      { action: 'container_exec', exitCode: 0, stdout: 'out\n', stderr: 'err\n' },
    ])
    expect(await (await new HeroPods(places).get('box')).status()).toBe('running')
  })

  it('writes output to a stream as it comes', async () => {
    const stdout = new PassThrough()
    const script = "!!heropods.container_exec name:box cmd:'echo a'\n!!heropods.container_exec name:box cmd:'echo b'"
    const results = await HeroPods.play(script, { ...places, stdout })
    stdout.end()
    expect(await text(stdout)).toBe('a\nb\n')
    expect(results[0]).toMatchObject({ exitCode: 0, stdout: '' })
  })

  it('raises typed errors: of the script before anything runs, of an action with its place', async () => {
    const errorOf = (script: string) =>
      HeroPods.play(script, places).then(
        () => undefined,
        (error: HeroPodsError) => error,
      )
    const wrong = await errorOf('!!heropods.container_delete name:box\n!!heropods.container_stop nme:box')
    expect(wrong).toMatchObject({
      refused: true,
      diagnostics: [{ code: 'missing-parameter' }, { code: 'unknown-parameter' }],
    })
    expect(await (await new HeroPods(places).get('box')).status()).toBe('running')
    const failed = await errorOf("\n!!heropods.container_exec name:box cmd:'exit 4'")
    expect(failed).toMatchObject({
      refused: false,
      diagnostics: [{ code: 'exec-failed', place: { file: 'script', line: 2 } }],
    })
    const mycelium = await errorOf('!!heropods.enable_mycelium')
    expect(mycelium).toMatchObject({ refused: true, diagnostics: [{ code: 'not-yet-supported' }] })
  })

  it('ends a command when it is aborted', async () => {
    const abort = new AbortController()
    const stdout = new PassThrough()
    stdout.once('data', () => abort.abort())
    const script = "!!heropods.container_exec name:box cmd:'echo up; sleep 100'\n!!heropods.container_delete name:box"
    await expect(HeroPods.play(script, { ...places, stdout, signal: abort.signal })).rejects.toMatchObject({
      diagnostics: [{ code: 'interrupted', place: { line: 1 } }],
    })
    expect(await (await new HeroPods(places).get('box')).status()).toBe('running')
  })
})
