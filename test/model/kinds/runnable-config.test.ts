import { describe, expect, it } from 'vitest'
import type { ContainerSpec } from '../../../src/model/kinds/container.ts'
import type { ImageConfig } from '../../../src/model/kinds/image.ts'
import { runnableConfig } from '../../../src/model/kinds/runnable-config.ts'
import { containerSpec } from '../../specs.ts'

type Stated = Partial<ContainerSpec>
const withImage = (spec: Stated): ContainerSpec => containerSpec({ image: 'test/image/shop:1', ...spec })
const errorOf = (spec: Stated, config: ImageConfig): string => {
  try {
    runnableConfig(withImage(spec), config)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

describe('a container without a program', () => {
  const both = { Entrypoint: ['/entry', 'e'], Cmd: ['cmd', 'c'] }
  it.each<readonly [Stated, ImageConfig, string]>([
    [{}, {}, 'nothing to run'],
    [{ entrypoint: [] }, { Entrypoint: ['/entry'] }, 'nothing to run'],
    [{ entrypoint: [], command: [] }, both, 'nothing to run'],
    [{ command: [''] }, {}, 'an empty string'],
    [{}, { Cmd: [''] }, 'an empty string'],
  ])('%j over %j is refused', (spec, image, message) => expect(errorOf(spec, image)).toContain(message))

  it('is none if an empty entrypoint leaves the command of the image', () =>
    expect(runnableConfig(withImage({ entrypoint: [] }), both).args).toEqual(['cmd', 'c']))
})

describe('what an image states is of the types of a stack’s fields', () => {
  const run: ImageConfig = { Cmd: ['sh'] }
  const bad: readonly (readonly [string, ImageConfig, Stated])[] = [
    ['STOPSIGNAL "99" is not a signal', { StopSignal: '99' }, { stop_signal: 'SIGTERM' }],
    ['STOPSIGNAL "-1"', { StopSignal: '-1' }, { stop_signal: '15' }],
    ['STOPSIGNAL "FOO"', { StopSignal: 'FOO' }, { stop_signal: 'SIGTERM' }],
    ['USER "4294967295" is not a user', { User: '4294967295' }, { user: '1' }],
    ['USER "-5"', { User: '-5' }, { user: 'nobody' }],
    ['USER "a:b:c"', { User: 'a:b:c' }, { user: '0' }],
    ['WORKDIR "srv" is not an absolute path', { WorkingDir: 'srv' }, { working_dir: '/' }],
    ['WORKDIR contains a line break', { WorkingDir: '/a\nb' }, { working_dir: '/' }],
    ['ENTRYPOINT contains the character NUL', { Entrypoint: ['a\0'] }, { entrypoint: [] }],
    ['CMD contains the control character U+0001', { Cmd: ['\u0001sensitive:x\u0002'] }, { command: ['sh'] }],
    ['CMD has 131072 bytes', { Cmd: ['x'.repeat(131_072)] }, { command: ['sh'] }],
    ['CMD is not a list of strings', { Cmd: [1] as unknown as string[] }, { command: ['sh'] }],
    [
      'HEALTHCHECK has a Interval',
      { Healthcheck: { Test: ['CMD', 'true'], Interval: -1 } },
      { healthcheck: { disable: true } },
    ],
    ['HEALTHCHECK contains', { Healthcheck: { Test: ['CMD', '\0'] } }, { healthcheck: { disable: true } }],
  ]
  for (const [message, config, instead] of bad)
    it(`${message}: refused with the image’s name, unless the container states its own`, () => {
      expect(errorOf({}, { ...run, ...config })).toContain(`The image shop:1 cannot be used as it is: its ${message}`)
      expect(errorOf(instead, { ...run, ...config })).toBe('')
    })

  it.each<[string, ImageConfig]>([
    ['ENV', { Env: ['A=\0'] }],
    ['ENV', { Env: ['A=\u0001ref:a/container/b#ip\u0002\u0002'] }],
    ['ENV', { Env: ['=x'] }],
    ['ENV', { Env: [`A=${'x'.repeat(131_070)}`] }],
    ['VOLUME', { Volumes: ['/a\nb'] }],
  ])('%s that no container can be given', (word, config) =>
    expect(errorOf({ command: ['sh'] }, config)).toContain(`its ${word} `),
  )

  it('what Docker takes is taken', () => {
    const config = {
      Entrypoint: ['/entry'],
      Env: ['PS1=\u001b[1m$ ', 'LINES=a\nb', 'EMPTY='],
      WorkingDir: '/größe/my app',
      User: 'www-data:0',
      StopSignal: 'sigrtmin+3',
      Healthcheck: { Test: ['NONE'], Interval: -1 },
    }
    expect(runnableConfig(withImage({}), config)).toMatchObject({ user: 'www-data:0', stopSignal: { number: 37 } })
  })
})
