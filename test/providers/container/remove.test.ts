import { describe, expect, it } from 'vitest'
import { removeContainers } from '../../../src/providers/linux/container/apply/remove.ts'
import { containerLayout } from '../../../src/providers/linux/container/layout.ts'
import { listContainers } from '../../../src/providers/linux/container/record.ts'
import { cgroupOf } from '../../../src/providers/linux/run-names.ts'
import { expectRepeatable, type Scene } from '../../host/repeatable.ts'
import { paths, writeContext } from '../../host/write-context.ts'
import { containerSpec } from '../../specs.ts'
import { id, layout, runningContainer, web } from './scene.ts'

async function scene(): Promise<Scene> {
  const { host, kernel } = await runningContainer()
  const item = { address: web, spec: containerSpec(), actual: undefined, changes: [] }
  return {
    host,
    run: () => removeContainers(writeContext(host), [item], () => undefined),
    state: () => ({
      files: host.files.contents(),
      links: [...kernel.links.keys()],
      processes: [...host.processes.keys()],
    }),
  }
}

describe('the removal of a container', () => {
  it('ends its processes first, and removes last the folders by which it is found', async () => {
    const { host, run } = await scene()
    await run()
    expect(host.effects).toEqual([
      `remove ${layout.run}/on-exit`,
      `write ${layout.stop}`,
      `set /sys/fs/cgroup${cgroupOf(paths, id)}/cgroup.freeze 0`,
      'kill 2000 SIGKILL',
      'kill 2001 SIGKILL',
      ...['crun', 'exits', 'health', 'attach'].map((folder) => `remove ${paths.run}/${folder}/${id}`),
      `run umount -- ${layout.root}`,
      'run ip -force -batch -',
      `remove ${layout.run}`,
      `remove ${layout.data}`,
    ])
  })

  it('leaves nothing of it', async () => {
    const { host, run, state } = await scene()
    await run()
    expect(state()).toMatchObject({ links: [], processes: [host.system.pid] })
    const left = Object.entries(host.files.contents()).filter(([, content]) => content !== '(folder)')
    expect(left.map(([path]) => path)).toEqual(['/proc/self/mountinfo', `${paths.run}/exits.lock`])
    expect(host.files.names('/sys/fs/cgroup/heropods')).toEqual([paths.id])
    expect(host.files.names(`/sys/fs/cgroup/heropods/${paths.id}`)).toEqual([])
  })

  it('is completed by another run, which still finds it, after a stop before any effect', async () => {
    const effects = await expectRepeatable(scene, async ({ host }) => {
      expect(await listContainers({ host, paths })).toEqual([web])
    })
    expect(effects).toBe(13)
  })

  it('does not end a process that has the pid of an earlier one', async () => {
    const { host, run } = await scene()
    host.processes.set(2000, 99)
    host.cgroupOf.clear()
    await run()
    expect(host.effects).not.toContain('kill 2000 SIGKILL')
    expect(await host.stat(containerLayout(paths, web).data)).toBeUndefined()
  })
})
