import { setTimeout as delay } from 'node:timers/promises'
import { HeroPodsError } from '../../errors.ts'
import { isAlive } from '../../host/process.ts'
import type { Address, WriteContext } from '../provider.ts'
import { readRunning } from './record.ts'
import type { ContainerSpec } from './spec.ts'
import { awaitExitCode } from './start.ts'

/** Waits until the containers that must have completed have exited with 0. Raises `dependency-failed`; ends with the signal. */
export async function awaitDependencies(write: WriteContext, container: Address, spec: ContainerSpec): Promise<void> {
  for (const dependency of spec.depends_on) {
    if (dependency.condition !== 'service_completed_successfully') continue
    const running = await readRunning(write.host, write.paths, dependency.container)
    if (running?.process && isAlive(running.process))
      write.progress(container, `waiting for ${dependency.container} to complete`)
    while (isAlive(running?.process)) await delay(20, undefined, { signal: write.signal })
    const code = running && (await awaitExitCode(write, running.id))
    if (code === 0) continue
    throw new HeroPodsError({
      code: 'dependency-failed',
      message: `${container} waits for ${dependency.container} to complete, which ended with ${code === undefined ? 'no exit code' : `code ${code}`}.`,
      hint: `See \`heropods logs ${dependency.container.split('/').at(-1)}\`.`,
      address: container,
    })
  }
}
