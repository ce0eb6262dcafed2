import type { Diagnostic } from '../../model/errors.ts'
import type { Shape } from '../../model/values/shape.ts'
import type { HostReader } from '../host.ts'

/** Records that cannot be used, by path, with what is wrong with each; as a host's reader has met them. */
const damaged = new WeakMap<HostReader, Map<string, string>>()

/**
 * A record of ours that has the shape of one; undefined where there is none, or where it is damaged: then it is as good as lost, and
 * `damagedRecords` names it.
 */
export async function readJson<T>(host: HostReader, path: string, shape: Shape): Promise<T | undefined> {
  const known = damaged.get(host) ?? new Map<string, string>()
  const { problem, value } = await lookAt<T>(host, path, shape)
  if (problem === undefined) known.delete(path)
  else damaged.set(host, known.set(path, problem))
  return value
}

/** A file of someone else's; undefined where it cannot be used. It is not ours to repair. */
export const readForeignJson = async <T>(host: HostReader, path: string, shape: Shape): Promise<T | undefined> =>
  (await lookAt<T>(host, path, shape)).value

/** A file of ours that is not JSON was found to be damaged. */
export const noteDamaged = (host: HostReader, path: string, problem: string): unknown =>
  damaged.set(host, (damaged.get(host) ?? new Map<string, string>()).set(path, problem))

/** It was set aside. */
export const forgetDamage = (host: HostReader, path: string): unknown => damaged.get(host)?.delete(path)

export const damagedRecords = (host: HostReader): ReadonlyMap<string, string> => damaged.get(host) ?? new Map()

/** The same as warnings. */
export const damageNotices = (host: HostReader): readonly Diagnostic[] =>
  [...damagedRecords(host)].sort().map(([path, problem]) => ({
    code: 'record-damaged',
    message: `The record ${path} is damaged: it ${problem}.`,
    hint: '`heropods refresh` sets it aside and makes it anew from the host and the history; nothing is restarted.',
  }))

async function lookAt<T>(
  host: HostReader,
  path: string,
  shape: Shape,
): Promise<{ readonly problem?: string; readonly value?: T }> {
  let text: string | undefined
  try {
    text = await host.readFile(path)
  } catch (error) {
    return { problem: `cannot be read (${error instanceof Error ? error.message : error})` }
  }
  if (text === undefined) return (await host.stat(path))?.kind === 'folder' ? { problem: 'is a folder' } : {}
  try {
    const value = JSON.parse(text) as T
    const problem = shape(value)
    return problem === undefined
      ? { value }
      : { problem: problem.startsWith('/') ? `has a wrong value: ${problem}` : problem }
  } catch {
    return { problem: text.trim() === '' ? 'is empty' : 'is not JSON' }
  }
}
