import type { Host } from '../host.ts'

/** Path to which a damaged record is moved. */
export const damagedName = (path: string): string => `${path}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`

/** Renames a damaged record, or another file in its place. Returns the new path. */
export async function setAside(host: Host, path: string): Promise<string> {
  const aside = damagedName(path)
  await host.rename(path, aside)
  return aside
}
