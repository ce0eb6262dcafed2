import { describe, expect, it } from 'vitest'
import { ulimitNames } from '../../src/model/kinds/limits.ts'
import { limitProblems } from '../../src/providers/linux/container/least-limits.ts'
import { restartConfig } from '../../src/providers/linux/container/oci/config.ts'
import { clampRlimits, ociRlimits, parseHardLimits } from '../../src/providers/linux/container/oci/rlimits.ts'
import { containerSpec } from '../specs.ts'

const hard = parseHardLimits(`Limit                     Soft Limit           Hard Limit           Units
Max open files            1024                 4096                 files
Max pending signals       50                   60                   signals
Max processes             unlimited            unlimited            processes
`)
const byType = (limits: ReturnType<typeof ociRlimits>) => new Map(limits.map(({ type, ...rest }) => [type, rest]))

describe('limits of a container', () => {
  it('are all stated, so that none is the caller’s', () => {
    const stated = byType(ociRlimits({}, { hard, mayRaise: true }))
    expect([...stated.keys()].sort()).toEqual(ulimitNames.map((name) => `RLIMIT_${name.toUpperCase()}`).sort())
    expect(stated.get('RLIMIT_NOFILE')).toEqual({ soft: 1_048_576, hard: 1_048_576 })
    expect(stated.get('RLIMIT_SIGPENDING')).toEqual({ soft: 60, hard: 60 })
  })

  it('give way to those of its user, and to what this process may not raise', () => {
    const stated = byType(
      ociRlimits({ core: { soft: -1, hard: -1 }, nofile: { soft: 99, hard: 9999 } }, { hard, mayRaise: false }),
    )
    expect(stated.get('RLIMIT_NOFILE')).toEqual({ soft: 99, hard: 4096 })
    expect(stated.get('RLIMIT_CORE')).toEqual({ soft: 2 ** 64 - 1, hard: 2 ** 64 - 1 })
  })

  it('of a bundle are lowered to what the next starter may give, and rise again with one who may give more', () => {
    const [before, few] = [ociRlimits({}, { hard, mayRaise: true }), { hard, mayRaise: false }]
    expect(byType(clampRlimits(before, few)).get('RLIMIT_NOFILE')).toEqual({ soft: 4096, hard: 4096 })
    const spec = containerSpec()
    const next = (rlimits: typeof before, rlimitBounds: typeof few) => {
      const process = { user: { uid: 0, gid: 0 }, args: ['sh'], env: [], cwd: '/', rlimits }
      const config = { process, mounts: [], linux: { resources: { devices: [] } }, annotations: {} }
      const restart = { spec, run: 2, cgroup: '/next', cgroups: 'v2', rlimitBounds, held: false } as const
      return restartConfig(config, restart).process
    }
    const lowered = clampRlimits(before, few)
    expect(next(before, few)).toMatchObject({ rlimits: lowered })
    expect(next(lowered, { hard, mayRaise: true })).toMatchObject({ rlimits: before })
  })
})

it('limits that leave the runtime no room to start a process are told before one is ended', () => {
  const told = (name: string, soft: number) =>
    limitProblems({ ulimits: { [name]: { soft, hard: -1 } } }).map(({ code, hint }) => [code, hint])
  expect(told('nofile', 20)).toEqual([['bad-limit', 'Write at least 64.']])
  expect(told('fsize', 0)).toEqual([['bad-limit', 'Write at least 65536.']])
  expect(told('cpu', 0)).toEqual([['bad-limit', 'Write at least 1.']])
  for (const [name, soft] of [
    ['nofile', 64],
    ['nofile', -1],
    ['fsize', 65_536],
    ['cpu', 1],
    ['nproc', 0],
    ['memlock', 0],
  ] as const)
    expect(told(name, soft)).toEqual([])
})
