import { posix } from 'node:path'
import type { Mount as StatedMount } from '../../generated/stack-file.ts'
import type { Mount } from '../../providers/container/spec.ts'
import { address } from '../../providers/provider.ts'
import { didYouMean } from '../suggest.ts'
import { parseSize } from '../units.ts'
import { type Context, list, told, Wrong } from './context.ts'

/** Mounts of a container: `volumes:` in both forms and `tmpfs:`; each target once. */
export function normaliseMounts(
  context: Context,
  name: string,
  volumes: readonly StatedMount[],
  tmpfs: string | readonly string[] | undefined,
): readonly Mount[] {
  const mounts: Mount[] = []
  const add = (path: readonly (string | number)[], read: () => Mount): void => {
    const mount = told<Mount | undefined>(
      context,
      'bad-mount',
      path,
      undefined,
      read,
      'Write `SOURCE:TARGET[:ro]` with an absolute target.',
    )
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
    add(['containers', name, 'volumes', index], () =>
      typeof stated === 'string' ? fromShort(context, stated) : fromLong(context, stated),
    )
  for (const [index, stated] of (list(tmpfs) ?? []).entries())
    add(['containers', name, 'tmpfs', index], () => fromTmpfs(stated))
  return mounts
}

function fromShort(context: Context, text: string): Mount {
  const [first = '', second, options = ''] = text.split(':')
  if (text.split(':').length > 3) throw new Error(`"${text}" has too many parts`)
  if (second === undefined) return { type: 'anonymous', target: target(first) }
  const flags = options.split(',').filter(Boolean)
  const unknown = flags.find(
    (flag) =>
      ![
        'ro',
        'rw',
        'z',
        'Z',
        'nocopy',
        'rprivate',
        'private',
        'rshared',
        'shared',
        'rslave',
        'slave',
        'cached',
        'delegated',
        'consistent',
      ].includes(flag),
  )
  if (unknown !== undefined) throw new Error(`the option "${unknown}" is not known`)
  const read_only = flags.includes('ro')
  if (first.startsWith('/')) {
    const propagation = flags.find((flag) => /private|shared|slave/.test(flag)) ?? 'rprivate'
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
  if (stated.type === 'tmpfs') {
    return {
      type: 'tmpfs',
      target: at,
      size: parseSize(stated.tmpfs?.size ?? 0),
      mode: mode(stated.tmpfs?.mode ?? '1777'),
    }
  }
  if (stated.type === 'volume') {
    if (stated.source === undefined) return { type: 'anonymous', target: at }
    return {
      type: 'volume',
      volume: volume(context, stated.source),
      target: at,
      read_only,
      nocopy: stated.volume?.nocopy ?? false,
    }
  }
  if (stated.source === undefined) throw new Error('a bind needs `source`')
  const { propagation = 'rprivate', create_host_path = true } = stated.bind ?? {}
  return { type: 'bind', source: source(stated.source), target: at, read_only, propagation, create_host_path }
}

function fromTmpfs(text: string): Mount {
  const [path = '', options = ''] = text.split(':')
  let size = 0
  let permissions = '1777'
  for (const option of options.split(',').filter(Boolean)) {
    const [key = '', value = ''] = option.split('=')
    if (key === 'size') size = parseSize(value)
    else if (key === 'mode') permissions = value
    else if (!['rw', 'noexec', 'nosuid', 'nodev'].includes(key)) throw new Error(`the option "${key}" is not known`)
  }
  return { type: 'tmpfs', target: target(path), size, mode: mode(permissions) }
}

/** Octal permissions, as a text: YAML reads 0440 as four hundred and forty. Throws on anything else. */
export const mode = (stated: string): string => {
  if (!/^0?[0-7]{3,4}$/.test(stated)) throw new Error(`"${stated}" are no octal permissions`)
  return stated.padStart(4, '0')
}

/** overlayfs and mount options have no way to write these. */
const unsafe = /[\n\0]/

export function target(path: string): string {
  if (!path.startsWith('/')) throw new Error(`the target "${path}" is not absolute`)
  if (path.split('/').includes('..')) throw new Error(`the target "${path}" climbs out with ".."`)
  const plain = posix.normalize(path).replace(/(?<=.)\/$/, '')
  if (plain === '/' || unsafe.test(plain)) throw new Error(`"${path}" cannot be a target`)
  if (/^\/(proc|sys|dev)$/.test(plain)) throw new Error(`${plain} is the runtime’s own`)
  return plain
}

function source(path: string): string {
  if (!path.startsWith('/') || unsafe.test(path)) throw new Error(`the source "${path}" is not absolute`)
  return posix.normalize(path).replace(/(?<=.)\/$/, '')
}

function volume(context: Context, name: string) {
  const known = Object.keys(context.data.volumes ?? {})
  if (!known.includes(name))
    throw new Wrong(
      `there is no volume "${name}" under \`volumes:\`.${didYouMean(name, known)}`,
      `Add \`${name}:\` under \`volumes:\`, or write a path that starts with ./ or / to bind a folder of the host.`,
    )
  return address(context.stack, 'volume', name)
}
