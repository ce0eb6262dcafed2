import { volumeRules } from '../../../model/kinds/rules/volume.ts'
import type { Provider } from '../../provider.ts'
import { ensureVolumes, removeVolumes } from './apply.ts'
import { diffVolume } from './diff.ts'
import { observeVolumes, releasedVolumes } from './observe.ts'
import { volumePreflight } from './preflight.ts'

export const volumeProvider: Provider<'volume'> = {
  kind: 'volume',
  observe: observeVolumes,
  rules: volumeRules,
  preflight: volumePreflight,
  diff: diffVolume,
  released: releasedVolumes,
  create: ensureVolumes,
  update: ensureVolumes,
  remove: removeVolumes,
}
