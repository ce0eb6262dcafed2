import { posix } from 'node:path'
import type { Mount as StatedMount } from '../../../generated/stack-file.ts'
import type { Mount, MountFlag } from '../../../model/kinds/container.ts'
import { resourceAddress } from '../../../model/resource-address.ts'
import { ownValue } from '../../../model/values/own-value.ts'
import { didYouMean } from '../../check/suggest.ts'
import { type Context, collectError, InputError, list, namesOf } from '../context.ts'
import { mountFlagNames, mountFlags } from './mount-flags.ts'
import { mountParts } from './mount-parts.ts'
import { tmpfsOptions } from './tmpfs.ts'

/** The mounts of a container from `volumes` (both forms) and `tmpfs`. Each target may occur once. */
export function normaliseMounts(
  context: Context,
  name: string,
  volumes: readonly StatedMount[],
  tmpfs: string | readonly string[] | undefined,
): readonly Mount[] {
  const mounts: Mount[] = []
  const add = (path: readonly (string | number)[], read: () => Mount, hint: string): void => {
    const mount = collectError<Mount | undefined>(context, 'bad-mount', path, undefined, read, hint)
    if (mount === undefined) return
    if (mounts.some((one) => one.target === mount.target))
      context.problems.add(
        'bad-mount',
        path,
        `Two mounts of "${name}" have the target ${mount.target}.`,
        'Remove one of them.',
      )
    mounts.push(mount)
  }
  for (const [index, declared] of volumes.entries())
    add(
      ['containers', name, 'volumes', index],
      () => (typeof declared === 'string' ? fromShort(context, declared) : fromLong(context, declared)),
      'Write `SOURCE:TARGET[:OPTIONS]` with an absolute target, e.g. `./data:/data:ro,noexec`.',
    )
  for (const [index, declared] of (list(tmpfs) ?? []).entries())
    add(['containers', name, 'tmpfs', index], () => fromTmpfs(declared), 'Write `/PATH:size=64m,mode=0750,uid=1000`.')
  return mounts
}

const propagations = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave']
/**
 * Options of Compose files that have no effect here: containers have no SELinux labels, and there is no virtual machine with a file
 * sharing cache.
 */
const meaningless = ['z', 'Z', 'cached', 'delegated', 'consistent']

function fromShort(context: Context, text: string): Mount {
  const [first, second, options = '', ...more] = mountParts(text)
  if (more.length > 0) throw new Error(`"${text}" has too many parts`)
  if (second === undefined) return { type: 'anonymous', target: target(first) }
  const flags = options.split(',').filter((flag) => flag !== '' && !meaningless.includes(flag))
  const isBind = first.startsWith('/')
  const known = ['ro', 'rw', ...(isBind ? propagations : ['nocopy']), ...mountFlagNames]
  const unknown = flags.find((flag) => !known.includes(flag))
  if (unknown === 'nocopy') throw new Error('`nocopy` is for volumes: a bind is never filled from the image')
  if (unknown !== undefined && propagations.includes(unknown))
    throw new Error(`\`${unknown}\` is for binds only: nothing is mounted below a volume`)
  if (unknown !== undefined) throw new Error(`the option "${unknown}" is not known; known here: ${known.join(', ')}`)
  if (flags.includes('ro') && flags.includes('rw')) throw new Error('`ro` and `rw` contradict each other')
  const read_only = flags.includes('ro')
  if (isBind) {
    const propagation = flags.find((flag) => propagations.includes(flag)) ?? 'rprivate'
    return {
      type: 'bind',
      source: source(first),
      target: target(second),
      read_only,
      propagation,
      create_host_path: true,
      ...flagOptions(flags),
    }
  }
  return {
    type: 'volume',
    volume: volume(context, first),
    target: target(second),
    read_only,
    nocopy: flags.includes('nocopy'),
    ...flagOptions(flags),
  }
}

/** Without flags there is no field, as in records of older versions. */
function flagOptions(names: readonly string[] = []): { readonly options?: readonly MountFlag[] } {
  const options = mountFlags(names)
  return options.length > 0 ? { options } : {}
}

