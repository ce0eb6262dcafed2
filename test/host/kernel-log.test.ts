import { expect, it } from 'vitest'
import { memoryKillsInLog, parseMemoryKills } from '../../src/host/kernel-log.ts'
import { RecordingHost } from './recording-host.ts'

const line = (cgroup: string, task: string, pid: number, time = '2026-11-28T15:46:56,191824+00:00'): string =>
  `${time} oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=o,mems_allowed=0,oom_memcg=/heropods/1,task_memcg=${cgroup},task=${task},pid=${pid},uid=0`

it('the killed processes of a cgroup and of those below it are named', () => {
  const log = [
    '2026-11-28T15:46:56,191479+00:00 tail invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0',
    line('/heropods/1/o_eater-1', 'tail', 16103),
    line('/heropods/1/o_eater-10', 'other', 1),
    line('/heropods/1/o_eater-1/inner', 'a,pid=b', 16104, '2026-11-28T16:46:57,000000+01:00'),
    line('/heropods/1/o_eater-1', 'tail', 5, 'unknown'),
  ].join('\n')
  expect(parseMemoryKills(log, '/heropods/1/o_eater-1')).toEqual([
    { time: '2026-11-28T15:46:56.191Z', program: 'tail', pid: 16103 },
    { time: '2026-11-28T15:46:57.000Z', program: 'a,pid=b', pid: 16104 },
  ])
  const many = Array.from({ length: 9 }, (_, pid) => line('/c', 'tail', pid)).join('\n')
  expect(parseMemoryKills(many, '/c').map(({ pid }) => pid)).toEqual([4, 5, 6, 7, 8])
})

it('a log that cannot be read names nobody', async () => {
  const host = new RecordingHost()
  expect(await memoryKillsInLog(host, '/c')).toEqual([])
  expect(host.commands).toEqual(['dmesg --time-format iso'])
})
