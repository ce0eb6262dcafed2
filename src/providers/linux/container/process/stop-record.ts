import { readJson } from '../../../../host/files/json.ts'
import { toDiagnostic } from '../../../../model/errors.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { stableJson } from '../../../../model/values/stable-json.ts'
import type { InstanceReader, InstanceWriter } from '../../../provider.ts'
import { containerLayout } from '../layout.ts'
import type { ContainerRecord, OnDisk, StopRecord } from '../record.ts'
import { stopRecord } from '../record-shape.ts'

/** The stop of a run by HeroPods, written before its signal is sent; undefined: HeroPods did not stop this run. */
export async function readStop(
  { host, paths }: InstanceReader,
  container: ResourceAddress,
  run: number,
): Promise<StopRecord | undefined> {
  const found = await readJson<OnDisk<StopRecord>>(host, containerLayout(paths, container).stop, stopRecord)
  if (found?.incarnation !== run) return undefined
  const { incarnation: _, ...rest } = found
  return { run, ...rest }
}

/** An exit this long after the grace of a stop has another cause: HeroPods was killed before it sent the signal. Milliseconds. */
const lateExitMs = 60_000

/** True if an exit at this time (RFC 3339) is the end of a stop. Pure. */
export const isEndOf = ({ at, graceMs }: Pick<StopRecord, 'at' | 'graceMs'>, endedAt: string): boolean =>
  Date.parse(endedAt) - Date.parse(at) < graceMs + lateExitMs

/** Records a stop, unless there is no space: a container on a full disk can be stopped and removed, too. */
export async function writeStop(
  { host, paths }: InstanceWriter,
  container: ResourceAddress,
  { run, ...rest }: StopRecord,
): Promise<void> {
  try {
    await host.writeFile(containerLayout(paths, container).stop, JSON.stringify({ incarnation: run, ...rest }))
  } catch (error) {
    if (toDiagnostic(error).code !== 'no-space') throw error
  }
}

/** The fields that decide how a process reacts to its stop signal. */
const reaction = ({ command, entrypoint, image_digest, init, stop_signal, user }: ContainerSpec): string =>
  stableJson({ command, entrypoint, image_digest, init, stop_signal, user })

/**
 * The signal that the next run of a container will probably ignore: the one that its last run ignored, while nothing changed that decides
 * it. `before`: its record until now.
 */
export async function ignoredSignal(
  read: InstanceReader,
  before: ContainerRecord | undefined,
  spec: ContainerSpec,
): Promise<Pick<ContainerRecord, 'ignoresStop'>> {
  if (before === undefined || reaction(before.spec) !== reaction(spec)) return {}
  const stop = await readStop(read, before.owner, before.run)
  const signal = stop === undefined ? before.ignoresStop : stop.isIgnored ? stop.signal : undefined
  return signal === undefined ? {} : { ignoresStop: signal }
}
