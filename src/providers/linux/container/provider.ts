import { containerRules } from '../../../model/kinds/rules/container.ts'
import type { Provider } from '../../provider.ts'
import type { RuntimeOptions } from '../../runtime.ts'
import { each } from '../each.ts'
import { Dependencies } from './dependencies.ts'
import { diffContainer } from './diff.ts'
import { changeForSharers } from './interfaces.ts'
import { observeContainers } from './observe.ts'
import { containerPreflight } from './preflight.ts'
import { replaceProcesses } from './process/replace.ts'
import { removeContainers } from './remove.ts'
import { updateLive } from './update.ts'

export function makeContainerProvider(options: RuntimeOptions): Provider<'container'> {
  const dependencies = new Dependencies(options.dependencies ?? 'wait')
  const replace: Provider<'container'>['create'] = (write, items, done) =>
    replaceProcesses(write, items, options, dependencies, done)
  return {
    kind: 'container',
    observe: observeContainers,
    rules: containerRules,
    diff: diffContainer,
    changeForSharers,
    preflight: containerPreflight,
    create: replace,
    recreate: replace,
    update: (write, items, done) => each(items, done, (item) => updateLive(write, item)),
    remove: (write, items, _options, done) => removeContainers(write, items, done),
  }
}
