import type { Paths } from '../host/files/paths.ts'
import type { Host, HostReader } from '../host/host.ts'
import type { ReadContext, WriteContext } from './provider.ts'

/** A context for one observation of the host. Each reading is made once and cached by its key. */
export function readContext(host: HostReader, paths: Paths): ReadContext {
  const readings = new Map<string, Promise<unknown>>()
  return {
    host,
    paths,
    once: <T>(key: string, read: () => Promise<T>): Promise<T> => {
      const known = readings.get(key) ?? read()
      readings.set(key, known)
      return known as Promise<T>
    },
  }
}

export type WriteOptions = Partial<Omit<WriteContext, 'host' | 'paths' | 'once'>>

/** A context for effects on the host. Default: never interrupted, no secret values, progress not reported. */
export const writeContext = (host: Host, paths: Paths, options: WriteOptions = {}): WriteContext => ({
  ...readContext(host, paths),
  host,
  abortSignal: new AbortController().signal,
  resolveSecrets: (text) => text,
  progress: () => undefined,
  ...options,
})

/** The same context without its cache: every reading is made again. */
export const uncached = <C extends ReadContext>(context: C): C => withReadings(context, (_key, read) => read())

/** The same context with another cache of readings. */
export const withReadings = <C extends ReadContext>(context: C, once: ReadContext['once']): C => ({ ...context, once })
