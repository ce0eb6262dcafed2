import { instancePaths } from '../../src/host/files/paths.ts'
import type { Host } from '../../src/host/host.ts'
import type { WriteContext } from '../../src/providers/provider.ts'

export const paths = instancePaths({ HEROPODS_DIR: '/test/data', HEROPODS_RUN_DIR: '/test/run' })

export const writeContext = (host: Host): WriteContext => ({
  host,
  paths,
  once: (_key, read) => read(),
  abortSignal: new AbortController().signal,
  resolveSecrets: (text) => text,
  progress: () => undefined,
})
