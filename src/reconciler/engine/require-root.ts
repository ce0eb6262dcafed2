import type { HostReader } from '../../host/host.ts'
import { refusedError } from '../../model/errors.ts'

/** Raises `not-root` (refused) if this process runs as another user. */
export function requireRoot({ system }: Pick<HostReader, 'system'>): void {
  if (system.uid === 0) return
  throw refusedError({
    code: 'not-root',
    message: 'Containers, networks and mounts need root.',
    hint: 'Run it with sudo. `validate`, `config` and `explain` work without.',
  })
}
