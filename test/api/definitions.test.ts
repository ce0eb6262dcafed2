import { describe, expect, it } from 'vitest'
import { readDefinition, writeDefinition } from '../../src/api/definitions.ts'
import { instancePaths } from '../../src/host/files/paths.ts'
import type { HeroPodsError } from '../../src/model/errors.ts'
import { RecordingHost } from '../host/recording-host.ts'

const place = { host: new RecordingHost(), paths: instancePaths({ HEROPODS_DIR: '/d', HEROPODS_RUN_DIR: '/r' }) }
const path = '/d/default/library/containers/web.json'

describe('a definition of the library', () => {
  it('is read as it was written; one that does not exist is undefined', async () => {
    const fields = { image: 'busybox', environment: { A: 'a "b"\n$(c) ü' } }
    await writeDefinition(place, 'containers', 'web', fields)
    expect(await readDefinition(place, 'containers', 'web')).toEqual(fields)
    expect(await readDefinition(place, 'containers', 'other')).toBeUndefined()
  })

  it.each(['', '{"image": "busy', 'null', '["a"]'])('that is damaged is an error with its path: %j', async (text) => {
    await place.host.writeFile(path, text)
    const { diagnostics, refused } = await readDefinition(place, 'containers', 'web').then(
      () => expect.unreachable(),
      (error: HeroPodsError) => error,
    )
    expect(refused).toBe(true)
    expect(diagnostics).toEqual([
      {
        code: 'record-damaged',
        message: expect.stringMatching(
          `The definition ${path} of the container web is damaged: it is not (JSON|an object).`,
        ),
        hint: expect.stringContaining(`\`rm '${path}'\``),
      },
    ])
  })
})
