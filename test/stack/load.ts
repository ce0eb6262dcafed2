import { join } from 'node:path'
import { loadDesired } from '../../src/stack/load.ts'
import type { LoadOptions } from '../../src/stack/read-all.ts'

export const head = 'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: test }\n'

/** As of a command in a folder that is given nothing but files. */
export const optionsIn = (folder: string) => ({
  mergedFiles: [],
  cwd: folder,
  variables: {},
  variableFiles: [],
  profiles: [],
  environment: {},
  encryptionKey: Buffer.alloc(32),
  instanceId: '00000000',
})

/** Loads the folder's `heropods.yaml`, or what `more` says. */
export const loadIn = (folder: string, more: Partial<LoadOptions> = {}) =>
  loadDesired({ ...optionsIn(folder), files: [join(folder, 'heropods.yaml')], ...more })
