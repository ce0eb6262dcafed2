import { containerRules } from '../../../model/kinds/rules/container.ts'
import type { Provider } from '../../provider.ts'
import type { RuntimeOptions } from '../../runtime.ts'
import { containerVerbs } from './apply.ts'
import { diffContainer } from './diff.ts'
import { changeForSharers } from './interfaces.ts'
import { observeContainers } from './observe.ts'
import { containerPreflight } from './preflight.ts'
import { startWarnings } from './start-warnings.ts'

export const makeContainerProvider = (options: RuntimeOptions): Provider<'container'> => ({
  kind: 'container',
  rules: containerRules,
  observe: observeContainers,
  diff: diffContainer,
  changeForNamespaceSharers: changeForSharers,
  preflight: containerPreflight,
  startWarnings,
  ...containerVerbs(options),
})
