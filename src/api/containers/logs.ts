import type { ResourceAddress } from '../../model/resource-address.ts'
import type { Instance } from '../instance.ts'

export interface LogOptions {
  /** Number of existing lines, the last ones. Default: all. */
  readonly tail?: number
  /** Continue with new lines until the container has ended. Default: false. */
  readonly follow?: boolean
  /** Ends the lines: none comes after its abort, and nothing is raised. */
  readonly signal?: AbortSignal
}

/** One line of output. `time` is RFC 3339 with nanoseconds. */
export interface LogEntry {
  readonly time: string
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

/** The lines of a container's log, oldest first. */
export async function* logEntries(
  instance: Instance,
  container: ResourceAddress,
  options: LogOptions,
): AsyncGenerator<LogEntry> {
  const engine = await instance.openReader()
  try {
    for await (const lines of engine.logs(container, options))
      for (const { time, stream, bytes } of lines) {
        if (options.signal?.aborted) return
        yield { time, stream, text: bytes.toString() }
      }
  } finally {
    await engine.close()
  }
}
