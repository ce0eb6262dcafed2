import { describe, expect, it } from 'vitest'
import type { BlockIo } from '../../../src/model/kinds/limits/block-io.ts'
import { blockIoProblems, ignoresWeights } from '../../../src/providers/linux/container/block-io/problems.ts'
import { RecordingHost } from '../../host/recording-host.ts'
import { writeContext } from '../../host/write-context.ts'

const config = (fields: Partial<BlockIo>): BlockIo => ({
  weight: 0,
  weight_device: [],
  device_read_bps: [],
  device_write_bps: [],
  device_read_iops: [],
  device_write_iops: [],
  ...fields,
})

/** A host with these files. */
function hostWith(files: Readonly<Record<string, string>>): RecordingHost {
  const host = new RecordingHost()
  for (const [path, content] of Object.entries(files)) host.files.set(path, { content: Buffer.from(content) })
  return host
}

const messages = async (host: RecordingHost, fields: Partial<BlockIo>): Promise<readonly string[]> =>
  (await blockIoProblems(writeContext(host), 's/container/web', config(fields))).map(({ message }) => message)

describe('a weight of block I/O', () => {
  it('is refused by a kernel that has none', async () => {
    const host = hostWith({ '/sys/fs/cgroup/system.slice/io.max': '' })
    expect(await messages(host, { weight: 300 })).toEqual(['web: the kernel of this host has no weights of block I/O.'])
    expect(await messages(host, {})).toEqual([])
  })

  it.each(['io.weight', 'io.bfq.weight'])('is accepted with %s', async (file) => {
    const host = hostWith({ '/sys/fs/cgroup/system.slice/io.max': '', [`/sys/fs/cgroup/system.slice/${file}`]: '' })
    expect(await messages(host, { weight: 300 })).toEqual([])
  })

  it('is accepted where no cgroup shows the files yet', async () => {
    expect(await messages(hostWith({ '/sys/fs/cgroup/a/cgroup.procs': '' }), { weight: 300 })).toEqual([])
  })

  it('has no effect while no disk uses it', async () => {
    const scheduler = '/sys/block/sda/queue/scheduler'
    expect(await ignoresWeights(hostWith({ [scheduler]: '[none] bfq' }))).toBe(true)
    expect(await ignoresWeights(hostWith({ [scheduler]: 'none [bfq]' }))).toBe(false)
    expect(
      await ignoresWeights(
        hostWith({ [scheduler]: '[none] bfq', '/sys/fs/cgroup/io.cost.qos': '8:0 enable=1 ctrl=auto' }),
      ),
    ).toBe(false)
  })
})

it('a path that is not a block device is refused', async () => {
  const host = hostWith({ '/dev/file': '' })
  for (const path of ['/dev/file', '/dev/absent'])
    expect(await messages(host, { device_read_bps: [{ path, rate: 1 }] })).toEqual([
      `web: \`blkio_config\` names ${path}, which is not a block device of this host.`,
    ])
})
