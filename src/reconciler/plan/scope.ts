import type { Desired, Resource } from '../../model/desired.ts'
import { refusedError } from '../../model/errors.ts'
import { isNamed, parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { someOf } from '../../model/values/count.ts'
import { type Providers, referencesOf } from '../../providers/by-kind.ts'
import { closure } from './graph.ts'

export interface ScopeOptions {
  /** Addresses, or names of resources: only these and the objects that they refer to are planned. */
  readonly targets?: readonly string[]
  /** Stacks to remove completely. */
  readonly destroy?: readonly string[]
}

export interface Scope {
  readonly desired: ReadonlyMap<ResourceAddress, Resource>
  /** True if an owned object that is not desired is removed. */
  readonly removes: (address: ResourceAddress) => boolean
}

/** The objects of a run: complete stacks, or the targets with the objects that they refer to. Raises `unknown-target`. */
export function inScope(desired: Desired, options: ScopeOptions, providers: Providers): Scope {
  const stacks = new Set([...desired.stacks.map((stack) => stack.name), ...(options.destroy ?? [])])
  const inactive = new Set(desired.stacks.flatMap((stack) => stack.inactive))
  const all = new Map(desired.stacks.flatMap((stack) => [...stack.resources]))
  const targets = options.targets ?? []
  if (targets.length === 0) {
    return {
      desired: all,
      removes: (address) => stacks.has(parseResourceAddress(address).stack) && !inactive.has(address),
    }
  }
  const named = (address: ResourceAddress): boolean => targets.some((target) => isNamed(address, target))
  for (const target of targets) {
    if (![...all.keys()].some((address) => isNamed(address, target)) && !options.destroy?.length)
      throw unknownTargetError(target, [...all.keys()])
  }
  const needed = closure([...all.keys()].filter(named), (address) => {
    const resource = all.get(address)
    return resource === undefined ? [] : referencesOf(providers, resource).map(({ to }) => to)
  })
  const targeted = new Map([...all].filter(([address]) => needed.has(address)))
  return {
    desired: targeted,
    removes: (address) => stacks.has(parseResourceAddress(address).stack) && named(address) && !all.has(address),
  }
}

const unknownTargetError = (target: string, known: readonly string[]) =>
  refusedError({
    code: 'unknown-target',
    message: `The stacks declare no object "${target}".`,
    hint: `Known: ${someOf(known, 8)}.`,
  })
