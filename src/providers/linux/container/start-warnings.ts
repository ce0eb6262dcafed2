import type { Diagnostic } from '../../../model/errors.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import { effectiveArgs } from '../../../model/kinds/effective-config.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import type { ReadContext } from '../../provider.ts'
import { isUnpacked, readImageConfig } from '../image/store.ts'
import { ignoresWeights } from './block-io/problems.ts'
import { bareShellHint, bareShellText, isBareShell } from './process/bare-shell.ts'

/**
 * Warnings about containers that will end at once, and about weights of block I/O without effect. Only an image that is unpacked shows its
 * command. Reads only.
 */
export async function startWarnings(
  read: ReadContext,
  items: ReadonlyMap<ResourceAddress, ContainerSpec>,
): Promise<readonly Diagnostic[]> {
  const found = await Promise.all(
    [...items].map(async ([address, spec]) => [
      ...((await endsAtOnce(read, spec)) ? [bareShell(address)] : []),
      ...((await hasUselessWeight(read, spec)) ? [uselessWeight(address)] : []),
    ]),
  )
  return found.flat()
}

async function endsAtOnce(read: ReadContext, spec: ContainerSpec): Promise<boolean> {
  const { image_digest: digest = '', keep_alive } = spec
  if (keep_alive || !(await read.once(`unpacked ${digest}`, () => isUnpacked(read.host, read.paths, digest))))
    return false
  const image = await read.once(`image-config ${digest}`, () => readImageConfig(read.host, read.paths, digest))
  return isBareShell(effectiveArgs(spec, image), spec)
}

const hasUselessWeight = async (read: ReadContext, { blkio_config }: ContainerSpec): Promise<boolean> =>
  blkio_config !== undefined && blkio_config.weight > 0 && read.once('weights ignored', () => ignoresWeights(read.host))

const uselessWeight = (address: ResourceAddress): Diagnostic => ({
  code: 'weight-without-effect',
  message: `The \`weight\` of ${parseResourceAddress(address).name} in \`blkio_config\` has no effect now: no disk of this host has the scheduler BFQ.`,
  hint: 'Run `echo bfq > /sys/block/DISK/queue/scheduler` as root. Limits of devices work with each scheduler.',
  address,
})

/** Pure. */
export const bareShell = (address: ResourceAddress): Diagnostic => ({
  code: 'bare-shell',
  message: `${parseResourceAddress(address).name} ${bareShellText}.`,
  hint: bareShellHint,
  address,
})
