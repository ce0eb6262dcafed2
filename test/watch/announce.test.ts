import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/model/errors.ts'
import type { NewEvent } from '../../src/model/event.ts'
import { defaultNetwork } from '../../src/model/kinds/network.ts'
import { defaultReconcile } from '../../src/model/reconcile-settings.ts'
import type { RejectedRevision } from '../../src/state/watch-store.ts'
import type { Hold } from '../../src/watch/controller/decide.ts'
import { announcements } from '../../src/watch/events/announce.ts'
import { EventRecorder } from '../../src/watch/events/event-recorder.ts'
import { reduce } from '../../src/watch/stacks/reduce.ts'
import type { StackEvent } from '../../src/watch/stacks/stack-event.ts'
import type { StackState } from '../../src/watch/stacks/stack-state.ts'
import { appliedStack, revision, verificationOf } from './builders.ts'

const web = 'shop/container/web'
const error: Diagnostic = { code: 'image-pull-failed', message: 'It cannot be pulled:\noutput', address: web }
const rejected: RejectedRevision = {
  hash: 'new',
  reason: 'CrashLoop',
  message: 'Generation 5 failed.',
  generation: 5,
  restored: false,
}
const hold = (reason: Hold['reason']): Hold => ({ action: 'hold', reason, message: `Held: ${reason}.` })
const place = { file: 'shop.yaml', line: 3, column: 7 }
const failed = (touched: boolean) => ({ type: 'failed', error, touched, now: 0, random: 0, seconds: 1 }) as const
const transition = (before: StackState, event: StackEvent) => ({ before, event, after: reduce(before, event) })

const bad = { id: '07f832b', subject: 'Bad', author: 'Bob', time: '2026-11-27T12:00:00Z' }
const shop = appliedStack('shop', {}, { attempted: 5 })

