import type { Provider } from '../../provider.ts'
import type { RuntimeOptions } from '../../runtime.ts'
import { each } from '../each.ts'
import { removeContainers } from './apply/remove.ts'
import { updateLive } from './apply/update-live.ts'
import { Dependencies } from './dependencies.ts'
import { replaceProcesses } from './process/replace-processes.ts'

type Verbs = Pick<Provider<'container'>, 'create' | 'recreate' | 'update' | 'remove'>

/** The verbs of containers. `create` and `recreate` both give a container a new process. */
export function containerVerbs(options: RuntimeOptions): Verbs {
  const dependencies = new Dependencies(options.dependencies ?? 'wait')
  const replace: Verbs['create'] = (write, items, done) => replaceProcesses(write, items, options, dependencies, done)
  return {
    create: replace,
    recreate: replace,
    update: (write, items, done) => each(items, done, (item) => updateLive(write, item)),
    remove: (write, items, _options, done) => removeContainers(write, items, done),
  }
}
