import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { DesiredStack } from '../../src/model/desired.ts'
import { type Diagnostic, HeroPodsError } from '../../src/model/errors.ts'
import type { ContainerSpec } from '../../src/model/kinds/container.ts'
import type { LoadOptions } from '../../src/stack/read-all.ts'
import { head, loadIn } from './load.ts'

export type Loaded = Partial<LoadOptions> & {
  /** Files beside the stack's, by name. */
  readonly beside?: Readonly<Record<string, string | Buffer>>
}

/** A folder of a test file's own, and stacks read from it. */
export function stackFolder() {
  const folder = mkdtempSync('/tmp/hp-stack-')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const load = async (yaml: string, { beside = {}, ...options }: Loaded = {}): Promise<DesiredStack> => {
    writeFileSync(join(folder, 'heropods.yaml'), head + yaml)
    for (const [name, content] of Object.entries(beside)) writeFileSync(join(folder, name), content)
    const { stacks } = await loadIn(folder, options)
    return stacks[0] as DesiredStack
  }
  return {
    folder,
    load,
    /** Spec of the container `a`, or of another. */
    container: async (yaml: string, options?: Loaded, name = 'a'): Promise<ContainerSpec> => {
      const found = (await load(yaml, options)).resources.get(`test/container/${name}`)
      if (found?.kind !== 'container') throw new Error(`no container ${name}`)
      return found.spec
    },
    /** What is wrong with a stack, each problem as `CODE at LINE:COLUMN: message -> hint`. */
    problems: async (yaml: string, options?: Loaded): Promise<readonly string[]> => {
      const error: unknown = await load(yaml, options).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      if (!(error instanceof HeroPodsError)) throw error ?? new Error('it was taken')
      return error.diagnostics.map(shown)
    },
  }
}

/** Lines are counted from the one after the head. */
const shown = ({ code, message, hint, place }: Diagnostic): string =>
  `${code} at ${(place?.line ?? 0) - head.split('\n').length + 1}:${place?.column}: ${message} -> ${hint}`
