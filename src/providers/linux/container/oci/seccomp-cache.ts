import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Paths } from '../../../../host/files/paths.ts'
import { FileFault, readPlainText } from '../../../../host/files/plain-file.ts'
import type { Host } from '../../../../host/host.ts'
import { refusedError } from '../../../../model/errors.ts'
import { parseProfile, type SeccompProfile } from '../../../../model/kinds/seccomp-profile.ts'
import { specHash } from '../../../../model/values/stable-json.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import { ociSeccomp } from './seccomp.ts'

const largestProfile = 2 ** 20
const defaultProfiles = ['/usr/share/containers/seccomp.json', '/etc/containers/seccomp.json']

/** A container's filter: its rules, and the key of its compiled form in the cache. */
export interface SeccompFilter {
  readonly rules: Readonly<Record<string, unknown>>
  readonly key: string
}

/** The filter that `seccomp:` names for these capabilities; undefined: none. Raises `seccomp-profile` (refused). */
export async function seccompFilter(
  read: ReadContext,
  seccomp: string,
  capabilities: readonly string[],
): Promise<SeccompFilter | undefined> {
  if (seccomp === 'unconfined') return undefined
  // Most containers of a run have the same one, and its hash takes a millisecond.
  return read.once(`seccomp filter ${seccomp} ${capabilities.join()}`, async () => {
    const profile = await readProfile(read, seccomp)
    const rules = ociSeccomp(profile, capabilities, seccomp === 'default')
    return { rules, key: specHash([rules, await compilerVersion(read)]) }
  })
}

/** Reads the profile that `seccomp:` names. Raises `seccomp-profile` (refused). */
export const readProfile = (read: ReadContext, seccomp: string): Promise<SeccompProfile> =>
  read.once(`seccomp ${seccomp}`, async () => {
    for (const path of seccomp === 'default' ? defaultProfiles : [seccomp]) {
      const profile = readProfileFile(path)
      if (profile !== undefined) return profile
    }
    throw refusedError({
      code: 'seccomp-profile',
      message:
        seccomp === 'default'
          ? 'The default seccomp profile is not installed.'
          : `There is no seccomp profile at ${seccomp}.`,
      hint: 'It comes with containers-common: `apt install golang-github-containers-common` or `dnf install containers-common`.',
    })
  })

/** Reads a profile file; undefined: there is none. Raises `seccomp-profile` (refused). */
function readProfileFile(path: string): SeccompProfile | undefined {
  try {
    return parseProfile(readPlainText(path, largestProfile), path)
  } catch (error) {
    if (error instanceof FileFault && error.reason === 'absent') return undefined
    throw refusedError({
      code: 'seccomp-profile',
      message: `The seccomp profile cannot be used: ${(error as Error).message}.`,
      hint: 'Name a profile as Docker and containers-common write it, `default` or `unconfined`.',
    })
  }
}

/** Identifies the versions of crun and libseccomp, on which the compiled form depends, by their files. */
const compilerVersion = (read: ReadContext): Promise<string> =>
  read.once('crun-version', async () => {
    const places = ['/usr/local/bin/crun', '/usr/bin/crun', ...(await libraries(read))]
    const stats = await Promise.all(places.map((path) => read.host.stat(path)))
    return stats.map((stat) => (stat ? `${stat.inode}:${stat.size}:${stat.mtimeMs}` : '-')).join(' ')
  })

async function libraries({ host }: ReadContext): Promise<readonly string[]> {
  const folders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib']
  const found = await Promise.all(
    folders.map(async (folder) =>
      (await host.readDir(folder)).filter((name) => /^libseccomp\.so\./.test(name)).map((name) => join(folder, name)),
    ),
  )
  return found.flat()
}

const cachePath = (paths: Paths, key: string): string => join(paths.data, 'seccomp', `${key}.bpf`)
const checksum = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()
const checksumLength = 32

/** The compiled filter of an earlier start; undefined: there is none, or its file is not complete. */
export async function cachedFilter({ host, paths }: ReadContext, key: string): Promise<Buffer | undefined> {
  const bytes = await host.readBytes(cachePath(paths, key))
  if (bytes === undefined || bytes.length <= checksumLength) return undefined
  const filter = bytes.subarray(checksumLength)
  return checksum(filter).equals(bytes.subarray(0, checksumLength)) ? filter : undefined
}

/** Caches the filter that crun has compiled for the container in `stateFolder`. */
export async function keepFilter(write: WriteContext, key: string, stateFolder: string): Promise<void> {
  const filter = await write.host.readBytes(join(stateFolder, 'seccomp.bpf'))
  if (filter === undefined || filter.length === 0) return
  await store(write.host, cachePath(write.paths, key), filter)
}

const store = (host: Host, path: string, filter: Buffer): Promise<void> =>
  host.writeFile(path, Buffer.concat([checksum(filter), filter]))
