import { join } from 'node:path'
import { controllerDir } from '../../../../host/cgroup.ts'
import { HeroPodsError } from '../../../../model/errors.ts'
import type { Limits } from '../../../../model/kinds/limits.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { cgroupOf } from '../../run-names.ts'
import { type CgroupFile, cgroupFiles, cgroupWrites, holds } from '../oci/limits.ts'

/**
 * Changes the limits of a running container through the files of its cgroups: `crun update` is not atomic and cannot unset limits. At
 * the first refusal all earlier changes are undone. Raises `limit-refused`.
 */
export async function changeLimits(
  write: WriteContext,
  container: ResourceAddress,
  id: string,
  limits: Limits,
): Promise<void> {
  const cgroups = await write.host.cgroups()
  const cpus = ((await write.host.readFile('/sys/devices/system/cpu/online')) ?? '0').trim()
  const desired = cgroupFiles(cgroups.mode, limits, cpus)
  const path = (file: CgroupFile): string =>
    join(controllerDir(cgroups, file.controller, cgroupOf(write.paths, id)), file.file)
  const found = new Map<string, string>()
  for (const file of desired) {
    const text = await write.host.readFile(path(file))
    if (text !== undefined) found.set(file.file, text)
  }
  const written: CgroupFile[] = []
  for (const file of cgroupWrites(desired, found)) {
    try {
      await write.host.writeKernel(path(file), file.value)
      written.push(file)
      const now = (await write.host.readFile(path(file))) ?? ''
      if (!holds(file, now)) throw new Error(`it holds ${now.trim()}`)
    } catch (error) {
      for (const one of written.reverse())
        await write.host.writeKernel(path(one), (found.get(one.file) as string).trim()).catch(() => undefined)
      throw new HeroPodsError({
        code: 'limit-refused',
        message: `The kernel refuses ${file.file} = ${file.value} for ${container}: ${(error as Error).message}. Nothing was changed.`,
        hint: 'A memory limit below the memory in use needs a restart of the container.',
        address: container,
      })
    }
  }
}
