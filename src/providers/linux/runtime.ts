import type { Runtime, RuntimeOptions } from '../runtime.ts'
import { containerOperations } from './container/operations.ts'
import { imageOperations } from './image/operations.ts'
import { linuxProviders, maintain, recordJobs } from './providers.ts'
import { resolve } from './resolve.ts'
import { volumeOperations } from './volume/operations.ts'

/** This host as a runtime. Every plan needs the providers; the rest is loaded when it is called. */
export const linuxRuntime = (options: RuntimeOptions): Runtime => ({
  providers: linuxProviders(options),
  resolve,
  portProblems: async (...given) =>
    (await import('./network/ports/container-ports.ts')).containerPortProblems(...given),
  maintain,
  recordJobs,
  rebuildRecords: async (write, lost) => (await import('./rebuild-records.ts')).rebuildRecords(write, lost),
  removeHalfWritten: async (write) => (await import('./leftovers.ts')).removeHalfWritten(write),
  async releaseSharedStorage(write) {
    await (await import('./volume/mount.ts')).unmountVolumes(write)
    await (await import('./image/pull/pull.ts')).dropAllPulled(write.host, write.paths)
  },
  healthMonitor: async (monitor) => (await import('./container/operations/health.ts')).openMonitor(monitor),
  hostPlaces: async (read) => (await import('./host-places.ts')).hostPlaces(read),
  containers: containerOperations(options),
  images: imageOperations,
  volumes: volumeOperations,
})
