import { expect, it } from 'vitest'
import { createSupervised } from '../../../src/providers/linux/container/process/conmon.ts'
import { RecordingHost } from '../../host/recording-host.ts'
import { writeContext } from '../../host/write-context.ts'
import { containerSpec } from '../../specs.ts'
import { id, layout, web } from './scene.ts'

it('conmon works in the run folder of its container: it creates the file `oom` there', async () => {
  const folders: (string | undefined)[] = []
  const host = new RecordingHost(({ program, cwd }) => {
    if (program === 'conmon') folders.push(cwd)
    return { exitCode: 1 }
  })
  const runtime = { program: '/usr/bin/crun', args: [] }
  const call = {
    container: web,
    id,
    run: 1,
    spec: containerSpec(),
    program: 'sleep',
    runtime,
    heropodsCommand: ['heropods'],
  }
  await expect(createSupervised(writeContext(host), call)).rejects.toThrow()
  expect(folders).toEqual([layout.run])
})
