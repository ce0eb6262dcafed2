import { join } from 'node:path'
import type { HostReader } from '../../../host/host.ts'
import type { Diagnostic } from '../../../model/errors.ts'
import { hostArchitecture, interprets, parsePlatform, runsNatively } from '../../../model/kinds/images/platform.ts'
import type { ReadContext } from '../../provider.ts'
import type { LocalImage } from './local-images.ts'
import * as podman from './podman.ts'

/** True if an image in podman's storage is for a platform. Without a platform every image is. */
export async function isForPlatform(
  host: HostReader,
  { id }: LocalImage,
  platform: string | undefined,
): Promise<boolean> {
  if (platform === undefined) return true
  const { exitCode, stdout } = await host.query(podman.inspect(host.environment, id))
  return exitCode === 0 && podman.parseInspect(stdout).config.Platform === platform
}

/** The error for an image that a registry does not have for a platform. Pure. */
export const platformMissing = (ref: string, platform: string, others: readonly string[]): Diagnostic => ({
  code: 'image-platform',
  message: `${ref} has no image for ${platform}.`,
  hint:
    others.length === 0
      ? 'Its registry names no platform of it. Remove `platform`.'
      : `It has ${others.join(', ')}. Use one of them, or remove \`platform\`.`,
})

const interpreters = '/proc/sys/fs/binfmt_misc'

/** Why this host cannot run programs of a platform; undefined: it can, itself or by an emulator. */
export async function platformProblem(
  { host, once }: Pick<ReadContext, 'host' | 'once'>,
  text: string,
): Promise<Diagnostic | undefined> {
  const platform = parsePlatform(text)
  const own = hostArchitecture(host.system.architecture)
  if (runsNatively(own, platform)) return undefined
  const registered = await once('binfmt-misc', () => readInterpreters(host))
  if (registered.some((one) => interprets(one, platform))) return undefined
  return {
    code: 'image-platform',
    message: `Its image is for ${text}, and this host (linux/${own}) has no emulator for ${platform.architecture}.`,
    hint: 'Install one, e.g. `apt install qemu-user-static binfmt-support`, or remove `platform`.',
  }
}

async function readInterpreters(host: HostReader): Promise<readonly string[]> {
  const names = (await host.readDir(interpreters)).filter((name) => name !== 'register' && name !== 'status')
  const texts = await Promise.all(names.map((name) => host.readFile(join(interpreters, name)).catch(() => undefined)))
  return texts.filter((text) => text !== undefined)
}
