import type { VolumeOperations } from '../../operations.ts'

/** Loads the module of an operation when it is first called. */
export const volumeOperations: VolumeOperations = {
  async list(read) {
    const { listVolumes } = await import('./observe.ts')
    return [...(await listVolumes(read))].map(([address, { missing, released, spec, path }]) => ({
      address,
      state: missing ? 'missing' : released ? 'released' : 'in use',
      released,
      protect: spec.protect,
      path,
    }))
  },
  erase: async (write, volume) => (await import('./apply.ts')).eraseVolume(write, volume),
}
