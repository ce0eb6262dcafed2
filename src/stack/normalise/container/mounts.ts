import { posix } from 'node:path'
import type { Mount as StatedMount } from '../../../generated/stack-file.ts'
import { address } from '../../../model/address.ts'
import type { Mount } from '../../../model/kinds/container.ts'
import { own } from '../../../model/values/own.ts'
import { didYouMean } from '../../check/suggest.ts'
import { type Context, collectError, InputError, list, namesOf } from '../context.ts'
import { mountParts } from './mount-parts.ts'
import { tmpfsOptions } from './tmpfs.ts'

/** Mounts of a container: `volumes:` in both forms and `tmpfs:`; each target once. */
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
        'Keep one of them.',
      )
    mounts.push(mount)
  }
  for (const [index, stated] of volumes.entries())
    add(
      ['containers', name, 'volumes', index],
      () => (typeof stated === 'string' ? fromShort(context, stated) : fromLong(context, stated)),
      'Write `SOURCE:TARGET[:ro]` with an absolute target.',
    )
  for (const [index, stated] of (list(tmpfs) ?? []).entries())
    add(['containers', name, 'tmpfs', index], () => fromTmpfs(stated), 'Write `/PATH:size=64m,mode=0750,uid=1000`.')
  return mounts
}

const propagations = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave']
/**
 * Taken from Compose files without effect, since there is nothing they could do here: containers have no SELinux label of their own that
 * files would have to carry, and there is no file sharing with a virtual machine whose cache could be tuned.
 */
const meaningless = ['z', 'Z', 'cached', 'delegated', 'consistent']

function fromShort(context: Context, text: string): Mount {
  const [first, second, options = '', ...more] = mountParts(text)
  if (more.length > 0) throw new Error(`"${text}" has too many parts`)
  if (second === undefined) return { type: 'anonymous', target: target(first) }
  const flags = options.split(',').filter((flag) => flag !== '' && !meaningless.includes(flag))
  const isBind = first.startsWith('/')
  const known = ['ro', 'rw', ...(isBind ? propagations : ['nocopy'])]
  const unknown = flags.find((flag) => !known.includes(flag))
  if (unknown === 'nocopy') throw new Error('`nocopy` is for volumes: a bind is never filled from the image')
  if (unknown !== undefined && propagations.includes(unknown))
    throw new Error(`\`${unknown}\` is for binds: nothing else is mounted below a volume`)
  if (unknown !== undefined) throw new Error(`the option "${unknown}" is not known`)
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
    }
  }
  return {
    type: 'volume',
    volume: volume(context, first),
    target: target(second),
    read_only,
    nocopy: flags.includes('nocopy'),
  }
}

function fromLong(context: Context, stated: Exclude<StatedMount, string>): Mount {
  const at = target(stated.target)
  const read_only = stated.read_only ?? false
  for (const kind of ['bind', 'volume', 'tmpfs'] as const)
    if (stated[kind] !== undefined && kind !== stated.type)
      throw new Error(`\`${kind}\` has options of another type than ${stated.type}`)
  if (stated.type === 'tmpfs') {
    if (stated.source !== undefined) throw new Error('a tmpfs has no `source`')
    const { size, mode, options = [] } = stated.tmpfs ?? {}
    const all = [...(size === undefined ? [] : [`size=${size}`]), ...(mode === undefined ? [] : [`mode=${mode}`])]
    return { type: 'tmpfs', target: at, ...tmpfsOptions([...all, ...options, ...(read_only ? ['ro'] : [])]) }
  }
  if (stated.type === 'volume') {
    if (stated.source === undefined) {
      if (read_only || stated.volume?.nocopy)
        throw new Error('a volume without `source` is neither `read_only` nor `nocopy`: nothing could ever be in it')
      return { type: 'anonymous', target: at }
    }
    return {
      type: 'volume',
      volume: volume(context, stated.source),
      target: at,
      read_only,
      nocopy: stated.volume?.nocopy ?? false,
    }
  }
  return longBind(stated, at, read_only)
}

function longBind(stated: Exclude<StatedMount, string>, at: string, read_only: boolean): Mount {
  if (stated.source === undefined) throw new Error('a bind needs `source`')
  const { propagation = 'rprivate', create_host_path = true, recursive = 'enabled' } = stated.bind ?? {}
  if ((recursive === 'writable' || recursive === 'readonly') && !read_only)
    throw new InputError(
      `\`recursive: ${recursive}\` goes with \`read_only: true\``,
      'Set it too, or leave `recursive` out.',
    )
  // What is mounted on the host later comes in as it is there.
  if (recursive === 'readonly' && propagation !== 'rprivate')
    throw new InputError(
      `\`recursive: readonly\` goes with \`propagation: rprivate\`, not ${propagation}`,
      'Leave one of them out.',
    )
  return {
    type: 'bind',
    source: source(stated.source),
    target: at,
    read_only,
    propagation,
    create_host_path,
    ...(recursive !== 'enabled' && { recursive }),
  }
}

/** `PATH[:OPTION,...]`. */
function fromTmpfs(text: string): Mount {
  const [path = '', options = '', ...more] = text.split(':')
  if (more.length > 0) throw new Error(`"${text}" has too many parts`)
  return { type: 'tmpfs', target: target(path), ...tmpfsOptions(options.split(',').filter(Boolean)) }
}

/** overlayfs and mount options have no way to write these. */
const unsafe = /[\n\0]/

/** Files of /proc that may be mounted over, as with Docker: what tells of the host's size and load. */
const fakeable = [
  ...['cpuinfo', 'diskstats', 'loadavg', 'meminfo', 'slabinfo', 'stat', 'swaps', 'uptime'],
  'net/dev',
].map((name) => `/proc/${name}`)

export function target(path: string): string {
  if (!path.startsWith('/')) throw new Error(`the target "${path}" is not absolute`)
  if (path.split('/').includes('..')) throw new Error(`the target "${path}" climbs out with ".."`)
  const plain = posix.normalize(path).replace(/(?<=.)\/$/, '')
  if (plain === '/' || unsafe.test(plain)) throw new Error(`"${path}" cannot be a target`)
  if (/^\/(proc|sys|dev)$/.test(plain)) throw new Error(`${plain} is the runtime’s own`)
  if (plain.startsWith('/proc/') && !fakeable.includes(plain))
    throw new InputError(
      `the target ${plain} lies in /proc, which shows the container’s own processes`,
      `Only what lxcfs replaces can be mounted there: ${fakeable.join(', ')}.`,
    )
  return plain
}

function source(path: string): string {
  if (!path.startsWith('/')) throw new Error(`the source "${path}" is not absolute`)
  if (unsafe.test(path)) throw new Error(`the source ${JSON.stringify(path)} holds a line break`)
  return posix.normalize(path).replace(/(?<=.)\/$/, '')
}

function volume(context: Context, name: string) {
  if (own(context.data.volumes, name) === undefined || name.startsWith('x-'))
    throw new InputError(
      `there is no volume "${name}" under \`volumes:\`.${context.problems.full ? '' : didYouMean(name, namesOf(context.data.volumes))}`,
      `Add \`${name}:\` under \`volumes:\`, or write a path that starts with ./ or / to bind a folder of the host.`,
    )
  return address(context.stack, 'volume', name)
}
