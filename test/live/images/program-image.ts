import { execFileSync } from 'node:child_process'
import { appendFileSync, chownSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { importImage, makeRootfs, type Registry } from './registry.ts'

export interface ImageParts {
  readonly config: Record<string, unknown>
  /** Programs of this host, which come with all their libraries. */
  readonly programs?: readonly string[]
  /** Files and folders of this host, at the same paths. */
  readonly copies?: readonly string[]
  /** Scripts by their paths. */
  readonly files?: Readonly<Record<string, string>>
  /** Folders with their owners. */
  readonly owned?: Readonly<Record<string, number>>
  readonly users?: Readonly<Record<string, number>>
}

/** Makes an image with these parts and busybox under all its names, and pushes it as docker.io/NAME:VERSION would be found. */
export function buildProgramImage(registry: Registry, name: string, version: string, parts: ImageParts): void {
  const folder = makeRootfs(registry, name)
  const root = join(folder, 'rootfs')
  addApplets(root)
  addCopies(root, parts)
  addFiles(root, parts)
  // zstd takes a fraction of the time of gzip.
  importImage(registry, folder, parts.config, `${name}:${version}`, ['--compression-format', 'zstd'])
}

function addApplets(root: string): void {
  for (const applet of execFileSync('busybox', ['--list'], { encoding: 'utf8' }).trim().split('\n'))
    if (!existsSync(join(root, 'bin', applet))) symlinkSync('busybox', join(root, 'bin', applet))
}

function addCopies(root: string, { programs = [], copies = [] }: ImageParts): void {
  const paths = new Set([...programs, ...programs.flatMap(librariesOf), ...copies])
  if (paths.size === 0) return
  // Links become the files that they lead to.
  const archive = execFileSync('tar', ['-chPf', '-', ...paths], { maxBuffer: 2 ** 30 })
  execFileSync('tar', ['-xf', '-', '-C', root], { input: archive, stdio: ['pipe', 'ignore', 'ignore'] })
}

function addFiles(root: string, { files = {}, owned = {}, users = {} }: ImageParts): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text, { mode: 0o755 })
  }
  for (const [user, id] of Object.entries(users)) {
    appendFileSync(join(root, 'etc/passwd'), `${user}:x:${id}:${id}::/:/bin/sh\n`)
    appendFileSync(join(root, 'etc/group'), `${user}:x:${id}:\n`)
  }
  for (const [path, id] of Object.entries(owned)) {
    mkdirSync(join(root, path), { recursive: true })
    chownSync(join(root, path), id, id)
  }
}

/** The shared libraries of a program, by the paths at which it looks for them. */
const librariesOf = (program: string): readonly string[] =>
  [...execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => path)
