import type { HostReader } from './host.ts'

/** A record of ours; undefined where there is none, or where a power cut left only a part of it: then it is as good as lost. */
export async function readJson<T>(host: HostReader, path: string): Promise<T | undefined> {
  const text = await host.readFile(path)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}
