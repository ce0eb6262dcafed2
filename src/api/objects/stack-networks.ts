import type { Container as ContainerFields, StackFile } from '../../generated/stack-file.ts'
import { refusedError } from '../../model/errors.ts'

type Networks = NonNullable<ContainerFields['networks']>

/** A container of a program in the words of a stack file: its networks are external ones of that file. */
interface WithNetworks {
  readonly fields: ContainerFields
  readonly networks: StackFile['networks'] & object
}

/**
 * The networks of a container of a program are those of applied stacks, by STACK/NAME. The stack still owns the network. Raises
 * `unknown-reference` (refused) for any other name. Pure.
 */
export function withStackNetworks(fields: ContainerFields): WithNetworks {
  const names = namesIn(fields.networks ?? [])
  for (const name of names) requireAddress(name)
  const keys = new Map(names.map((name, index) => [name, `network-${index}`]))
  const keyOf = (name: string): string => keys.get(name) ?? name
  return {
    fields: fields.networks === undefined ? fields : { ...fields, networks: renamed(fields.networks, keyOf) },
    networks: Object.fromEntries([...keys].map(([name, key]) => [key, { external: true, name }])),
  }
}

const namesIn = (networks: Networks): readonly string[] => [
  ...new Set(Array.isArray(networks) ? networks.map(String) : Object.keys(networks)),
]

function renamed(networks: Networks, keyOf: (name: string) => string): Networks {
  if (Array.isArray(networks)) return [...new Set(networks.map((name) => keyOf(String(name))))]
  return Object.fromEntries(Object.entries(networks).map(([name, options]) => [keyOf(name), options]))
}

function requireAddress(name: string): void {
  if (/^[^/]+\/[^/]+$/.test(name)) return
  throw refusedError({
    code: 'unknown-reference',
    message: `${JSON.stringify(name)} is not the network of a stack: a container of a program has no networks of its own.`,
    hint: 'Apply a stack with the network, and write it as STACK/NAME, e.g. `networks: ["shop/lan"]`. Without `networks` the container joins the default network of the instance.',
  })
}
