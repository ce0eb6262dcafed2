import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CgroupHost, daemonsCgroup, daemonTrees, ownCgroup } from '../../cgroup.ts'

/** Moves processes into the cgroup of HeroPods' daemons. */
export class DaemonsCgroup {
  private users = 0
  /** Files that move this process back into the caller's cgroups. */
  private before: readonly string[] = []

  async adopt(cgroups: CgroupHost, pid: number): Promise<void> {
    for (const tree of daemonTrees(cgroups)) {
      const folder = join(tree, daemonsCgroup)
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, 'cgroup.procs'), String(pid))
    }
  }

  /** Runs `act` while this process is in the cgroup, so that its children start there. One move is cheaper than one for each child. */
  async during<T>(cgroups: CgroupHost, act: () => Promise<T>): Promise<T> {
    this.users += 1
    if (this.users === 1) {
      const own = await readFile('/proc/self/cgroup', 'utf8')
      this.before = daemonTrees(cgroups).map((tree) => join(ownCgroup(own, tree), 'cgroup.procs'))
      await this.adopt(cgroups, process.pid)
    }
    try {
      return await act()
    } finally {
      this.users -= 1
      // The caller's cgroup may have been removed meanwhile.
      if (this.users === 0)
        for (const file of this.before) await writeFile(file, String(process.pid)).catch(() => undefined)
    }
  }
}
