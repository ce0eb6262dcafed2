import type { Provider } from '../../provider.ts'
import { ensureVolumes, rebuildVolume, removeVolumes } from './apply.ts'
import { diffVolume } from './diff.ts'
import { observeVolumes } from './observe.ts'

export const volumeProvider: Provider<'volume'> = {
  kind: 'volume',
  observe: observeVolumes,
  references: () => [],
  diff: diffVolume,
  create: ensureVolumes,
  update: ensureVolumes,
  rebuild: rebuildVolume,
  remove: removeVolumes,
}
