import { join } from 'node:path'
import { type CgroupHost, controllerDir } from '../../../../host/cgroup.ts'
import type { HostReader } from '../../../../host/host.ts'
import type { DriftedField } from '../../../../model/change.ts'
import { type BlockIo, blockDevices } from '../../../../model/kinds/limits/block-io.ts'
import {
  type BlockIoFile,
  blockIoController,
  blockIoFiles,
  type DeviceNumbers,
  driftedBlockIo,
  type WeightFile,
  weightFiles,
} from './files.ts'

/** A cgroup file with its place and content; undefined: it does not exist. */
export interface FoundBlockIoFile extends BlockIoFile {
  readonly path: string
  readonly found: string | undefined
}

/** The files of block I/O of a container's cgroup, with their desired and their present content. Devices that do not exist are left out. */
export async function readBlockIo(
  host: HostReader,
  cgroups: CgroupHost,
  cgroup: string,
  config: BlockIo | undefined,
): Promise<readonly FoundBlockIoFile[]> {
  const folder = controllerDir(cgroups, blockIoController(cgroups.mode), cgroup)
  const numbers = await deviceNumbers(host, config)
  const files = blockIoFiles(cgroups.mode, await weightFileIn(host, cgroups, folder), config, numbers)
  return Promise.all(
    files.map(async (file) => {
      const path = join(folder, file.file)
      return { ...file, path, found: await host.readFile(path) }
    }),
  )
}

/** The fields of block I/O that a running container has lost. */
export async function blockIoDrift(
  host: HostReader,
  cgroups: CgroupHost,
  cgroup: string,
  config: BlockIo | undefined,
): Promise<readonly DriftedField[]> {
  if (config === undefined) return []
  const files = await readBlockIo(host, cgroups, cgroup, config)
  return files.flatMap((file) => {
    const drifted = file.found === undefined ? undefined : driftedBlockIo(file, file.found)
    return drifted === undefined ? [] : [drifted]
  })
}

/** The file of weights in a cgroup; undefined: this kernel has no weights. */
export async function weightFileIn(
  host: HostReader,
  { mode }: CgroupHost,
  folder: string,
): Promise<WeightFile | undefined> {
  for (const file of weightFiles(mode)) if ((await host.stat(join(folder, file))) !== undefined) return file
  return undefined
}

async function deviceNumbers(host: HostReader, config: BlockIo | undefined): Promise<DeviceNumbers> {
  const numbers = new Map<string, string>()
  for (const path of config === undefined ? [] : blockDevices(config)) {
    const device = (await host.statTarget(path))?.device
    if (device !== undefined) numbers.set(path, `${device.major}:${device.minor}`)
  }
  return numbers
}
