import { expect, it } from 'vitest'
import {
  hostArchitecture,
  interprets,
  matchingPlatform,
  parsePlatform,
  platformText,
  runsNatively,
} from '../../src/model/kinds/images/platform.ts'

it.each([
  ['linux/amd64', 'linux/amd64'],
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/arm/v7', 'linux/arm/v7'],
  ['windows/amd64', undefined],
  ['linux', undefined],
  ['linux/pdp11', undefined],
  ['linux/constructor', undefined],
])('the canonical text of %s is %s', (text, canonical) => {
  expect(platformText(text)).toBe(canonical)
})

it('a processor runs its own programs, and older ones of its family', () => {
  expect(hostArchitecture('x64')).toBe('amd64')
  expect(runsNatively('amd64', parsePlatform('linux/386'))).toBe(true)
  expect(runsNatively('arm64', parsePlatform('linux/arm/v7'))).toBe(true)
  expect(runsNatively('amd64', parsePlatform('linux/arm64'))).toBe(false)
  expect(runsNatively('386', parsePlatform('linux/amd64'))).toBe(false)
})

const qemu = (state: string, flags: string, machine: string): string =>
  `${state}\ninterpreter /usr/libexec/qemu-binfmt/aarch64-binfmt-P\nflags: ${flags}\noffset 0\nmagic 7f454c460201010000000000000000000200${machine}00\nmask ff\n`

it('an enabled interpreter with the flag F emulates its architecture', () => {
  const arm64 = parsePlatform('linux/arm64')
  expect(interprets(qemu('enabled', 'POCF', 'b7'), arm64)).toBe(true)
  expect(interprets(qemu('disabled', 'POCF', 'b7'), arm64)).toBe(false)
  expect(interprets(qemu('enabled', 'POC', 'b7'), arm64)).toBe(false)
  expect(interprets(qemu('enabled', 'F', '3e'), arm64)).toBe(false)
  expect(interprets('enabled\ninterpreter /usr/bin/python3.11\nflags: F\noffset 0\nmagic cb0d0d0a\n', arm64)).toBe(
    false,
  )
})

it('finds the image of a platform in an index', () => {
  const [v6, v7, arm64] = ['v6', 'v7', undefined].map((variant) => ({
    os: 'linux',
    architecture: variant === undefined ? 'arm64' : 'arm',
    ...(variant !== undefined && { variant }),
  }))
  const all = [v6, v7, arm64, { os: 'unknown', architecture: 'unknown' }].filter((one) => one !== undefined)
  expect(matchingPlatform(all, parsePlatform('linux/arm/v6'))).toBe(v6)
  expect(matchingPlatform(all, parsePlatform('linux/arm'))).toBe(v7)
  expect(matchingPlatform(all, parsePlatform('linux/arm64'))).toBe(arm64)
  expect(matchingPlatform(all, parsePlatform('linux/amd64'))).toBeUndefined()
  expect(matchingPlatform(all, parsePlatform('linux/arm/v5'))).toBeUndefined()
})
