import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseAddress } from '../model/address.ts'
import { refuse } from '../model/errors.ts'
import { ownerOfObserved, stackOfOwner } from '../model/ownership.ts'
import type { Engine } from '../reconciler/engine.ts'
import { didYouMean } from '../stack/check/suggest.ts'
import { readSource } from '../stack/read/document.ts'
import { stackFilesIn } from '../stack/read/find-files.ts'

/**
 * Stacks that a `destroy` means: a stack's name, a file or folder, this folder's `heropods.yaml`, or with `--all` every one. Only
 * names are read from files: a stack can be destroyed whose file is no longer right. Raises `unknown-stack`, `no-stack` (refused).
 */
export async function stackNames(
  engine: Engine,
  stated: string | undefined,
  options: { readonly all?: boolean; readonly file?: readonly string[] },
): Promise<readonly string[]> {
  const { resources } = await engine.observe()
  const owners = [...resources.values()].flatMap((one) => ownerOfObserved(one) ?? [])
  const owned = [
    ...new Set([...[...resources.keys()].map((at) => parseAddress(at).stack), ...owners.map(stackOfOwner)]),
  ].sort()
  if (options.all) return owned
  const files = [...(options.file ?? []), ...(stated === undefined ? [] : [stated])]
  if (files.length === 0 && existsSync('heropods.yaml')) files.push('heropods.yaml')
  if (files.length === 0)
    throw refuse({
      code: 'no-stack',
      message: 'No stack is named.',
      hint: `Name one (${owned.join(', ') || 'there is none'}), or give --all.`,
    })
  const names = await Promise.all(files.map((one) => namesOf(one, owned)))
  return [...new Set(names.flat())]
}

async function namesOf(stated: string, owned: readonly string[]): Promise<readonly string[]> {
  if (owned.includes(stated)) return [stated]
  const path = resolve(stated)
  if (!existsSync(path)) {
    if (/^[a-z0-9-]+$/.test(stated))
      throw refuse({
        code: 'unknown-stack',
        message: `No stack "${stated}" stands on this instance.${didYouMean(stated, owned)}`,
        hint: `Stacks: ${owned.join(', ') || 'none'}.`,
      })
    throw refuse({
      code: 'file-missing',
      message: `There is no file ${stated}.`,
      hint: 'Check the path, or give a stack’s name.',
    })
  }
  const files = statSync(path).isDirectory() ? stackFilesIn(path) : [path]
  const sources = await Promise.all(files.map((file) => readSource(file)))
  return sources
    .flatMap((source) => source.documents)
    .flatMap(({ data }) => {
      const name = (data as { metadata?: { name?: unknown } } | null)?.metadata?.name
      return typeof name === 'string' ? [name] : []
    })
}
