import { describe, expect, it } from 'vitest'
import { ulimitNames } from '../../src/model/kinds/limits.ts'
import { bundleText } from '../../src/providers/container/bundle/bundle.ts'
import { ociRlimits, parseHardLimits } from '../../src/providers/container/bundle/rlimits.ts'

const hard = parseHardLimits(`Limit                     Soft Limit           Hard Limit           Units
Max open files            1024                 4096                 files
Max pending signals       50                   60                   signals
Max processes             unlimited            unlimited            processes
`)
const byType = (limits: ReturnType<typeof ociRlimits>) => new Map(limits.map(({ type, ...rest }) => [type, rest]))

describe('limits of a container', () => {
  it('are all stated, so that none is the caller’s', () => {
    const stated = byType(ociRlimits({}, hard, true))
    expect([...stated.keys()].sort()).toEqual(ulimitNames.map((name) => `RLIMIT_${name.toUpperCase()}`).sort())
    expect(stated.get('RLIMIT_NOFILE')).toEqual({ soft: 1_048_576, hard: 1_048_576 })
    expect(stated.get('RLIMIT_SIGPENDING')).toEqual({ soft: 60, hard: 60 })
  })

  it('give way to those of its user, and to what this process may not raise', () => {
    const stated = byType(ociRlimits({ core: { soft: -1, hard: -1 }, nofile: { soft: 99, hard: 9999 } }, hard, false))
    expect(stated.get('RLIMIT_NOFILE')).toEqual({ soft: 99, hard: 4096 })
    expect(stated.get('RLIMIT_CORE')).toEqual({ soft: 2 ** 64 - 1, hard: 2 ** 64 - 1 })
  })

  it('survive being read and written again as JSON', () => {
    const text = bundleText({ hard: 2 ** 64 - 1 })
    expect(bundleText(JSON.parse(text) as object)).toBe('{"hard":18446744073709551615}')
  })
})
