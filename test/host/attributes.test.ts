import { expect, it } from 'vitest'
import { corrections } from '../../src/host/local/processes/attributes.ts'

const limits = `Limit                     Soft Limit           Hard Limit           Units
Max cpu time              unlimited            unlimited            seconds
Max file size             unlimited            unlimited            bytes
Max stack size            8388608              unlimited            bytes
Max processes             96365                96365                processes
`
const ordinary = { policy: 0, cpus: '0-3', online: '0-3', limits, mayRaise: false }

it('a process of which nothing is odd costs one command', () => {
  expect(corrections(7, ordinary)).toEqual([['ionice', '--class', '0', '--pid', '7']])
})

it('scheduler, processors and limits of the caller are taken back', () => {
  const odd = limits
    .replace('unlimited            unlimited            bytes', '1024                 unlimited            bytes')
    .replace('96365                96365', '10                   96365')
  expect(corrections(7, { ...ordinary, policy: 3, cpus: '2', limits: odd }).slice(1)).toEqual([
    ['chrt', '--other', '--pid', '0', '7'],
    ['taskset', '--cpu-list', '--pid', '0-3', '7'],
    ['prlimit', '--pid', '7', '--fsize=unlimited:unlimited', '--nproc=96365:96365'],
  ])
})

it('a hard limit of the caller is taken back as well, where this process may', () => {
  const low = limits.replace(
    'unlimited            unlimited            bytes',
    '1024                 1024                 bytes',
  )
  expect(corrections(7, { ...ordinary, limits: low })).toHaveLength(1)
  expect(corrections(7, { ...ordinary, limits: low, mayRaise: true }).slice(1)).toEqual([
    ['prlimit', '--pid', '7', '--fsize=unlimited:unlimited'],
  ])
  expect(corrections(7, { ...ordinary, mayRaise: true })).toHaveLength(1)
})
