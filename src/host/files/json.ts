import type { Diagnostic } from '../../model/errors.ts'
import { parseAs, type Shape } from '../../model/values/shape.ts'
import type { HostReader } from '../host.ts'

/**
 * Reads a record of HeroPods; undefined if there is none. A damaged record counts as absent: its path and the reason are added to
 * `host.damage`.
 */
export async function readJson<T>(host: HostReader, path: string, shape: Shape<T>): Promise<T | undefined> {
  const { problem, value } = await read(host, path, shape)
  if (problem === undefined) host.damage.delete(path)
  else host.damage.set(path, problem)
  return value
}

/** Reads a file of another program; undefined if it cannot be used. HeroPods does not repair it. */
export const readForeignJson = async <T>(host: HostReader, path: string, shape: Shape<T>): Promise<T | undefined> =>
  (await read(host, path, shape)).value

/** A warning for each damaged record. */
export const damageWarnings = (host: HostReader): readonly Diagnostic[] =>
  [...host.damage].sort().map(([path, problem]) => ({
    code: 'record-damaged',
    message: `The record ${path} is damaged: it ${problem}.`,
    hint: '`heropods refresh` sets it aside and makes it again from the host and the history; nothing is restarted.',
  }))

async function read<T>(
  host: HostReader,
  path: string,
  shape: Shape<T>,
): Promise<{ readonly problem?: string; readonly value?: T }> {
  let text: string | undefined
  try {
    text = await host.readFile(path)
  } catch (error) {
    return { problem: `cannot be read (${error instanceof Error ? error.message : error})` }
  }
  if (text === undefined) return (await host.stat(path))?.kind === 'folder' ? { problem: 'is a folder' } : {}
  if (text.trim() === '') return { problem: 'is empty' }
  const { problem, value } = parseAs(shape, text)
  if (problem === undefined) return { value }
  return { problem: problem.startsWith('/') ? `has a wrong value: ${problem}` : problem }
}
