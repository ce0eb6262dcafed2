import type { Container } from '../../../generated/stack-file.ts'
import { decodeText } from '../../../host/files/plain-file.ts'
import { allCapabilities } from '../../../model/kinds/capabilities.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import { ulimitNames } from '../../../model/kinds/limits.ts'
import { parseProfile } from '../../../model/kinds/seccomp-profile.ts'
import { textFault } from '../../../model/values/text.ts'
import { didYouMean } from '../../check/suggest.ts'
import type { Path } from '../../read/position.ts'
import { type Context, collectError, keyValues } from '../context.ts'
import { target } from './mounts.ts'

type Security = Pick<
  ContainerSpec,
  | 'cap_add'
  | 'cap_drop'
  | 'privileged'
  | 'no_new_privileges'
  | 'seccomp'
  | 'apparmor'
  | 'devices'
  | 'ulimits'
  | 'sysctls'
>

/** The privileges and limits of the process of a container. */
export function normaliseSecurity(context: Context, name: string, declared: Container): Security {
  const path = ['containers', name]
  return {
    cap_add: capabilities(context, [...path, 'cap_add'], declared.cap_add ?? []),
    cap_drop: capabilities(context, [...path, 'cap_drop'], declared.cap_drop ?? []),
    privileged: declared.privileged ?? false,
    ...options(context, [...path, 'security_opt'], declared.security_opt ?? []),
    devices: devices(context, [...path, 'devices'], declared.devices ?? []),
    ulimits: ulimits(context, [...path, 'ulimits'], declared.ulimits ?? {}),
    sysctls: sysctls(context, [...path, 'sysctls'], declared),
  }
}

function capabilities(context: Context, path: readonly string[], declared: readonly string[]): readonly string[] {
  const plain = declared.map((name) => name.toUpperCase().replace(/^CAP_/, ''))
  for (const [index, name] of plain.entries()) {
    if (name !== 'ALL' && !allCapabilities.some((known) => known === name))
      context.problems.add(
        'bad-capability',
        [...path, index],
        `Linux has no capability ${declared[index]}.${didYouMean(name, allCapabilities)}`,
        'See capabilities(7).',
      )
  }
  return [...new Set(plain)].sort()
}

function options(
  context: Context,
  path: readonly string[],
  declared: readonly string[],
): Pick<Security, 'no_new_privileges' | 'seccomp' | 'apparmor'> {
  let [no_new_privileges, seccomp, apparmor] = [true, 'default', '']
  for (const [index, text] of declared.entries()) {
    const [key, value] = text.split(/[:=](.*)/s)
    if (key === 'no-new-privileges' && ['true', 'false', undefined, ''].includes(value))
      no_new_privileges = value !== 'false'
    else if (key === 'seccomp' && value) seccomp = profile(context, [...path, index], value)
    else if (key === 'apparmor' && value) apparmor = value === 'unconfined' ? '' : value
    else
      context.problems.add(
        'bad-option',
        [...path, index],
        `The option "${text}" is not known.`,
        'One of: no-new-privileges[:false], seccomp:unconfined, seccomp:FILE, apparmor:PROFILE.',
      )
  }
  return { no_new_privileges, seccomp, apparmor }
}

/** `default`, `unconfined`, or the path of a profile, which must be valid. */
function profile(context: Context, path: Path, declared: string): string {
  if (declared === 'default' || declared === 'unconfined') return declared
  collectError(
    context,
    'seccomp-profile',
    path,
    undefined,
    () => void parseProfile(decodeText(context.readFile(declared, 'seccomp'), declared), declared),
    'Use a profile in the format of Docker and containers-common, `default` or `unconfined`.',
  )
  return declared
}

function devices(
  context: Context,
  path: readonly string[],
  declared: NonNullable<Container['devices']>,
): ContainerSpec['devices'] {
  return declared.flatMap((one, index) =>
    collectError(context, 'bad-device', [...path, index], [], () => {
      const [source = '', inside = source, permissions = 'rwm'] =
        typeof one === 'string' ? one.split(':') : [one.source, one.target, one.permissions]
      if (!source.startsWith('/')) throw new Error(`the device "${source}" is not absolute`)
      if (!/^[rwm]{1,3}$/.test(permissions))
        throw new Error(`"${permissions}" is not a set of device permissions: r, w, m`)
      return [{ source, target: target(inside), permissions }]
    }),
  )
}

function ulimits(
  context: Context,
  path: readonly string[],
  declared: NonNullable<Container['ulimits']>,
): ContainerSpec['ulimits'] {
  return Object.fromEntries(
    Object.entries(declared).map(([name, value]) => {
      const limit = typeof value === 'number' ? { soft: value, hard: value } : { soft: value.soft, hard: value.hard }
      if (!ulimitNames.includes(name))
        context.problems.add(
          'bad-limit',
          [...path, name],
          `There is no resource limit "${name}".${didYouMean(name, ulimitNames)}`,
          `Known: ${ulimitNames.join(', ')}.`,
          true,
        )
      if (limit.hard >= 0 && (limit.soft > limit.hard || limit.soft < 0))
        context.problems.add(
          'bad-limit',
          [...path, name],
          `The soft limit of "${name}" is above the hard one.`,
          'Lower `soft`, or raise `hard`.',
        )
      return [name, limit]
    }),
  )
}

const namespaced = /^(net(\.[\w/-]+)+|kernel\.(shm\w+|msg\w+|sem)|fs\.mqueue\.\w+)$/

function sysctls(context: Context, path: readonly string[], declared: Container): Readonly<Record<string, string>> {
  const values = keyValues(declared.sysctls, (name) =>
    context.problems.add(
      'bad-sysctl',
      [...path],
      `The kernel parameter "${name}" has no value.`,
      `Write \`${name}: VALUE\`.`,
    ),
  )
  for (const name of Object.keys(values)) {
    const wrong = (why: string): void =>
      context.problems.add(
        'bad-sysctl',
        [...path, name],
        `The kernel parameter "${name}" ${why}.`,
        'Only net.*, kernel.shm*, kernel.msg*, kernel.sem and fs.mqueue.* belong to a container.',
        true,
      )
    if (!namespaced.test(name)) wrong('belongs to the host')
    else if (textFault('line', (values[name] ?? '').replaceAll('\t', ' ')) !== undefined)
      wrong('has a value of several lines, or with control characters')
    else if (name.startsWith('net.') && declared.network_mode === 'host') wrong('would change the host’s own network')
  }
  return values
}
