import { describe, expect, it } from 'vitest'
import { type OciRuntimeCommand, withCreateCommand } from '../../src/host/oci-runtime.ts'
import { RecordingHost, type Script } from './recording-host.ts'

/** A hybrid host, on which `unshare` becomes this program; undefined: it ends. */
function hybridHost(becomes: string | undefined): RecordingHost {
  const script: Script = ({ program }, host) => {
    if (program !== 'unshare' || becomes === undefined) return undefined
    host.files.set('/proc/1001/comm', { content: Buffer.from(`${becomes}\n`) })
    host.files.set('/proc/1001/ns/mnt', { kind: 'link', content: Buffer.from('mnt:[2]') })
    return undefined
  }
  const host = new RecordingHost(script)
  host.fileSystems.clear()
  host.fileSystems.set('/sys/fs/cgroup/unified', 0x63677270)
  host.files.set('/sys/fs/cgroup/unified/cgroup.controllers', { content: Buffer.from('hugetlb\n') })
  host.files.set('/proc/self/ns/mnt', { kind: 'link', content: Buffer.from('mnt:[1]') })
  for (const program of ['crun', 'nsenter']) host.files.set(`/usr/bin/${program}`, {})
  return host
}

const entry = (host: RecordingHost): Promise<OciRuntimeCommand> => withCreateCommand(host, async (runtime) => runtime)

describe('the call of `crun create`', () => {
  it('is crun by its full path', async () => {
    const host = new RecordingHost()
    host.files.set('/usr/bin/crun', {})
    expect(await entry(host)).toEqual({ program: '/usr/bin/crun', args: [] })
    expect(host.commands).toEqual([])
  })

  it('goes through a mount namespace without the v2 tree on a hybrid host, which ends afterwards', async () => {
    const host = hybridHost('cat')
    expect(await entry(host)).toEqual({
      program: '/usr/bin/nsenter',
      args: ['--mount=/proc/1001/ns/mnt', '/usr/bin/crun'],
    })
    expect(host.effects).toEqual(['run nsenter --mount=/proc/1001/ns/mnt umount --lazy /sys/fs/cgroup/unified'])
    expect([...host.processes.keys()]).toEqual([host.system.pid])
  })

  it('leaves no process behind where its work fails, or the namespace ends', async () => {
    const host = hybridHost('cat')
    const failing = withCreateCommand(host, () => Promise.reject(new Error('not created')))
    await expect(failing).rejects.toThrow('not created')
    expect([...host.processes.keys()]).toEqual([host.system.pid])
    const gone = hybridHost(undefined)
    await expect(entry(gone)).rejects.toMatchObject({ diagnostics: [{ code: 'no-mount-namespace' }] })
  })
})
