import { describe, expect, it } from 'vitest'
import { rotateLog } from '../../../src/providers/linux/container/process/logs.ts'
import { RecordingHost } from '../../host/recording-host.ts'
import { expectRepeatable, type Scene } from '../../host/repeatable.ts'
import { writeContext } from '../../host/write-context.ts'
import { layout, web } from './scene.ts'

const { log, bundle } = layout
const limits = { max_size: 10, max_file: 3 }

/** A host with these logs, newest first, and a conmon that reads its pipe and then opens a new log. */
function hostWith(...logs: readonly string[]): RecordingHost {
  const host = new RecordingHost()
  for (const [age, content] of logs.entries())
    host.files.set(age === 0 ? log : `${log}.${age}`, { content: Buffer.from(content) })
  host.files.set(`${bundle}/ctl`, { kind: 'fifo' })
  return host
}

const rotate = (host: RecordingHost) => rotateLog(writeContext(host), web, limits)

describe('the rotation of a log', () => {
  it('removes the oldest, moves the others up, and then has conmon open a new one', async () => {
    const host = hostWith('the newest log', 'older', 'the oldest')
    await rotate(host)
    expect(host.effects).toEqual([
      `remove ${log}.2`,
      `rename ${log}.1 -> ${log}.2`,
      `rename ${log} -> ${log}.1`,
      `set ${bundle}/ctl 2 0 0\n`,
    ])
    expect(host.files.contents(log)).toEqual({})
    expect([await host.readFile(`${log}.1`), await host.readFile(`${log}.2`)]).toEqual(['the newest log', 'older'])
  })

  it('leaves a log alone that has not grown over its size', async () => {
    const host = hostWith('short')
    await rotate(host)
    expect(host.effects).toEqual([])
  })

  it('needs no conmon', async () => {
    const host = hostWith('the newest log')
    host.files.remove(`${bundle}/ctl`)
    await rotate(host)
    expect(host.effects).toEqual([`rename ${log} -> ${log}.1`])
  })

  it('loses no line of the newest log by a stop, and is completed by another run while the log has its name', async () => {
    const scene = (): Scene => {
      const host = hostWith('the newest log', 'older')
      return { host, run: () => rotate(host), state: () => host.readFile(`${log}.1`) }
    }
    await expectRepeatable(scene, async ({ host }) => {
      const kept = await Promise.all([host.readFile(log), host.readFile(`${log}.1`)])
      expect(kept).toContain('the newest log')
    })
  })
})
