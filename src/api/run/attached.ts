import { HeroPodsError } from '../../model/errors.ts'
import type { Event } from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { createOneOff } from '../../reconciler/engine/one-off/create.ts'
import { removeLeftOneOffs, removeOneOffs } from '../../reconciler/engine/one-off/remove.ts'
import type { Engine, PreparedExec, SessionOptions } from '../../reconciler/engine.ts'
import { type BuiltRun, buildRun, type RunRequest } from './build.ts'

export interface SessionNeeds {
  /** Containers that are created wait for the command that is attached to them. */
  readonly attaches?: boolean
  /** Other commands wait for it: it takes only moments. */
  readonly brief?: boolean
}

/** Calls `act` with the engine as the only writer of the instance. */
export type Write = <T>(needs: SessionNeeds, act: (engine: Engine) => Promise<T>) => Promise<T>

/** The options of a session with these needs. Pure. */
export const sessionOptions = ({
  attaches,
  brief,
}: SessionNeeds): Pick<SessionOptions, 'runtimeOptions' | 'brief'> => ({
  ...(attaches && { runtimeOptions: { awaitsAttach: true, stableMs: 0 } }),
  ...(brief && { brief }),
})

export interface RunPlaces {
  readonly write: Write
  readonly cwd: string
  /** Ends the creation, e.g. while an image is pulled. */
  readonly signal: AbortSignal
  readonly onBuilt?: (run: BuiltRun) => void
  readonly onProgress?: (event: Event) => void
  /** The command has ended after the kernel killed a process of its container because of a lack of memory. */
  readonly onOutOfMemory?: (stats: { readonly outOfMemoryKills: number; readonly memoryLimit: number | null }) => void
}

/** Creates a one-off container and starts its command. A failed creation leaves nothing. Raises as `buildRun` and `createOneOff`. */
export const startDetached = (places: RunPlaces, request: RunRequest): Promise<BuiltRun> =>
  places.write({}, (engine) => create(engine, places, request))

/**
 * Creates a one-off container, runs its command with `interact` while other commands can use the instance, and ends the container. Returns the
 * exit code of the command. Raises as `startDetached`, and the error of `interact`.
 */
export async function runAttached(
  places: RunPlaces,
  request: RunRequest,
  terminal: boolean,
  interact: (prepared: PreparedExec) => Promise<number>,
): Promise<number> {
  const { address, prepared } = await places.write({ attaches: true }, async (engine) => {
    const { address } = await create(engine, places, request)
    return { address, prepared: await orRemove(engine, address, () => engine.attach(address, { terminal })) }
  })
  let code: number | undefined
  try {
    code = await prepared.exitCode(await interact(prepared))
    return code
  } finally {
    await places.write({ brief: true }, async (engine) => {
      if (code === killedCode) await noteOutOfMemory(engine, address, places)
      await end(engine, address, request, code)
    })
  }
}

/** Exit code of a command that ended with SIGKILL. */
const killedCode = 137

async function noteOutOfMemory(engine: Engine, address: ResourceAddress, { onOutOfMemory }: RunPlaces): Promise<void> {
  const [stats] = await engine.stats([address])
  if (stats && stats.outOfMemoryKills > 0) onOutOfMemory?.(stats)
}

async function create(engine: Engine, places: RunPlaces, request: RunRequest): Promise<BuiltRun> {
  await removeLeftOneOffs(engine)
  const built = await buildRun(engine, places.cwd, request)
  places.onBuilt?.(built)
  const { signal, onProgress } = places
  const isKept = (error: unknown): boolean => request.removal === undefined && hasExited(error)
  await orRemove(
    engine,
    built.address,
    () => createOneOff(engine, built, { signal, ...(onProgress && { onProgress }) }),
    isKept,
  )
  return built
}

/** True if the command has run: its container stays, so that its output can be read. */
const hasExited = (error: unknown): boolean =>
  error instanceof HeroPodsError && error.diagnostics.some(({ code }) => code === 'container-exited')

/** Removes a container after a failure. */
async function orRemove<T>(
  engine: Engine,
  address: ResourceAddress,
  act: () => Promise<T>,
  isKept: (error: unknown) => boolean = () => false,
): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!isKept(error)) await removeOneOffs(engine, [address])
    throw error
  }
}

/** Exit code of a command whose end is not known. */
const unknownCode = 125

async function end(
  engine: Engine,
  address: ResourceAddress,
  { removal }: RunRequest,
  code: number | undefined,
): Promise<void> {
  if (removal) await removeOneOffs(engine, [address])
  else await engine.endAttached(address, code ?? unknownCode)
}
