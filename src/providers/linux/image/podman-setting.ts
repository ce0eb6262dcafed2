import { readInstanceSettings } from '../../../host/files/instance-settings.ts'
import { type HeroPodsError, refusedError } from '../../../model/errors.ts'
import type { InstanceReader } from '../../provider.ts'

/** False if the instance must work without podman. Raises `record-damaged` (refused). */
export const usesPodman = async ({ host, paths }: InstanceReader): Promise<boolean> =>
  (await readInstanceSettings(host, paths)).use_podman ?? true

/** Raises `podman-off` (refused) if the instance must work without podman. `image`: a reference, or the path of an archive. */
export async function requirePodman(read: InstanceReader, image: string): Promise<void> {
  if (!(await usesPodman(read))) throw podmanOffError(read.paths.instance, image)
}

export const podmanOffError = (instance: string, image: string): HeroPodsError =>
  refusedError({
    code: 'podman-off',
    message: `The image ${image} needs podman, which the settings of the instance ${instance} turn off.`,
    hint: `Use an archive of a root file system (\`archive: ./image.tgz\`) or \`builtin: busybox\`. Or turn podman on: \`heropods instance set ${instance} --podman\`.`,
  })
