import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOpen, nextOpening, parseWindow } from '../../src/model/values/maintenance-windows.ts'

const at = (text: string): Date => new Date(text)
const open = (text: string, when: string): boolean => isOpen([parseWindow(text)], at(when))
const next = (text: string, when: string): string | undefined =>
  nextOpening([parseWindow(text)], at(when))?.toISOString()

describe('edges of windows', () => {
  // 2026-11-28 is a Saturday.
  it.each([
    ['sat 23:59-24:00 UTC', '2026-11-28T23:59:59.999Z', true],
    ['sat 23:59-24:00 UTC', '2026-11-29T00:00:00Z', false],
    ['sat 23:59-00:01 UTC', '2026-11-29T00:00:59Z', true],
    ['sat 23:59-00:01 UTC', '2026-11-29T00:01:00Z', false],
    ['sun 00:00-00:01 UTC', '2026-11-29T00:00:00Z', true],
    ['sun 00:00-00:01 UTC', '2026-11-28T23:59:59.999Z', false],
    ['sat-sun 12:00-12:01 UTC', '2026-11-29T12:00:30Z', true],
    ['sun-sat UTC', '2026-11-26T17:31:00Z', true],
    // Over the end of the year.
    ['thu 22:00-04:00 UTC', '2027-01-01T03:59:00Z', true],
    // 29 February.
    ['tue UTC', '2028-02-29T12:00:00Z', true],
    ['  mon   01:00-02:00   UTC ', '2026-11-30T01:30:00Z', true],
    ['sat 1:00-2:00 UTC', '2026-11-28T01:30:00Z', true],
    // Zones whose day is another one, and one that is 45 minutes off.
    ['sun 10:00-11:00 Pacific/Auckland', '2026-11-28T21:30:00Z', true],
    ['fri 20:00-21:00 Pacific/Honolulu', '2026-11-28T06:30:00Z', true],
    ['sat 05:45-06:00 Asia/Kathmandu', '2026-11-28T00:00:00Z', true],
    ['sat 05:45-06:00 Asia/Kathmandu', '2026-11-28T00:15:00Z', false],
  ])('%s at %s: %s', (text, when, expected) => expect(open(text, when)).toBe(expected))

  it.each([
    ['the minute after now', 'sat 12:01-12:02 UTC', '2026-11-28T12:00:59.999Z', '2026-11-28T12:01:00.000Z'],
    ['now itself, where it has just opened', 'sat 12:00-12:01 UTC', '2026-11-28T12:00:00Z', '2026-11-28T12:00:00.000Z'],
    ['a week later, where it has just shut', 'sat 12:00-12:01 UTC', '2026-11-28T12:01:00Z', '2026-12-05T12:00:00.000Z'],
    [
      'in a zone that is 45 minutes off',
      'sun 00:00-00:10 Asia/Kathmandu',
      '2026-11-28T12:00:00Z',
      '2026-11-28T18:15:00.000Z',
    ],
    // Half an hour is left out on 4 October 2026 at 02:00.
    [
      'behind half an hour that is left out',
      'sun 02:00-03:00 Australia/Lord_Howe',
      '2026-10-03T12:00:00Z',
      '2026-10-03T15:30:00.000Z',
    ],
  ])('the next opening is %s', (_, text, when, expected) => expect(next(text, when)).toBe(expected))

  it('is none where no window is stated: it is open', () => {
    const now = at('2026-11-28T12:00:30Z')
    expect(nextOpening([], now)).toBe(now)
  })
})

describe('whatever the window', () => {
  const two = (value: number): string => String(value).padStart(2, '0')
  const time = fc.tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 })).map(([hour, minute]) => `${two(hour)}:${two(minute)}`)
  const texts = fc
    .record({
      days: fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], { minLength: 1 }),
      from: time,
      to: time,
      zone: fc.constantFrom('UTC', 'Europe/Brussels', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'),
    })
    .filter(({ from, to }) => from !== to)
    .map(({ days, from, to, zone }) => `${days.join(',')} ${from}-${to} ${zone}`)
  const times = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z'), noInvalidDate: true })

  it('the next opening is one, not before now, and nothing is open in between', () =>
    fc.assert(
      fc.property(texts, times, fc.double({ min: 0, max: 1, noNaN: true }), (text, now, part) => {
        const windows = [parseWindow(text)]
        const found = nextOpening(windows, now)
        if (found === undefined) throw new Error(`${text} never opens`)
        expect(isOpen(windows, found)).toBe(true)
        const ahead = found.getTime() - now.getTime()
        expect(ahead).toBeGreaterThanOrEqual(0)
        if (ahead > 0) expect(isOpen(windows, new Date(now.getTime() + Math.floor((ahead - 1) * part)))).toBe(false)
      }),
      { numRuns: 30 },
    ))

  it('either it is open or the daily one with start and end exchanged is', () =>
    fc.assert(
      fc.property(time, time, times, (from, to, now) => {
        fc.pre(from !== to)
        const [one, other] = [`${from}-${to} UTC`, `${to}-${from} UTC`].map(parseWindow)
        expect([one, other].map((window) => window !== undefined && isOpen([window], now)).sort()).toEqual([
          false,
          true,
        ])
      }),
    ))

  it('is the same as its days one by one', () =>
    fc.assert(
      fc.property(texts, times, (text, now) => {
        const [days = '', ...rest] = text.split(' ')
        const each = days.split(',').map((day) => parseWindow([day, ...rest].join(' ')))
        expect(isOpen(each, now)).toBe(isOpen([parseWindow(text)], now))
      }),
    ))
})
