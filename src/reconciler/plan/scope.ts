import { type Address, isNamed, parseAddress } from '../../model/address.ts'
import type { Desired, Resource } from '../../model/desired.ts'
import { refuse } from '../../model/errors.ts'
import { referredAddresses } from '../../model/kinds/container-references.ts'
import { closure } from './graph.ts'

export interface ScopeOptions {
  /** Addresses, or names of resources: only these and what they stand on are planned. */
  readonly targets?: readonly string[]
  /** Stacks that are to go whole. */
  readonly destroy?: readonly string[]
}

export interface Scope {
  readonly wanted: ReadonlyMap<Address, Resource>
  /** Whether an owned object that is not wanted is to go. */
  readonly removes: (address: Address) => boolean
}

/** What a run concerns: whole stacks, or the targets with what they stand on. Raises `unknown-target`. */
export function inScope(desired: Desired, options: ScopeOptions): Scope {
  const stacks = new Set([...desired.stacks.map((stack) => stack.name), ...(options.destroy ?? [])])
  const inactive = new Set(desired.stacks.flatMap((stack) => stack.inactive))
  const all = new Map(desired.stacks.flatMap((stack) => [...stack.resources]))
  const targets = options.targets ?? []
  if (targets.length === 0) {
    return { wanted: all, removes: (address) => stacks.has(parseAddress(address).stack) && !inactive.has(address) }
  }
  const named = (address: Address): boolean => targets.some((target) => isNamed(address, target))
  for (const target of targets) {
    if (![...all.keys()].some((address) => isNamed(address, target)) && !options.destroy?.length)
      throw unknownTarget(target, [...all.keys()])
  }
  const kept = closure([...all.keys()].filter(named), (address) => needs(all.get(address)))
  const wanted = new Map([...all].filter(([address]) => kept.has(address)))
  return {
    wanted,
    removes: (address) => stacks.has(parseAddress(address).stack) && named(address) && !all.has(address),
  }
}

const needs = (resource: Resource | undefined): readonly Address[] =>
  resource?.kind === 'container' ? referredAddresses(resource.spec) : []

const unknownTarget = (target: string, known: readonly string[]) =>
  refuse({
    code: 'unknown-target',
    message: `No resource of the stack is called "${target}".`,
    hint: `Known: ${known.slice(0, 8).join(', ')}${known.length > 8 ? ' ...' : ''}`,
  })
