import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { HostReader } from '../../../host/host.ts'
import { refusedError } from '../../../model/errors.ts'
import type { ImageConfig } from '../../../model/kinds/image.ts'
import type { ReadContext, WriteContext } from '../../provider.ts'

/** Part of the digest. Change it together with `files`, so that the image gets a new digest. */
const recipe = 'busybox-1'
const places = ['/bin/busybox', '/usr/bin/busybox', '/sbin/busybox']
const interpreterSegment = 3

/** Digests of binaries, by path and stamp: `heropods watch` needs them at every observation. */
const known = new Map<string, string>()

/** The host's static busybox, and the digest of its image. Raises `busybox-missing` (refused). */
async function staticBusybox(host: HostReader): Promise<{ path: string; digest: string }> {
  for (const path of places) {
    const stat = await host.stat(path)
    // The target of a link can change although the link does not, so links have no stamp.
    const stamp = stat?.kind === 'file' ? [path, stat.inode, stat.size, stat.mtimeMs].join() : undefined
    const digest = known.get(stamp ?? '') ?? digestOf(await host.readBytes(path))
    if (digest === undefined) continue
    if (stamp !== undefined) known.set(stamp, digest)
    return { path, digest }
  }
  throw refusedError({
    code: 'busybox-missing',
    message: 'The built-in image busybox is made from the host’s static busybox, and there is none.',
    hint: 'Install it: `apt install busybox-static` (Debian, Ubuntu) or `dnf install busybox` (Fedora).',
  })
}

const digestOf = (bytes: Buffer | undefined): string | undefined =>
  bytes && isStatic(bytes) ? `sha256:${createHash('sha256').update(recipe).update(bytes).digest('hex')}` : undefined

/** True for a 64-bit little-endian ELF file without an interpreter (elf(5), PT_INTERP). Pure. */
export function isStatic(elf: Buffer): boolean {
  if (elf.length < 64 || elf.toString('latin1', 1, 4) !== 'ELF' || elf[4] !== 2) return false
  const start = Number(elf.readBigUInt64LE(32))
  const size = elf.readUInt16LE(54)
  const count = elf.readUInt16LE(56)
  return Array.from({ length: count }, (_, index) => elf.readUInt32LE(start + index * size)).every(
    (type) => type !== interpreterSegment,
  )
}

/** Digest of the image that this host would make now. Reads only. */
export const busyboxDigest = (read: ReadContext): Promise<string> =>
  read.once('busybox-digest', async () => (await staticBusybox(read.host)).digest)

const files: Readonly<Record<string, string>> = {
  'etc/passwd':
    'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nwww-data:x:33:33:www-data:/var/www:/bin/false\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n',
  'etc/group': 'root:x:0:\ndaemon:x:1:\nwww-data:x:33:\nnogroup:x:65534:\n',
  'etc/os-release': 'NAME="HeroPods busybox"\nID=busybox\n',
}

/** Makes the root file system of the built-in image. */
export async function makeBusybox(write: WriteContext, rootfs: string): Promise<ImageConfig> {
  const { host } = write
  const { path } = await staticBusybox(host)
  for (const folder of [
    'bin',
    'etc',
    'root',
    'proc',
    'sys',
    'dev',
    'run',
    'var/www',
    'usr/bin',
    'usr/sbin',
    'sbin',
    'home',
  ])
    await host.makeDir(join(rootfs, folder), 0o755)
  await host.makeDir(join(rootfs, 'tmp'))
  await host.setMode(join(rootfs, 'tmp'), 0o1777)
  await host.copyFile(path, join(rootfs, 'bin/busybox'))
  await host.setMode(join(rootfs, 'bin/busybox'), 0o755)
  const applets = (await host.query({ program: path, args: ['--list'] })).stdout.split('\n')
  for (const applet of applets)
    if (/^[\w.[-]+$/.test(applet) && applet !== 'busybox') await host.symlink('busybox', join(rootfs, 'bin', applet))
  for (const [file, content] of Object.entries(files))
    await host.writeFile(join(rootfs, file), content, { mode: 0o644 })
  return { Cmd: ['sh'], Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] }
}
