import type { Provider } from '../../provider.ts'
import type { RuntimeOptions } from '../../runtime.ts'
import { each } from '../each.ts'
import { removeContainers } from './apply/remove.ts'
import { updateInPlace } from './apply/update-live.ts'
import { Dependencies } from './dependencies.ts'
import { startRuns } from './process/start-runs.ts'

type Verbs = Pick<Provider<'container'>, 'create' | 'recreate' | 'update' | 'remove'>

/** The verbs of containers. `create` and `recreate` both give a container a new process. */
export function containerVerbs(options: RuntimeOptions): Verbs {
  const dependencies = new Dependencies(options.dependencies ?? 'wait')
  const startRun: Verbs['create'] = (write, items, finished, started) =>
    startRuns(write, items, options, dependencies, { finished, started })
  return {
    create: startRun,
    recreate: startRun,
    update: (write, items, done) => each(items, done, (item) => updateInPlace(write, item)),
    remove: (write, items, _options, done) => removeContainers(write, items, done),
  }
}
