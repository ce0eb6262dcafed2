import type { Diagnostic } from '../../../../model/errors.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../../model/resource-address.ts'
import type { PlaceFault } from './place.ts'

/** The messages about places of the host and of a container's root that cannot be used. All functions here are pure. */

/** A bind source. `before`: the container has run with it. `mayMake`: a missing one is made (`create_host_path`). */
export function sourceProblem(
  address: ResourceAddress,
  source: string,
  fault: PlaceFault,
  { before, mayMake = false }: { readonly before: boolean; readonly mayMake?: boolean },
): Diagnostic | undefined {
  const { name } = parseResourceAddress(address)
  if (fault.fault === 'unreadable')
    return { code: fault.cause.code, message: `${name}: ${fault.cause.message}`, hint: fault.cause.hint, address }
  // A source that existed is not made again: its data is gone, and it may have been a file.
  if (before)
    return {
      code: 'mount-source-missing',
      message: `${name} mounts ${source}, which no longer exists.`,
      hint: 'Restore it, or remove it from the stack and apply. If it may be empty at first, create it with `mkdir`.',
      address,
    }
  // A folder would be made at this path, but a broken link is there.
  if (mayMake && fault.fault === 'missing') return undefined
  return {
    code: 'mount-source-missing',
    message: `${name} mounts ${source}, which does not exist.`,
    hint: 'Create it, or set `bind: { create_host_path: true }`.',
    address,
  }
}

/** A bind source that has become a file where a running container had a folder, or the other way round. */
export function sourceChanged(
  address: ResourceAddress,
  { source, target, kind }: { readonly source: string; readonly target: string; readonly kind: 'file' | 'folder' },
): Diagnostic {
  const before = kind === 'file' ? 'folder' : 'file'
  return {
    code: 'mount-source-changed',
    message: `${parseResourceAddress(address).name} mounts ${source} at ${target}, which was a ${before} and is now a ${kind}.`,
    hint: `Restore the ${before}. If it should be a ${kind}, run \`heropods stop\` on the container and \`heropods apply\` on its stack.`,
    address,
  }
}

export const deviceProblem = (address: ResourceAddress, source: string, fault: PlaceFault): Diagnostic => ({
  code: 'device-missing',
  message: `${parseResourceAddress(address).name} uses the device ${source}, which ${fault.fault === 'missing' ? 'does not exist' : 'is not a device'}.`,
  hint: 'Name the device itself, load its driver, or remove it from `devices:`.',
  address,
})

/** A read-only bind that does not have the mount point of another mount inside it. */
export const mountPointMissing = (
  address: ResourceAddress,
  { target, source, inside }: { readonly target: string; readonly source: string; readonly inside: string },
): Diagnostic => ({
  code: 'mount-point-missing',
  message: `${parseResourceAddress(address).name} mounts something at ${target}, inside of ${source}, which is mounted read-only and has no ${inside.slice(1)}.`,
  hint: `Make ${source}${inside} on the host, or set \`bind: { recursive: writable }\`.`,
  address,
})

/** The error for an unusable root. `problem` continues a sentence: `has a file in place of the folder /data`. */
export const rootUnusable = (address: ResourceAddress, problem: string): Diagnostic => ({
  code: 'image-unusable',
  message: `${address} cannot run: the root that its image gives it ${problem}.`,
  hint: 'Remove it from the image. If the container created it, run `heropods rm` and `heropods apply`: they start from the image again.',
  address,
})

/** The reason why a root cannot have a mount at `target`; undefined: it can. */
export function rootFaultText(target: string, expected: 'file' | 'folder', fault: PlaceFault): string | undefined {
  switch (fault.fault) {
    case 'circle':
      return `has links at ${target} that form a loop`
    case 'leads-out':
      return `has links that lead from ${target}, where something is mounted, to ${fault.to}`
    case 'wrong-kind':
      return expected === 'file' && fault.found === 'folder'
        ? `has a folder in place of the file ${fault.path}`
        : `has ${fault.found === 'link' ? 'a link' : 'a file'} in place of the folder ${fault.path}`
    default:
      return undefined
  }
}

/** The reason why a folder of the root cannot be the working folder; undefined: it can, or can be made. */
export function workingDirProblem(
  folder: string,
  inside: string,
  fault: PlaceFault,
): Omit<Diagnostic, 'address'> | undefined {
  const text = workingDirText(inside, fault)
  return text === undefined
    ? undefined
    : {
        code: 'working-dir-unusable',
        message: `Its working folder ${folder} ${text}.`,
        hint: 'Set another `working_dir`.',
      }
}

function workingDirText(inside: string, fault: PlaceFault): string | undefined {
  switch (fault.fault) {
    case 'circle':
      return 'has links that form a loop'
    case 'leads-out':
      return fault.to === '/' ? undefined : 'is in /proc, /sys or /dev'
    case 'wrong-kind':
      return fault.path === inside ? 'is a file' : `is below ${fault.path.slice(1)}, a file`
    default:
      return undefined
  }
}
