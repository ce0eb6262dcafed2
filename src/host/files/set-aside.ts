import { rename } from 'node:fs/promises'

/** Renames what is in the place of a record of ours, or is a damaged one. Answers that name. */
export async function setAside(path: string): Promise<string> {
  const aside = `${path}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`
  await rename(path, aside)
  return aside
}

/** Writes a file of ours; a folder in its place is set aside first. */
export async function replacing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error
    await setAside(path)
    return write()
  }
}
