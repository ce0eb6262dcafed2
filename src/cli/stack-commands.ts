import { ExitCode } from '../errors.ts'
import { parseAddress } from '../providers/provider.ts'
import type { DesiredStack, Resource } from '../stack/desired.ts'
import { concealedForPeople } from '../stack/sensitive.ts'
import { openTerminal } from './context.ts'
import { loadStacks, planInputs, type StackOptions } from './inputs.ts'

/** `heropods validate`: whether stacks are right, without looking at the host. */
export async function validate(files: readonly string[], options: StackOptions): Promise<number> {
  const terminal = openTerminal()
  const { stacks } = await loadStacks(planInputs(files, options))
  const summary = stacks.map((stack) => ({
    name: stack.name,
    resources: stack.resources.size,
    files: stack.files.map((file) => file.path),
  }))
  if (options.json) terminal.print(JSON.stringify({ valid: true, stacks: summary }))
  else for (const one of summary) terminal.print(`${terminal.style.added('✓')} ${one.name}: ${one.resources} objects`)
  return ExitCode.done
}

/** `heropods config`: the canonical form, with every default filled in and everything in one order. */
export async function config(files: readonly string[], options: StackOptions): Promise<number> {
  const terminal = openTerminal()
  const { stacks } = await loadStacks(planInputs(files, options))
  const documents = stacks.map(canonical)
  if (options.json) terminal.print(JSON.stringify({ stacks: documents }))
  else {
    const { stringify } = await import('../stack/yaml.ts')
    terminal.print(documents.map((document) => stringify(document, { lineWidth: 0 })).join('---\n'))
  }
  return ExitCode.done
}

/** Derived fields and values that only a host knows have no place in what a user reads back. */
const hidden: Readonly<Record<Resource['kind'], RegExp>> = {
  network: /^(members|hosts|bridge)$/,
  image: /^$/,
  volume: /^$/,
  container: /^(service|networks\.(mac|static)|files\.content)$/,
}

function canonical(stack: DesiredStack): object {
  const of = (kind: Resource['kind']): Record<string, unknown> =>
    Object.fromEntries(
      [...stack.resources.values()]
        .filter((one) => one.kind === kind)
        .sort((left, right) => (left.address < right.address ? -1 : 1))
        .map((one) => [parseAddress(one.address).name, shown(one.spec, hidden[kind], '')]),
    )
  return {
    apiVersion: 'heropods/v1',
    kind: 'Stack',
    metadata: { name: stack.name, ...(Object.keys(stack.labels).length > 0 && { labels: stack.labels }) },
    networks: of('network'),
    images: of('image'),
    volumes: of('volume'),
    containers: of('container'),
  }
}

function shown(value: unknown, hide: RegExp, path: string): unknown {
  if (typeof value === 'string')
    return concealedForPeople(value).replace(/\u0001ref:[^/]+\/(\w+)\/([^#]+)#([^\u0002]+)\u0002/g, '${$1s.$2.$3}')
  if (Array.isArray(value)) return value.map((one) => shown(one, hide, path))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]) => ({ key, one, at: path === '' ? key : `${path}.${key}` }))
      .filter(({ at }) => !hide.test(at))
      .sort((left, right) => (left.key < right.key ? -1 : 1))
      .map(({ key, one, at }) => [key, shown(one, hide, at)]),
  )
}
