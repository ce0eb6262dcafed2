import { describe, expect, it } from 'vitest'
import type { Change, ChangeClass } from '../../src/model/change.ts'
import { parseIgnore } from '../../src/model/ignore-rule.ts'
import type { Step, StepId } from '../../src/model/plan.ts'
import { withoutIgnored } from '../../src/watch/controller/ignore.ts'
import { containerSpec, planStep as step } from '../specs.ts'

const change = (path: string, cost: ChangeClass = 'live', before: unknown = 1, after: unknown = 2): Change => ({
  path,
  before,
  after,
  class: cost,
})
const come = (path: string, cost: ChangeClass, after: unknown): Change => ({
  path,
  before: undefined,
  after,
  class: cost,
})
const gone = (path: string, before: unknown): Change => ({ path, before, after: undefined, class: 'live' })
const drift = (path: string, cost: ChangeClass = 'live'): Change => ({
  ...change(path, cost, `${path} is off`, undefined),
  drift: `${path} is off`,
})
const left = (steps: readonly Step[], ...rules: string[]) => withoutIgnored(steps, rules.map(parseIgnore))
const ids = (steps: readonly Step[]): readonly string[] => steps.map((one) => one.id)

describe('ignore rules', () => {
  const limits = step('s/container/web.2', 'update', [drift('/host/limits')])

  it.each([
    ['container/web:/host/limits', true],
    ['container/web:/host', true],
    ['container/web:/host/*', true],
    ['container/web:/*', true],
    ['container/web:/*/limits', true],
    ['container/web.2:/host/l*', true],
    ['*/w*:/host/limits', true],
    ['container/web', true],
    ['container/*', true],
    ['container/web.1:/host', false],
    ['container/we', false],
    ['container/web:/host/limit', false],
    ['container/web:/hos', false],
    ['container/web:/*its', false],
    ['network/*', false],
    ['container/w.b', false],
  ])('%s drops drift of limits of web.2: %s', (rule, dropped) => {
    expect(left([limits], rule)).toEqual(dropped ? [] : [limits])
  })

  it('takes images with a port and a tag by name', () => {
    const image = step('s/image/localhost:5000/shop/web:1.2', 'create')
    expect(left([image], 'image/localhost:5000/shop/web:1.2')).toEqual([])
    expect(left([image], 'image/localhost:5000/*')).toEqual([])
    expect(left([image], 'image/localhost:5000/shop/web')).toEqual([image])
  })

  it('drops single changes, and does what is left at what it costs', () => {
    const spec = { mem_limit: 2, image: 's/image/b', expose: ['1', '2', '3'], environment: { A: 'x' } } as const
    const one = step(
      's/container/web',
      'recreate',
      [
        come('/environment/A', 'recreate', 'x'),
        change('/image', 'recreate', 's/image/a', 's/image/b'),
        change('/mem_limit'),
        come('/expose/1', 'live', '2'),
        come('/expose/2', 'live', '3'),
      ],
      { class: 'recreate', spec },
    )
    const [mended] = left([one], 'container/web:/image', 'container/web:/expose', 'container/web:/environment')
    expect(mended).toMatchObject({ id: 's/container/web:update', action: 'update', class: 'live' })
    expect(mended?.reason).toBe('mem_limit changed')
    expect(mended?.spec).toEqual(containerSpec({ mem_limit: 2, image: 's/image/a', expose: ['1'] }))
    expect(one.spec).toMatchObject(spec)
    expect(left([one], 'container/web:/mem_limit')[0]).toMatchObject({ action: 'recreate', spec: { mem_limit: 1 } })
  })

  it('puts items of lists back in their places', () => {
    const changes = [
      change('/expose/0', 'live', 'a', 'x'),
      ...[1, 2, 10].map((index) => gone(`/expose/${index}`, `old${index}`)),
      change('/image', 'live'),
    ]
    const one = step('s/container/web', 'update', changes, { spec: { expose: ['x'] } })
    const before = [...Array(8).keys()].map((index) => gone(`/expose/${index + 3}`, `old${index + 3}`))
    const [mended] = left(
      [{ ...one, changes: [...changes.slice(0, 3), ...before, changes[4] as Change] }],
      '*/*:/expose',
    )
    expect(mended?.spec).toMatchObject({
      expose: ['a', ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((index) => `old${index}`)],
    })
  })

  it('leaves what comes, goes and is replaced whole, unless the object is left alone', () => {
    const create = step('s/container/a', 'create')
    const goes = step('s/container/b', 'delete')
    const replaced = step('s/network/lan', 'delete', [change('/subnet', 'replace')], { class: 'replace' })
    const all = [create, goes, replaced]
    expect(left(all, '*/*:/*')).toEqual(all)
    expect(left(all, '*/*')).toEqual([])
    expect(ids(left(all, 'container/*'))).toEqual(['s/network/lan:delete'])
  })

  it('does what the replacement of another object forces', () => {
    const forced = step('s/container/a', 'delete', [], { class: 'replace' })
    expect(left([forced], 'container/a')).toEqual([forced])
  })

  it('bridges edges over dropped steps, and follows a step that got milder', () => {
    const waits = (...names: string[]) => ({ after: names as StepId[] })
    const steps = [
      step('s/network/lan', 'create'),
      step('s/container/a', 'recreate', [change('/image', 'recreate'), change('/labels')], {
        ...waits('s/network/lan:create'),
        spec: { image: 's/image/b', labels: { a: '2' } },
      }),
      step(
        's/container/b',
        'update',
        [drift('/host/process')],
        waits('s/container/a:recreate', 's/network/lan:create'),
      ),
      step('s/container/c', 'create', [], waits('s/container/b:update')),
    ]
    const result = left(steps, 'container/a:/image', 'container/b:/host')
    expect(ids(result)).toEqual(['s/network/lan:create', 's/container/a:update', 's/container/c:create'])
    expect(result.map((one) => one.after)).toEqual([
      [],
      ['s/network/lan:create'],
      ['s/container/a:update', 's/network/lan:create'],
    ])
  })

  it.each([
    ['', 'KIND/NAME'],
    ['web', 'KIND/NAME'],
    ['container/', 'KIND/NAME'],
    ['service/web', '"service" is not one of network, image, volume, container'],
    ['container/web:', 'its pointer is empty'],
    ['container/web:/', 'its pointer is empty'],
  ])('refuses "%s"', (text, message) => expect(() => parseIgnore(text)).toThrow(message))
})
