import { describe, expect, it } from 'vitest'
import { isOpen, nextOpening, parseWindow } from '../../src/model/values/maintenance-windows.ts'

const windows = (...texts: string[]) => texts.map(parseWindow)
const at = (text: string): Date => new Date(text)
const open = (text: string, when: string): boolean => isOpen(windows(text), at(when))

describe('windows', () => {
  // 2026-11-23 is a Monday.
  it.each([
    ['mon-fri 22:00-04:00 UTC', '2026-11-23T21:59:59Z', false],
    ['mon-fri 22:00-04:00 UTC', '2026-11-23T22:00:00Z', true],
    ['mon-fri 22:00-04:00 UTC', '2026-11-24T03:59:59Z', true],
    ['mon-fri 22:00-04:00 UTC', '2026-11-24T04:00:00Z', false],
    ['mon-fri 22:00-04:00 UTC', '2026-11-28T03:00:00Z', true],
    ['mon-fri 22:00-04:00 UTC', '2026-11-28T23:00:00Z', false],
    ['mon-fri 22:00-04:00 UTC', '2026-11-23T03:00:00Z', false],
    ['sat 22:00-04:00 UTC', '2026-11-29T03:59:00Z', true],
    ['sat 22:00-04:00 UTC', '2026-11-29T04:00:00Z', false],
    ['sat,sun UTC', '2026-11-29T23:59:59Z', true],
    ['sat,sun UTC', '2026-11-30T00:00:00Z', false],
    ['fri-mon 09:00-10:00 UTC', '2026-11-29T09:30:00Z', true],
    ['fri-mon 09:00-10:00 UTC', '2026-11-24T09:30:00Z', false],
    ['daily 02:00-05:00 UTC', '2026-11-25T04:59:00Z', true],
    ['02:00-05:00 UTC', '2026-11-25T02:00:00Z', true],
    ['MON 00:00-24:00 UTC', '2026-11-23T23:59:59Z', true],
    ['mon 09:00-17:00 Europe/Brussels', '2026-11-23T08:00:00Z', true],
    ['mon 09:00-17:00 Europe/Brussels', '2026-11-23T07:59:00Z', false],
    // A zone half an hour off.
    ['mon 09:00-17:00 Asia/Kolkata', '2026-11-23T03:30:00Z', true],
    ['mon 09:00-17:00 Asia/Kolkata', '2026-11-23T03:29:00Z', false],
  ])('%s at %s: %s', (text, when, expected) => expect(open(text, when)).toBe(expected))

  it('is always open where none is stated, and where one of several is', () => {
    expect(isOpen([], at('2026-11-23T00:00:00Z'))).toBe(true)
    expect(isOpen(windows('mon 01:00-02:00 UTC', 'tue 01:00-02:00 UTC'), at('2026-11-24T01:30:00Z'))).toBe(true)
  })

  it('says when the next one opens', () => {
    const next = (when: string, ...texts: string[]) => nextOpening(windows(...texts), at(when))?.toISOString()
    expect(next('2026-11-23T12:00:30.500Z', 'mon-fri 22:00-04:00 UTC')).toBe('2026-11-23T22:00:00.000Z')
    expect(next('2026-11-23T22:10:30.500Z', 'mon-fri 22:00-04:00 UTC')).toBe('2026-11-23T22:10:30.500Z')
    expect(next('2026-11-28T05:00:00Z', 'mon-fri 22:00-04:00 UTC')).toBe('2026-11-30T22:00:00.000Z')
    expect(next('2026-11-23T12:00:00Z', 'sun 03:07-03:09 UTC', 'sat 03:00-04:00 UTC')).toBe('2026-11-28T03:00:00.000Z')
    expect(next('2026-11-29T03:09:00Z', 'sun 03:07-03:09 UTC')).toBe('2026-12-06T03:07:00.000Z')
  })

  it('follows the clock through summer time', () => {
    const summer = '02:30-05:00 Europe/Brussels'
    // 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
    expect(open(summer, '2026-03-29T00:59:00Z')).toBe(false)
    expect(open(summer, '2026-03-29T01:00:00Z')).toBe(true)
    expect(nextOpening(windows(summer), at('2026-03-29T00:00:00Z'))?.toISOString()).toBe('2026-03-29T01:00:00.000Z')
    expect(open(summer, '2026-03-29T02:59:00Z')).toBe(true)
    expect(open(summer, '2026-03-29T03:00:00Z')).toBe(false)
    // 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC; the hour counts twice.
    expect(open('02:00-03:00 Europe/Brussels', '2026-10-25T00:30:00Z')).toBe(true)
    expect(open('02:00-03:00 Europe/Brussels', '2026-10-25T01:30:00Z')).toBe(true)
    expect(open('02:00-03:00 Europe/Brussels', '2026-10-25T02:00:00Z')).toBe(false)
    // A window that lies whole in the hour that is left out opens a week later.
    const lost = windows('sun 02:00-03:00 Europe/Brussels')
    expect(nextOpening(lost, at('2026-03-28T12:00:00Z'))?.toISOString()).toBe('2026-04-05T00:00:00.000Z')
  })

  it.each([
    ['', 'is not a day'],
    ['monday 01:00-02:00', '"monday" is not a day'],
    ['mon-tue-wed 01:00-02:00', 'not a range of days'],
    ['mon 1-2', 'write 22:00-04:00'],
    ['mon 24:00-02:00', 'contains an invalid time'],
    ['mon 10:00-24:01', 'contains an invalid time'],
    ['mon 10:60-11:00', 'contains an invalid time'],
    ['mon 10:00-10:00', '00:00-24:00'],
    ['mon 10:00-11:00 Europe/Brusels', 'is not a time zone'],
    ['mon 10:00-11:00 UTC now', '"now" is not expected'],
  ])('refuses "%s"', (text, message) => expect(() => parseWindow(text)).toThrow(message))
})
