import { posix, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FileStat } from '../../../host/contract/files.ts'
import { workingFolder } from '../../../host/files/paths.ts'
import { ExitCode, HeroPodsError, messageOf, refusedError } from '../../../model/errors.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { withEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { namedContainers } from '../../not-created.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'
import {
  type CopyDestination,
  type CopySource,
  type CopyTarget,
  copySide,
  copyTarget,
  meansContents,
} from './copy-target.ts'

export interface CpOptions extends CommonOptions {
  /** Keep owners and set-user-ID bits. */
  readonly archive?: boolean
  /** Follow a link as the source. */
  readonly followLink?: boolean
}

interface ContainerPath {
  readonly container: ResourceAddress
  readonly path: string
}

/**
 * `heropods cp`: copies a file or folder between this host and a container, which need not run; `-` is a tar archive on standard input or
 * output. Raises `usage`, `unknown-container`, `ambiguous-name`, `not-running` (refused), `not-copied`.
 */
export async function cp(from: string, to: string, options: CpOptions): Promise<number> {
  const [source, target] = [copySide(from), copySide(to)]
  if ((source.type === 'container') === (target.type === 'container'))
    throw refusedError({
      code: 'usage',
      message: 'One of the two paths must be NAME:PATH, a path of a container.',
      hint: 'For example, `heropods cp web:/etc/hosts .` copies a file out of web.',
    })
  await withEngine(options, async (engine) => {
    if (source.type === 'container') await copyOut(engine, await inContainer(engine, source), to, options)
    else if (target.type === 'container') await copyIn(engine, from, await inContainer(engine, target), options)
  })
  return ExitCode.done
}

async function inContainer(
  engine: Engine,
  { name, path }: { readonly name: string; readonly path: string },
): Promise<ContainerPath> {
  const [first, ...others] = await namedContainers(engine, name)
  if (others.length === 0) return { container: first.address, path }
  throw refusedError({
    code: 'ambiguous-name',
    message: `${name} has several replicas.`,
    hint: `Name one: ${parseResourceAddress(first.address).name}:${path}.`,
  })
}

async function copyOut(
  engine: Engine,
  { container, path }: ContainerPath,
  to: string,
  { archive: keepsOwner = false, followLink = false }: CpOptions,
): Promise<void> {
  const source = sourceOf(path, await engine.statFile(container, path), `${container}:${path}`)
  const isStream = to === '-'
  const target = isStream ? undefined : await targetOnHost(source, to)
  const name = target?.name ?? (meansContents(path) ? '.' : posix.basename(path))
  const followsLink = followLink || path.endsWith('/') || meansContents(path)
  const archive = await engine.archive(container, path, { name, followsLink, onLeftOut })
  if (target === undefined) return pipeline(archive, process.stdout, { end: false })
  const { uid, gid } = localHost.system
  const unpacked = localHost.unpackTree(target.folder, '/', archive, { owner: keepsOwner ? undefined : { uid, gid } })
  await unpacked.catch((error: unknown) => {
    throw notCopied(to, error)
  })
}

async function targetOnHost(source: CopySource, to: string): Promise<CopyTarget> {
  const path = absolute(to)
  return requireTarget(source, { path, kind: kindOf(await localHost.statTarget(path)) })
}

async function copyIn(
  engine: Engine,
  from: string,
  { container, path }: ContainerPath,
  { archive: keepsOwner = false, followLink = false }: CpOptions,
): Promise<void> {
  if (from === '-') return engine.unpack(container, path, { archive: process.stdin, owner: undefined })
  const local = absolute(from)
  const source = sourceOf(local, await localHost.statTarget(local), from)
  const target = requireTarget(source, { path, kind: kindOf(await engine.statFile(container, path)) })
  const followsLink = followLink || from.endsWith('/') || meansContents(from)
  const archive = await localHost.packTree('/', local, { name: target.name, followsLink, onLeftOut })
  await engine.unpack(container, target.folder, { archive, owner: keepsOwner ? undefined : { uid: 0, gid: 0 } })
}

/** With the `/.` at the end that `join` removes. */
const absolute = (path: string): string => {
  const full = resolve(workingFolder() ?? '/', path)
  return path !== '.' && meansContents(path) && !full.endsWith('/') ? `${full}/.` : full
}

function sourceOf(path: string, stat: FileStat | undefined, typed: string): CopySource {
  if (stat !== undefined) return { path, isFolder: stat.kind === 'folder' }
  throw notCopied(typed, new Error('it does not exist'))
}

const kindOf = (stat: FileStat | undefined): CopyDestination['kind'] =>
  stat === undefined ? undefined : stat.kind === 'folder' ? 'folder' : 'other'

function requireTarget(source: CopySource, destination: CopyDestination): CopyTarget {
  const target = copyTarget(source, destination)
  if ('folder' in target) return target
  throw new HeroPodsError({ code: 'not-copied', message: target.refusal, hint: 'Correct the second path.' })
}

const notCopied = (path: string, error: unknown): HeroPodsError =>
  error instanceof HeroPodsError
    ? error
    : new HeroPodsError({ code: 'not-copied', message: `${path}: ${messageOf(error)}.`, hint: 'Correct the path.' })

const onLeftOut = (name: string, kind: FileStat['kind']): void =>
  openTerminal().note(`Left out ${name}: it is a ${kind}, and only files, folders and links are copied.`)
