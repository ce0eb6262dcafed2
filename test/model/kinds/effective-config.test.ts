import { describe, expect, it } from 'vitest'
import type { ContainerSpec } from '../../../src/model/kinds/container.ts'
import {
  effectiveArgs,
  effectiveConfig,
  effectiveHealthCheck,
  effectiveStopSignal,
} from '../../../src/model/kinds/effective-config.ts'
import type { ImageConfig } from '../../../src/model/kinds/image.ts'
import { containerSpec } from '../../specs.ts'

describe('entrypoint and command over those of the image', () => {
  const both = { Entrypoint: ['/entry', 'e'], Cmd: ['cmd', 'c'] }
  it.each<[string, Pick<ContainerSpec, 'command' | 'entrypoint'>, readonly string[]]>([
    ['nothing set: those of the image', {}, ['/entry', 'e', 'cmd', 'c']],
    ['an empty entrypoint keeps the command of the image', { entrypoint: [] }, ['cmd', 'c']],
    ['an entrypoint drops it', { entrypoint: ['mine'] }, ['mine']],
    ['an entrypoint with a command', { entrypoint: ['mine'], command: ['x'] }, ['mine', 'x']],
    ['an empty entrypoint with a command', { entrypoint: [], command: ['x'] }, ['x']],
    ['a command alone', { command: ['x'] }, ['/entry', 'e', 'x']],
    ['an empty command', { command: [] }, ['/entry', 'e']],
  ])('%s', (_, spec, args) => expect(effectiveArgs(spec, both)).toEqual(args))
})

it.each<readonly [spec: Partial<ContainerSpec>, image: ImageConfig, env: readonly string[]]>([
  [{}, {}, []],
  [{}, { Env: ['A=1', 'B=2'] }, ['A=1', 'B=2']],
  [{ environment: { A: 'own', C: '' } }, { Env: ['A=1', 'B=2'] }, ['A=own', 'B=2', 'C=']],
  [{ environment: { A: 'x=y' } }, { Env: ['A=a=b'] }, ['A=x=y']],
])('environment of %j over %j', (spec, image, env) =>
  expect(effectiveConfig(containerSpec(spec), image).env).toEqual(env),
)

it.each<readonly [spec: Partial<ContainerSpec>, image: ImageConfig, cwd: string, user: string]>([
  [{}, {}, '/', ''],
  [{}, { WorkingDir: '', User: '' }, '/', ''],
  [{}, { WorkingDir: '/srv', User: 'app' }, '/srv', 'app'],
  [{ working_dir: '/own', user: '1:2' }, { WorkingDir: '/srv', User: 'app' }, '/own', '1:2'],
  [{ user: '' }, { User: 'app' }, '/', 'app'],
])('folder and user of %j over %j', (spec, image, cwd, user) =>
  expect(effectiveConfig(containerSpec(spec), image)).toMatchObject({ cwd, user }),
)

it.each<readonly [stop_signal: string | undefined, image: ImageConfig, number: number]>([
  [undefined, {}, 15],
  [undefined, { StopSignal: 'quit' }, 3],
  [undefined, { StopSignal: 'sigrtmin+3' }, 37],
  ['SIGINT', { StopSignal: 'quit' }, 2],
  ['', {}, 15],
  ['99', {}, 15],
  [undefined, { StopSignal: 'FOO' }, 15],
])('stop signal %j over %j is %d: there always is one', (stop_signal, image, number) =>
  expect(effectiveStopSignal(stop_signal === undefined ? {} : { stop_signal }, image).number).toBe(number),
)

describe('the health check', () => {
  const times = { interval: 30_000, timeout: 5000, retries: 3, start_period: 0, start_interval: 5000 }
  const image = { Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 2e9, Retries: 0, StartPeriod: 5e8 } }
  it('is the one of the container', () =>
    expect(effectiveHealthCheck({ healthcheck: { tcp: 80, ...times } }, image)).toEqual({ tcp: 80, ...times }))
  it('else that of the image, in milliseconds and with the defaults', () =>
    expect(effectiveHealthCheck({}, image)).toEqual({
      test: ['CMD-SHELL', 'true'],
      interval: 2000,
      timeout: 30_000,
      retries: 3,
      start_period: 500,
      start_interval: 5000,
    }))
  it('is none where it is disabled', () => {
    expect(effectiveHealthCheck({ healthcheck: { disable: true } }, image)).toBeUndefined()
    expect(effectiveHealthCheck({}, { Healthcheck: { Test: ['NONE'] } })).toBeUndefined()
    expect(effectiveHealthCheck({}, { Healthcheck: { Test: ['CMD'] } })).toBeUndefined()
    expect(effectiveHealthCheck({}, {})).toBeUndefined()
  })
})

describe('anonymous volumes', () => {
  const spec = containerSpec({
    mounts: [
      { type: 'tmpfs', target: '/scratch', size: 0, mode: '1777' },
      { type: 'anonymous', target: '/own' },
    ],
    files: [
      { kind: 'secret', name: 'word', target: '/run/secrets/word', mode: '0400', uid: '', gid: '', content: 'text:x' },
    ],
  })
  const targetsOf = (...Volumes: readonly string[]): readonly string[] =>
    effectiveConfig(spec, { Volumes }).anonymousVolumes.map(({ target }) => target)

  it.each([
    '/',
    '//',
    '/proc',
    '/./proc/x',
    '//dev',
    '/sys/',
    '/a/../etc',
    'relative',
    '/etc/hosts',
    '/etc/hosts/',
    '/run/secrets/word',
    '/scratch/',
    '/own',
  ])('a VOLUME %s of the image is none', (text) => expect(targetsOf(text)).toEqual(['/own']))

  it('are those of the container and of the image, each with its text', () => {
    expect(targetsOf('/data', '/etc', '/run')).toEqual(['/own', '/data', '/etc', '/run'])
    expect(effectiveConfig(spec, { Volumes: ['/data//'] }).anonymousVolumes.at(-1)).toEqual({
      target: '/data',
      text: '/data//',
    })
  })
})
