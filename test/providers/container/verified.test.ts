import { describe, expect, it } from 'vitest'
import { noteVerified, wasVerified } from '../../../src/providers/linux/container/verified.ts'
import { RecordingHost } from '../../host/recording-host.ts'
import { writeContext } from '../../host/write-context.ts'
import { containerSpec } from '../../specs.ts'
import { web } from './scene.ts'

const record = { owner: web, spec: containerSpec(), run: 1, stopped: false }

describe('the start of a container whose spec was verified', () => {
  it('is not verified again after a reboot, a kill or an end without an error', async () => {
    const write = writeContext(new RecordingHost())
    expect(await wasVerified(write, record, undefined)).toBe(false)
    await noteVerified(write, record)
    for (const actual of [undefined, {}, { exitCode: 0 }, { exitCode: 137 }, { exitCode: 143 }])
      expect(await wasVerified(write, { ...record, run: 2 }, actual), JSON.stringify(actual)).toBe(true)
  })

  it('is verified again with another spec, and after an error of its own', async () => {
    const write = writeContext(new RecordingHost())
    await noteVerified(write, record)
    expect(await wasVerified(write, { ...record, spec: containerSpec({ command: ['other'] }) }, undefined)).toBe(false)
    expect(await wasVerified(write, record, { exitCode: 1 })).toBe(false)
    expect(await wasVerified(write, record, { exitCode: 137, outOfMemory: true })).toBe(false)
  })
})
