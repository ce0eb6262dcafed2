import { join } from 'node:path'
import { type CgroupHost, controllerDir } from '../../../../host/cgroup.ts'
import { HeroPodsError } from '../../../../model/errors.ts'
import type { BlockIo } from '../../../../model/kinds/limits/block-io.ts'
import type { Limits } from '../../../../model/kinds/limits.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { cgroupOf } from '../../run-names.ts'
import { blockIoWrites } from '../block-io/files.ts'
import { readBlockIo } from '../block-io/read.ts'
import { type CgroupFile, cgroupFiles, cgroupWrites, holds } from '../oci/limits.ts'

/** One write to a cgroup file, and the one that undoes it. */
interface LimitWrite {
  readonly path: string
  readonly value: string
  readonly undo: string
  readonly isDone: (content: string) => boolean
}

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
  const cgroup = cgroupOf(write.paths, id)
  const writes = [
    ...(await limitWrites(write, cgroups, cgroup, limits)),
    ...(await allBlockIoWrites(write, container, cgroup, limits.blkio_config)),
  ]
  await writeAll(write, container, writes)
}

/** Sets the block I/O of a new cgroup. Raises `limit-refused`. */
export async function setBlockIo(
  write: WriteContext,
  container: ResourceAddress,
  id: string,
  config: BlockIo,
): Promise<void> {
  await writeAll(write, container, await allBlockIoWrites(write, container, cgroupOf(write.paths, id), config))
}

async function limitWrites(
  write: WriteContext,
  cgroups: CgroupHost,
  cgroup: string,
  limits: Limits,
): Promise<readonly LimitWrite[]> {
  const cpus = ((await write.host.readFile('/sys/devices/system/cpu/online')) ?? '0').trim()
  const desired = cgroupFiles(cgroups.mode, limits, cpus)
  const path = (file: CgroupFile): string => join(controllerDir(cgroups, file.controller, cgroup), file.file)
  const found = new Map<string, string>()
  for (const file of desired) {
    const text = await write.host.readFile(path(file))
    if (text !== undefined) found.set(file.file, text)
  }
  return cgroupWrites(desired, found).map((file) => ({
    path: path(file),
    value: file.value,
    undo: (found.get(file.file) ?? '').trim(),
    isDone: (content) => holds(file, content),
  }))
}

async function allBlockIoWrites(
  write: WriteContext,
  container: ResourceAddress,
  cgroup: string,
  config: BlockIo | undefined,
): Promise<readonly LimitWrite[]> {
  const files = await readBlockIo(write.host, await write.host.cgroups(), cgroup, config)
  return files.flatMap((file): readonly LimitWrite[] => {
    const { path, found, values } = file
    if (found === undefined && values.size === 0) return []
    if (found === undefined && config === undefined) return []
    if (found === undefined) throw refusal(container, path, [...values].flat().join(' '), 'the kernel has no such file')
    return blockIoWrites(file, found).map(({ line, undo }) => ({
      path,
      value: line,
      undo,
      isDone: (content) => !blockIoWrites(file, content).some((left) => left.line === line),
    }))
  })
}

async function writeAll(write: WriteContext, container: ResourceAddress, writes: readonly LimitWrite[]): Promise<void> {
  const written: LimitWrite[] = []
  for (const one of writes) {
    try {
      await write.host.writeKernel(one.path, one.value)
      written.push(one)
      const now = (await write.host.readFile(one.path)) ?? ''
      if (!one.isDone(now)) throw new Error(`it holds ${now.trim()}`)
    } catch (error) {
      for (const { path, undo } of written.reverse()) await write.host.writeKernel(path, undo).catch(() => undefined)
      throw refusal(container, one.path, one.value, (error as Error).message)
    }
  }
}

const isBlockIo = (path: string): boolean => /\/(io|blkio)\.[^/]*$/.test(path)

const refusal = (container: ResourceAddress, path: string, value: string, reason: string): HeroPodsError =>
  new HeroPodsError({
    code: 'limit-refused',
    message: `The kernel refuses ${path.slice(path.lastIndexOf('/') + 1)} = ${value} for ${container}: ${reason}. Nothing was changed.`,
    hint: isBlockIo(path)
      ? 'The driver or the scheduler of the device may not support it. Remove the entry from `blkio_config`.'
      : 'A memory limit below the memory in use needs a restart of the container.',
    address: container,
  })