function fromLong(context: Context, declared: Exclude<StatedMount, string>): Mount {
  const path = target(declared.target)
  const read_only = declared.read_only ?? false
  for (const kind of ['bind', 'volume', 'tmpfs'] as const)
    if (declared[kind] !== undefined && kind !== declared.type)
      throw new Error(`\`${kind}\` has options that the type ${declared.type} does not use`)
  if (declared.type === 'tmpfs') {
    if (declared.source !== undefined) throw new Error('a tmpfs has no `source`')
    const { size, mode, options = [] } = declared.tmpfs ?? {}
    const all = [...(size === undefined ? [] : [`size=${size}`]), ...(mode === undefined ? [] : [`mode=${mode}`])]
    return { type: 'tmpfs', target: path, ...tmpfsOptions([...all, ...options, ...(read_only ? ['ro'] : [])]) }
  }
  if (declared.type === 'volume') {
    if (declared.source === undefined) {
      if (read_only || declared.volume?.nocopy)
        throw new Error('a volume without `source` cannot be `read_only` or `nocopy`: it would always be empty')
      return { type: 'anonymous', target: path, ...flagOptions(declared.volume?.options) }
    }
    return {
      type: 'volume',
      volume: volume(context, declared.source),
      target: path,
      read_only,
      nocopy: declared.volume?.nocopy ?? false,
      ...flagOptions(declared.volume?.options),
    }
  }
  return longBind(declared, path, read_only)
}

function longBind(declared: Exclude<StatedMount, string>, target: string, read_only: boolean): Mount {
  if (declared.source === undefined) throw new Error('a bind needs `source`')
  const { propagation = 'rprivate', create_host_path = true, recursive = 'enabled' } = declared.bind ?? {}
  if ((recursive === 'writable' || recursive === 'readonly') && !read_only)
    throw new InputError(
      `\`recursive: ${recursive}\` needs \`read_only: true\``,
      'Add `read_only: true`, or remove `recursive`.',
    )
  // Later mounts on the host become visible in the container.
  if (recursive === 'readonly' && propagation !== 'rprivate')
    throw new InputError(
      `\`recursive: readonly\` needs \`propagation: rprivate\`, not ${propagation}`,
      'Remove one of them.',
    )
  return {
    type: 'bind',
    source: source(declared.source),
    target,
    read_only,
    propagation,
    create_host_path,
    ...(recursive !== 'enabled' && { recursive }),
    ...flagOptions(declared.bind?.options),
  }
}

/** `PATH[:OPTION,...]`. */
function fromTmpfs(text: string): Mount {
  const [path = '', options = '', ...more] = text.split(':')
  if (more.length > 0) throw new Error(`"${text}" has too many parts`)
  return { type: 'tmpfs', target: target(path), ...tmpfsOptions(options.split(',').filter(Boolean)) }
}

/** Characters that mount options of overlayfs cannot contain. */
const unsafe = /[\n\0]/

/** Files of /proc that a mount may cover, as with Docker: they show the size and the load of the host. */
const fakeable = [
  ...['cpuinfo', 'diskstats', 'loadavg', 'meminfo', 'slabinfo', 'stat', 'swaps', 'uptime'],
  'net/dev',
].map((name) => `/proc/${name}`)

export function target(path: string): string {
  if (!path.startsWith('/')) throw new Error(`the target "${path}" is not absolute`)
  if (path.split('/').includes('..')) throw new Error(`the target "${path}" contains ".."`)
  const plain = posix.normalize(path).replace(/(?<=.)\/$/, '')
  if (plain === '/' || unsafe.test(plain)) throw new Error(`"${path}" cannot be a target`)
  if (/^\/(proc|sys|dev)$/.test(plain)) throw new Error(`${plain} belongs to the runtime`)
  if (plain.startsWith('/proc/') && !fakeable.includes(plain))
    throw new InputError(
      `the target ${plain} is in /proc, which shows the container’s own processes`,
      `Only the files of lxcfs can be mounted there: ${fakeable.join(', ')}.`,
    )
  return plain
}

function source(path: string): string {
  if (!path.startsWith('/')) throw new Error(`the source "${path}" is not absolute`)
  if (unsafe.test(path)) throw new Error(`the source ${JSON.stringify(path)} contains a line break`)
  return posix.normalize(path).replace(/(?<=.)\/$/, '')
}

function volume(context: Context, name: string) {
  if (ownValue(context.data.volumes, name) === undefined || name.startsWith('x-'))
    throw new InputError(
      `there is no volume "${name}" under \`volumes:\`.${context.problems.full ? '' : didYouMean(name, namesOf(context.data.volumes))}`,
      `Add \`${name}:\` under \`volumes:\`, or write a path that starts with ./ or / to bind a folder of the host.`,
    )
  return resourceAddress(context.stack, 'volume', name)
}
