import { join } from 'node:path'
import { controllerDir } from '../../../../host/cgroup.ts'
import type { HostReader } from '../../../../host/host.ts'
import type { Diagnostic } from '../../../../model/errors.ts'
import { type BlockIo, blockDevices, hasWeight } from '../../../../model/kinds/limits/block-io.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../../model/resource-address.ts'
import type { ReadContext } from '../../../provider.ts'
import { blockIoController } from './files.ts'
import { weightFileIn } from './read.ts'

/** Reasons why this host cannot limit the block I/O of a container. Reads only. */
export async function blockIoProblems(
  read: ReadContext,
  address: ResourceAddress,
  config: BlockIo | undefined,
): Promise<readonly Diagnostic[]> {
  if (config === undefined) return []
  const { name } = parseResourceAddress(address)
  const problems = await Promise.all(
    blockDevices(config).map((path) => read.once(`block device ${path}`, () => deviceProblem(read.host, path))),
  )
  const ofWeight = hasWeight(config) && (await read.once('block weight', () => lacksWeights(read.host)))
  const ofDevices = await Promise.all(config.weight_device.map(({ path }) => schedulerProblem(read.host, path)))
  return [...problems, ofWeight ? noWeights : undefined, ...ofDevices].flatMap((problem) =>
    problem === undefined ? [] : [{ ...problem, message: `${name}: ${problem.message}`, address }],
  )
}

const noWeights: Diagnostic = {
  code: 'bad-limit',
  message: 'the kernel of this host has no weights of block I/O.',
  hint: 'Load the scheduler BFQ (`modprobe bfq`), or remove `weight` and `weight_device` from `blkio_config`. Limits of devices work without it.',
}

async function deviceProblem(host: HostReader, path: string): Promise<Diagnostic | undefined> {
  const device = (await host.statTarget(path))?.device
  if (device?.type !== 'b')
    return {
      code: 'device-missing',
      message: `\`blkio_config\` names ${path}, which is not a block device of this host.`,
      hint: 'Name a disk, e.g. one that `lsblk --paths` lists.',
    }
  const folder = `/sys/dev/block/${device.major}:${device.minor}`
  if ((await host.stat(join(folder, 'partition'))) === undefined) return undefined
  const disk = (await host.realPath(join(folder, '..')))?.split('/').at(-1) ?? 'sda'
  return {
    code: 'bad-limit',
    message: `\`blkio_config\` names ${path}, which is a partition: the kernel limits disks only.`,
    hint: `Write \`path: /dev/${disk}\`.`,
  }
}

/** True if cgroups with block I/O exist here, and none has a file for a weight. */
async function lacksWeights(host: HostReader): Promise<boolean> {
  const cgroups = await host.cgroups()
  const { mode } = cgroups
  const root = controllerDir(cgroups, blockIoController(mode), '')
  const known = join(root, mode === 'v2' ? 'io.max' : 'blkio.throttle.read_bps_device')
  for (const name of await host.readSubfolders(root)) {
    const folder = join(root, name)
    if (await weightFileIn(host, cgroups, folder)) return false
    if ((await host.stat(join(folder, known.slice(root.length + 1)))) !== undefined) return true
  }
  return false
}

/** The scheduler of a disk, e.g. `bfq`; undefined: unknown. */
async function schedulerOf(host: HostReader, folder: string): Promise<string | undefined> {
  const text = (await host.readFile(join(folder, 'queue/scheduler')).catch(() => undefined)) ?? ''
  return /\[([^\]]+)\]/.exec(text)?.[1]
}

/** With a file of BFQ, only its own disks can have a weight. */
async function schedulerProblem(host: HostReader, path: string): Promise<Diagnostic | undefined> {
  const device = (await host.statTarget(path))?.device
  if (device === undefined || !(await usesBfq(host))) return undefined
  const scheduler = await schedulerOf(host, `/sys/dev/block/${device.major}:${device.minor}`)
  if (scheduler === undefined || scheduler === 'bfq') return undefined
  return {
    code: 'bad-limit',
    message: `\`weight_device\` names ${path}, whose scheduler is ${scheduler}: only BFQ has a weight for one disk.`,
    hint: `Run \`echo bfq > /sys/dev/block/${device.major}:${device.minor}/queue/scheduler\` as root, or remove the entry.`,
  }
}

/** True if the weights of this kernel are those of BFQ. */
async function usesBfq(host: HostReader): Promise<boolean> {
  const cgroups = await host.cgroups()
  const root = controllerDir(cgroups, blockIoController(cgroups.mode), '')
  for (const name of await host.readSubfolders(root)) {
    const file = await weightFileIn(host, cgroups, join(root, name))
    if (file !== undefined) return file.includes('bfq')
  }
  return false
}

/** True if no disk of this host uses weights: none has the scheduler BFQ, and the kernel's own weights are off. Reads only. */
export async function ignoresWeights(host: HostReader): Promise<boolean> {
  const cost = await host.readFile('/sys/fs/cgroup/io.cost.qos').catch(() => undefined)
  if (/\benable=1\b/.test(cost ?? '')) return false
  for (const name of await host.readDir('/sys/block'))
    if ((await schedulerOf(host, join('/sys/block', name))) === 'bfq') return false
  return true
}
