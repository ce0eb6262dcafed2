import type { HostReader } from '../host.ts'

/** One line of /proc/self/mountinfo (proc(5)). */
export interface MountEntry {
  /** The number of the file system, e.g. `0:57`. */
  readonly device: string
  /** The folder of the file system that is mounted. */
  readonly root: string
  readonly target: string
  /** Flags of this mount, e.g. `noexec`. */
  readonly options: readonly string[]
  /** The type of the file system, e.g. `nfs4`. */
  readonly type: string
  /** The device, or the share of a server. */
  readonly source: string
  readonly superOptions: readonly string[]
}

/** Decodes blanks and backslashes, which mountinfo writes in octal. */
const unescapeOctal = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

export function parseMountinfo(text: string): readonly MountEntry[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [left = '', right = ''] = line.split(' - ')
      const fields = left.split(' ')
      const [type = '', source = '', superOptions = ''] = right.split(' ')
      return {
        device: fields[2] ?? '',
        root: unescapeOctal(fields[3] ?? ''),
        target: unescapeOctal(fields[4] ?? ''),
        options: (fields[5] ?? '').split(','),
        type,
        source: unescapeOctal(source),
        superOptions: unescapeOctal(superOptions).split(','),
      }
    })
}

/** All mounts of this process's mount namespace, oldest first: of two on one target the later one is visible. */
export const readMounts = async (host: HostReader): Promise<readonly MountEntry[]> =>
  parseMountinfo((await host.readFile('/proc/self/mountinfo')) ?? '')

/** Targets at or below a path on which something is mounted, deepest first. */
export const mountsBelow = async (host: HostReader, path: string): Promise<readonly string[]> =>
  (await readMounts(host))
    .map((entry) => entry.target)
    .filter((target) => target === path || target.startsWith(`${path}/`))
    .reverse()

/** The mountinfo texts of all processes on the host, including those in containers. */
export async function mountsOfAll(host: HostReader): Promise<string> {
  const pids = (await host.readDir('/proc')).filter((name) => /^\d+$/.test(name))
  // The kernel returns an error for a process that is ending.
  const texts = await Promise.all(pids.map((pid) => host.readFile(`/proc/${pid}/mountinfo`).catch(() => undefined)))
  return [...new Set(texts)].join('\n')
}
