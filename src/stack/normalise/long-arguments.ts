import type { Container } from '../../generated/stack-file.ts'
import type { ContainerSpec } from '../../model/kinds/container.ts'
import { softStack } from '../../model/kinds/limits.ts'
import { secretsResolved } from '../../model/tokens.ts'
import { argumentFault, argumentHint, argumentsFault } from '../../model/values/argument.ts'
import type { Path } from '../read/position.ts'
import type { Context } from './context.ts'

type Texts = Pick<ContainerSpec, 'command' | 'entrypoint' | 'environment' | 'healthcheck' | 'ulimits'>

/**
 * Reports arguments and variables that are too long for the kernel. Otherwise the container would fail after its old process has
 * ended.
 */
export function reportLongArguments(context: Context, key: string, declared: Container, spec: Texts): void {
  const path: Path = ['containers', key]
  const real = (text: string): string => secretsResolved(text, context.sensitive.byToken)
  const report = (path: Path, fault: string | undefined): void => {
    if (fault !== undefined)
      context.problems.add('argument-too-long', path, `\`${path.join('.')}\` ${fault}.`, argumentHint)
  }
  const lists = { command: spec.command ?? [], entrypoint: spec.entrypoint ?? [] }
  for (const field of ['command', 'entrypoint'] as const)
    for (const [index, text] of lists[field].entries())
      report([...path, field, ...(Array.isArray(declared[field]) ? [index] : [])], argumentFault(real(text)))
  const variables = Object.entries(spec.environment).map(([name, value]) => [name, `${name}=${real(value)}`] as const)
  for (const [name, text] of variables) report([...path, 'environment', name], argumentFault(text))
  const { healthcheck } = spec
  const test = healthcheck && 'test' in healthcheck ? healthcheck.test : []
  for (const text of test) report([...path, 'healthcheck', 'test'], argumentFault(real(text)))
  const all = [...[...lists.entrypoint, ...lists.command].map(real), ...variables.map(([, text]) => text)]
  const together = argumentsFault(all, softStack(spec.ulimits))
  if (together !== undefined)
    context.problems.add(
      'argument-too-long',
      path,
      `Command and environment of "${key}" together ${together}.`,
      `${argumentHint} A larger soft limit in \`ulimits.stack\` lets it have more, up to 6 MiB.`,
      true,
    )
}