describe('users see', () => {
  const announced: readonly (readonly [
    what: string,
    event: StackEvent,
    expected: Partial<NewEvent>,
    before?: StackState,
  ])[] = [
    [
      'invalid files with their place',
      {
        type: 'files-missing',
        problems: [{ code: 'yaml', message: 'No YAML.', place }],
        undeclared: false,
        commit: bad,
      },
      { type: 'stack.failed', level: 'error', reason: 'Invalid', message: 'shop.yaml:3:7: No YAML.', commit: bad },
    ],
    [
      'a hold',
      { type: 'decided', hold: hold('OutsideWindow') },
      { type: 'stack.held', level: 'warning', reason: 'OutsideWindow', message: 'Held: OutsideWindow.' },
    ],
    [
      'the end of a held removal',
      { type: 'decided', hold: undefined },
      {
        type: 'stack.ready',
        reason: 'HoldEnded',
        message: 'Its removal no longer waits: the files declare its objects again.',
      },
      appliedStack('shop', { hold: hold('MassDeletion') }),
    ],
    [
      'a suspension that keeps a repair waiting',
      { type: 'decided', hold: hold('Suspended') },
      { type: 'stack.held', level: 'info', message: 'shop is not repaired: the stack is suspended.' },
    ],
    [
      'a suspension that keeps a change waiting, with its commit',
      { type: 'decided', hold: hold('Suspended') },
      { message: 'A change of the files of shop waits: the stack is suspended.', commit: bad },
      appliedStack('shop', { desired: { ...revision('shop', 'new'), origin: { origin: '/r', commit: bad } } }),
    ],
    [
      'a suspension that keeps a removal waiting',
      { type: 'decided', hold: hold('Suspended') },
      { message: 'The removal of shop waits: the stack is suspended.' },
      appliedStack('shop', { undeclared: true }),
    ],
    [
      'new drift',
      { type: 'drift-observed', drift: [{ address: web, text: 'it is gone' }] },
      { type: 'stack.drifted', level: 'warning', message: 'shop/container/web: it is gone.', address: web },
    ],
    [
      'the start of a rollout',
      { type: 'rollout-started', generation: 5, hash: 'new', steps: 3 },
      { type: 'stack.progressing', reason: 'Changing', message: 'Applying 3 changes.', generation: 5 },
    ],
    [
      'a rollout of one change',
      { type: 'rollout-started', generation: 5, hash: 'new', steps: 1 },
      { message: 'Applying 1 change.' },
    ],
    [
      'a rollout over a change by hand',
      {
        type: 'rollout-started',
        generation: 5,
        hash: 'new',
        steps: 1,
        replaces: { generation: 4, by: 'alice (sudo)' },
      },
      { message: 'Applying 1 change; it replaces generation 4 by alice (sudo).' },
    ],
    [
      'a good generation',
      { type: 'verification-passed', verification: verificationOf(), passedAt: '' },
      { type: 'stack.applied', reason: 'Applied', message: 'Generation 5 is applied and healthy.', generation: 5 },
    ],
    [
      'a failure that has changed something, with its generation and the first line',
      failed(true),
      {
        type: 'stack.failed',
        level: 'error',
        reason: 'ImagePullFailed',
        message: 'It cannot be pulled.',
        address: web,
        generation: 5,
      },
    ],
    [
      'a rejection',
      { type: 'rejected', error, rejected, seconds: 1 },
      { type: 'stack.failed', reason: 'ImagePullFailed', message: 'Generation 5 failed.', generation: 5 },
    ],
    [
      'a restore',
      { type: 'restored', seconds: 1 },
      {
        type: 'stack.rolled-back',
        level: 'warning',
        reason: 'CrashLoop',
        message: 'Generation 6 restored generation 4, which stays in place until the files of shop change.',
        generation: 6,
      },
      appliedStack('shop', { restoreGeneration: 6 }, { rejected }),
    ],
    [
      'a healed object',
      { type: 'healed', healed: [web], remaining: [], seconds: 1 },
      { type: 'stack.healed', level: 'info', reason: 'Healed', message: 'Repaired: shop/container/web.', address: web },
    ],
    ['a failed healing', { type: 'heal-failed', error, seconds: 1 }, { type: 'stack.failed', address: web }],
    [
      'a restart',
      { type: 'unhealthy-restarted', address: web, error: undefined, now: 0 },
      {
        type: 'container.restarted',
        level: 'warning',
        reason: 'Unhealthy',
        message: 'web was restarted because it was unhealthy.',
      },
    ],
    [
      'a restart that failed',
      { type: 'unhealthy-restarted', address: web, error: { ...error, message: 'No' }, now: 0 },
      { message: 'web was unhealthy and could not be restarted: No.' },
    ],
    [
      'a removal',
      { type: 'pruned', objects: 2, containers: ['web'], seconds: 1 },
      {
        type: 'stack.pruned',
        reason: 'Removed',
        message: '2 objects removed (web): no file declares the stack any more.',
      },
    ],
    [
      'a removal of a stack without objects',
      { type: 'pruned', objects: 0, containers: [], seconds: 0 },
      {
        type: 'stack.pruned',
        message: 'It is no longer watched, and it had no objects: no file declares the stack any more.',
      },
    ],
    ['a release', { type: 'untracked' }, { type: 'stack.pruned', reason: 'LetGo' }],
    [
      'a recovery',
      { type: 'recovered' },
      { type: 'stack.ready', reason: 'Recovered', message: 'shop is healthy again.' },
      appliedStack('shop', {}, { rejected }),
    ],
  ]
  it.each(announced.map(([what, event, expected, before]) => [what, event, expected, before ?? shop] as const))(
    '%s',
    (_, event, expected, before) =>
      expect(announcements(transition(before, event))).toEqual([
        expect.objectContaining({ ...expected, stack: 'shop' }),
      ]),
  )

  const commit = { id: '292d8de0aa11', subject: 'New heading', author: 'me', time: '2026-11-23T11:00:00Z' }
  const fromGit = appliedStack('shop', { desired: { ...revision('shop', 'new'), origin: { commit } } })
  const commitOf = (event: StackEvent, before = fromGit) => announcements(transition(before, event))[0]?.commit?.id
  it.each<readonly [what: string, expected: string | undefined, event: StackEvent]>([
    ['a failure before the first step', commit.id, { ...failed(false), hash: 'new' }],
    ['a recovery', commit.id, { type: 'recovered' }],
    ['a held change', commit.id, { type: 'decided', hold: hold('OutsideWindow') }],
    ['a failure of another revision', undefined, { ...failed(false), hash: 'old' }],
    ['a failed repair', undefined, { type: 'heal-failed', error, seconds: 1 }],
  ])('the commit of %s: %s', (_, expected, event) => expect(commitOf(event)).toBe(expected))
  it.each<readonly [what: string, before: Partial<StackState>]>([
    ['a removal that is applied', { hold: hold('MassDeletion'), undeclared: true }],
    ['a change that is applied', { hold: hold('MassDeletion'), desired: revision('shop', 'new') }],
    ['a window that opens', { hold: hold('OutsideWindow') }],
  ])('no event of the end of a hold before %s', (_, before) =>
    expect(announcements(transition(appliedStack('shop', before), { type: 'decided', hold: undefined }))).toEqual([]),
  )

  it('no commit of a held removal', () =>
    expect(commitOf({ type: 'decided', hold: hold('MassDeletion') }, { ...fromGit, undeclared: true })).toBeUndefined())

  it.each([
    [{ lastError: { code: 'crash-loop', message: 'It crashes.' } }, 'shop is healthy again.'],
    [{ lastError: { code: 'image-pull-failed', message: 'No.' } }, 'shop is as its files declare again.'],
  ])('the end of %o', (fields, message) =>
    expect(announcements(transition(appliedStack('shop', fields), { type: 'recovered' }))).toMatchObject([{ message }]),
  )

  it.each<readonly [what: string, event: StackEvent, expected: readonly (readonly [string, string])[]]>([
    [
      'drift',
      { type: 'drift-observed', drift: [{ address: 'mail/container/smtp', text: 'hosts differ' }] },
      [['mail', 'mail/container/smtp: hosts differ.']],
    ],
    [
      'drift of the default network, which has no stack of its own,',
      { type: 'drift-observed', drift: [{ address: defaultNetwork, text: 'one rule less' }] },
      [['shop', `${defaultNetwork}: one rule less.`]],
    ],
    [
      'repairs',
      { type: 'healed', healed: [web, 'mail/container/smtp', 'shop/network/lan'], remaining: [], seconds: 1 },
      [
        ['shop', 'Repaired: shop/container/web, shop/network/lan.'],
        ['mail', 'Repaired: mail/container/smtp.'],
      ],
    ],
  ])('%s with the stack of the object', (_, event, expected) =>
    expect(announcements(transition(shop, event)).map(({ stack, message }) => [stack, message])).toEqual(expected),
  )

  const silent: readonly (readonly [what: string, event: StackEvent, before?: StackState])[] = [
    [
      'of a hold that is known',
      { type: 'decided', hold: hold('Suspended') },
      appliedStack('shop', { hold: hold('Suspended') }),
    ],
    ['of the end of a hold', { type: 'decided', hold: undefined }, appliedStack('shop', { hold: hold('Suspended') })],
    [
      'of drift that is known',
      { type: 'drift-observed', drift: [{ address: web, text: 'it is gone' }] },
      appliedStack('shop', { drift: [{ address: web, text: 'it is gone' }] }),
    ],
    ['of a removal from the files', { type: 'files-missing', problems: [], undeclared: true }],
    [
      'of valid files',
      { type: 'files-read', revision: revision('shop', 'new'), settings: defaultReconcile, source: '', onRoot: true },
    ],
    ['of a heal that did nothing', { type: 'healed', healed: [], remaining: [], seconds: undefined }],
    ['of a pull', { type: 'prefetch-started', key: 'k', images: ['web:2'] }],
  ]
  it.each(silent.map(([what, event, before]) => [what, event, before ?? shop] as const))(
    'nothing %s',
    (_, event, before) => expect(announcements(transition(before, event))).toEqual([]),
  )

  it('a failure that has changed nothing without a generation', () =>
    expect(announcements(transition(shop, failed(false)))[0]).not.toHaveProperty('generation'))

  it('several healed objects in one event without an address', () => {
    const [event] = announcements(
      transition(shop, { type: 'healed', healed: [web, 'shop/network/lan'], remaining: [], seconds: 1 }),
    )
    expect(event?.message).toBe('Repaired: shop/container/web, shop/network/lan.')
    expect(event).not.toHaveProperty('address')
  })
})

