import type { UnnamedFile } from '../../../../host/contract/files.ts'
import { inParallel } from '../../../../host/in-parallel.ts'
import type { WriteContext } from '../../../provider.ts'
import { ipBatch } from './ip-batch.ts'
import { safeLine } from './safe-line.ts'

/** Lines of `ip` for one network namespace. */
export interface NamespaceLines {
  readonly netns: string
  readonly lines: readonly string[]
}

/** Namespaces for one `ip` process. Each takes a descriptor. */
const largestChunk = 32

/**
 * Runs lines of `ip` in many network namespaces, some `ip` processes at a time. Each namespace is entered once, with all its lines: entering
 * copies the mount table, which takes longer than the lines. Continues after an error; callers read the results back from the host.
 */
export async function namespaceBatch(write: WriteContext, all: readonly NamespaceLines[]): Promise<void> {
  const filled = all.filter(({ lines }) => lines.length > 0)
  // More processes would only wait for locks of the kernel.
  const together = 2 * write.host.system.cpus
  const size = Math.min(largestChunk, Math.max(1, Math.ceil(filled.length / together)))
  await inParallel(chunks(filled, size), together, (chunk) => runChunk(write, chunk))
}

async function runChunk(write: WriteContext, chunk: readonly NamespaceLines[]): Promise<void> {
  const files: UnnamedFile[] = []
  try {
    for (const { lines } of chunk)
      files.push(await write.host.unnamedFile(write.paths.run, lines.map((line) => `${safeLine(line)}\n`).join('')))
    await ipBatch(
      write,
      // A child has the descriptors from 3 on.
      chunk.map(({ netns }, index) => `netns exec ${netns} ip -force -batch /proc/self/fd/${3 + index}`),
      files.map(({ descriptor }) => descriptor),
    )
  } finally {
    for (const file of files) file.close()
  }
}

const chunks = <T>(values: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size))
