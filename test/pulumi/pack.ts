import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** HeroPods as its users get it, packed from what is built. */
    tarball: string
  }
}

/** Packs HeroPods once for all tests; answers what takes the package away. */
export default function pack(project: TestProject): () => void {
  const folder = mkdtempSync('/tmp/hp-pack-')
  const root = join(import.meta.dirname, '../..')
  const name = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, encoding: 'utf8' })
  project.provide('tarball', join(folder, name.trim()))
  return () => rmSync(folder, { recursive: true, force: true })
}
