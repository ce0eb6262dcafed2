import { beforeEach, describe, expect, it } from 'vitest'
import {
  cgroupProcesses,
  controllerDir,
  daemonTrees,
  freezerOf,
  outOfMemoryKills,
  ownCgroup,
  removeCgroup,
  removeInstanceCgroups,
  thaw,
} from '../../src/host/cgroup.ts'
import { RecordingHost } from './recording-host.ts'

const root = '/sys/fs/cgroup'

let host: RecordingHost
beforeEach(() => {
  host = new RecordingHost()
})

/** A host of cgroup v1, with a v2 tree at `unified` if its controllers are given. */
function legacy(controllers?: string): void {
  host.fileSystems.clear()
  for (const name of ['memory', 'cpuset', 'freezer']) host.files.makeFolder(`${root}/${name}`, 0o755)
  host.files.set(`${root}/cpu`, { kind: 'link', content: Buffer.from('cpu,cpuacct') })
  if (controllers === undefined) return
  host.fileSystems.set(`${root}/unified`, 0x63677270)
  host.files.set(`${root}/unified/cgroup.controllers`, { content: Buffer.from(controllers) })
}

const trees = [`${root}/cpuset`, `${root}/freezer`, `${root}/memory`]

describe('the cgroups of a host', () => {
  it('are one tree with v2', async () =>
    expect(await host.cgroups()).toEqual({ mode: 'v2', crunNeedsHiding: false, hierarchies: [root] }))

  it('are a tree for each controller with v1, without links to other names', async () => {
    legacy()
    expect(await host.cgroups()).toEqual({ mode: 'v1', crunNeedsHiding: false, hierarchies: trees })
  })

  it('are hybrid with a v2 tree beside, which crun must not see if it has controllers', async () => {
    legacy('\n')
    expect(await host.cgroups()).toEqual({ mode: 'hybrid', crunNeedsHiding: false, hierarchies: trees })
    legacy('hugetlb\n')
    expect((await host.cgroups()).crunNeedsHiding).toBe(true)
  })

  it('have a daemon in all trees but that of the CPUs, and in the v2 tree', async () => {
    legacy('')
    expect(daemonTrees(await host.cgroups())).toEqual([`${root}/freezer`, `${root}/memory`, `${root}/unified`])
  })

  it('have their files where the version has them', async () => {
    const v2 = await host.cgroups()
    expect(controllerDir(v2, 'memory', '/a')).toBe(`${root}/a`)
    expect(freezerOf(v2, '/a')).toEqual({ file: `${root}/a/cgroup.freeze`, thawed: '0', frozen: '1' })
    legacy()
    const v1 = await host.cgroups()
    expect(controllerDir(v1, 'memory', '/a')).toBe(`${root}/memory/a`)
    expect(freezerOf(v1, '/a')).toEqual({ file: `${root}/freezer/a/freezer.state`, thawed: 'THAWED', frozen: 'FROZEN' })
  })
})

describe('a cgroup', () => {
  it('has its processes in any tree, each once', async () => {
    legacy()
    for (const [pid, tree] of [
      [5, 'memory'],
      [6, 'freezer'],
    ] as const) {
      host.processes.set(pid, pid)
      host.cgroupOf.set(pid, `${root}/${tree}/a`)
    }
    expect([...(await cgroupProcesses(host, '/a'))].sort()).toEqual([5, 6])
  })

  it('is removed with those below it, from every tree', async () => {
    legacy()
    for (const path of ['memory/a/b/c', 'memory/a/d', 'freezer/a']) host.files.makeFolder(`${root}/${path}`, 0o755)
    expect(await removeCgroup(host, '/a')).toBe(true)
    expect(trees.flatMap((tree) => host.files.names(tree))).toEqual([])
  })

  it('is not removed while a process is in it', async () => {
    host.processes.set(5, 5)
    host.cgroupOf.set(5, `${root}/a`)
    host.files.makeFolder(`${root}/a`, 0o755)
    expect(await removeCgroup(host, '/a')).toBe(false)
  })

  it('that is gone can be thawed and removed', async () => {
    await thaw(host, '/gone')
    expect(await removeCgroup(host, '/gone')).toBe(true)
  })

  it('of HeroPods itself is removed with the last instance', async () => {
    for (const path of ['one/s_web-1', 'two', 'daemons']) host.files.makeFolder(`${root}/heropods/${path}`, 0o755)
    await removeInstanceCgroups(host, 'one')
    expect(host.files.names(`${root}/heropods`)).toEqual(['daemons', 'two'])
    await removeInstanceCgroups(host, 'two')
    expect(host.files.names(root)).toEqual([])
  })

  it('of HeroPods itself stays while a daemon is in it', async () => {
    host.files.makeFolder(`${root}/heropods/daemons`, 0o755)
    host.processes.set(5, 5)
    host.cgroupOf.set(5, `${root}/heropods/daemons`)
    await removeInstanceCgroups(host, 'one')
    expect(host.files.names(`${root}/heropods`)).toEqual(['daemons'])
  })

  it('of a process is read for each tree from /proc/PID/cgroup', () => {
    const text = '5:freezer:/f\n4:cpu,cpuacct:/c\n1:name=systemd:/s:x\n0::/unified.slice\n'
    expect(ownCgroup(text, `${root}/freezer`)).toBe(`${root}/freezer/f`)
    expect(ownCgroup(text, `${root}/cpuacct`)).toBe(`${root}/cpuacct/c`)
    expect(ownCgroup(text, `${root}/systemd`)).toBe(`${root}/systemd/s:x`)
    expect(ownCgroup(text, `${root}/unified`)).toBe(`${root}/unified/unified.slice`)
    expect(ownCgroup(text, root)).toBe(`${root}/unified.slice`)
    expect(ownCgroup(text, `${root}/memory`)).toBe(`${root}/memory/`)
  })
})

describe('processes killed for lack of memory', () => {
  it('are counted in memory.oom_control of v1', async () => {
    legacy()
    host.files.set(`${root}/memory/heropods/1/web-1/memory.oom_control`, {
      content: Buffer.from('oom_kill_disable 0\nunder_oom 0\noom_kill 2\n'),
    })
    expect(await outOfMemoryKills(host, '/heropods/1/web-1')).toBe(2)
  })

  it('are counted in memory.events of v2', async () => {
    host.fileSystems.set(root, 0x63677270)
    host.files.set(`${root}/heropods/1/web-1/memory.events`, {
      content: Buffer.from('oom 3\noom_kill 1\noom_group_kill 0\n'),
    })
    expect(await outOfMemoryKills(host, '/heropods/1/web-1')).toBe(1)
  })

  it('are none if the cgroup is gone', async () => {
    legacy()
    expect(await outOfMemoryKills(host, '/heropods/1/web-1')).toBe(0)
  })
})
