import { referredAddresses } from '../../../model/kinds/container-references.ts'
import type { Provider } from '../../provider.ts'
import { each } from '../each.ts'
import { Dependencies, type DependencyMode } from './dependencies.ts'
import { diffContainer } from './diff.ts'
import { rebuildsNamespace } from './interfaces.ts'
import { observeContainers } from './observe.ts'
import { containerPreflight } from './preflight.ts'
import { replaceProcesses } from './process/replace-process.ts'
import { rebuildContainer } from './rebuild.ts'
import { removeContainers } from './remove.ts'
import { updateLive } from './update.ts'

export interface ContainerProviderOptions {
  /** Program and arguments that run HeroPods again: conmon calls it when a container exits. */
  readonly self: readonly string[]
  /** How long a process must have run before its start counts as done, milliseconds, default 1000. */
  readonly stableMs?: number
  /** What a step does whose container depends on one that is not as it should be, default `wait`. */
  readonly dependencies?: DependencyMode
}

export function makeContainerProvider(options: ContainerProviderOptions): Provider<'container'> {
  const dependencies = new Dependencies(options.dependencies ?? 'wait')
  const replace: Provider<'container'>['create'] = (write, items, done) =>
    replaceProcesses(write, items, options, dependencies, done)
  return {
    kind: 'container',
    observe: observeContainers,
    references: (spec) => referredAddresses(spec),
    diff: diffContainer,
    uproots: (changes, observed) =>
      rebuildsNamespace(changes, observed?.presence === 'owned' ? observed.actual : undefined),
    preflight: containerPreflight,
    create: replace,
    recreate: replace,
    rebuild: rebuildContainer,
    update: (write, items, done) => each(items, done, (item) => updateLive(write, item)),
    remove: (write, items, _options, done) => removeContainers(write, items, done),
  }
}