describe('figures', () => {
  const measured = (event: StackEvent): readonly string[] => {
    const all: string[] = []
    const meter = {
      measure: (stack: string, outcome: string, seconds: number) => void all.push(`${stack} ${outcome} ${seconds}`),
    }
    new EventRecorder({ publish: () => undefined }, meter).record(transition(shop, event))
    return all
  }

  it.each<readonly [event: StackEvent, expected: readonly string[]]>([
    [{ type: 'applied', verification: verificationOf(), seconds: 2 }, ['shop changed 2']],
    [{ type: 'healed', healed: [], remaining: [], seconds: 2 }, ['shop healed 2']],
    [{ type: 'healed', healed: [], remaining: [], seconds: undefined }, []],
    [{ type: 'restored', seconds: 2 }, ['shop restored 2']],
    [{ type: 'pruned', objects: 1, containers: [], seconds: 2 }, ['shop pruned 2']],
    [failed(true), ['shop failed 1']],
    [{ type: 'rejected', error, rejected, seconds: 2 }, ['shop failed 2']],
    [{ type: 'heal-failed', error, seconds: 2 }, ['shop failed 2']],
    [{ type: 'recovered' }, []],
  ])('%o', (event, expected) => expect(measured(event)).toEqual(expected))
})

it('files that are valid again and in place are an event with the commit that corrected them', () => {
  const read = (hash: string): StackEvent => ({
    type: 'files-read',
    revision: { ...revision('shop', hash), origin: { commit: bad } },
    settings: defaultReconcile,
    source: '/stacks',
    onRoot: false,
  })
  const broken = appliedStack('shop', { problems: [error] })
  expect(announcements(transition(broken, read('as applied')))).toEqual([
    {
      type: 'stack.ready',
      level: 'info',
      reason: 'Recovered',
      message: 'The files of shop are valid again, and they are in place.',
      stack: 'shop',
      commit: bad,
    },
  ])
  // Another content is applied, which has its own events. Valid files are no news.
  expect(announcements(transition(broken, read('new')))).toEqual([])
  expect(announcements(transition(shop, read('as applied')))).toEqual([])
})
