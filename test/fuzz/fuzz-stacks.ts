import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parseAllDocuments, stringify } from 'yaml'
import type { Desired } from '../../src/model/desired.ts'
import { HeroPodsError } from '../../src/model/errors.ts'
import { renderDiagnostic } from '../../src/report/diagnostics.ts'
import { makeStyle } from '../../src/report/style.ts'
import { canonicalDocument } from '../../src/stack/canonical.ts'
import { toText } from '../../src/stack/read/write-yaml.ts'
import { badInput } from '../stack/bad-input.cases.ts'
import { head, loadIn } from '../stack/load.ts'
import { mutateData, mutateText } from './mutate-stack.ts'
import { Random } from './random.ts'

/** Longer than this is a hang, milliseconds. */
export const longest = 5000

export interface Finding {
  /** Makes the same input again. */
  readonly seed: number
  readonly what: string
  readonly input: string
}

const examples = join(import.meta.dirname, '../../examples')

/** Stacks to start from: the examples, and what is refused already. */
export const corpus: readonly string[] = [
  ...(readdirSync(examples, { recursive: true }) as string[])
    .filter((name) => /\.ya?ml$/.test(name) && !name.includes('node_modules') && !name.includes('Pulumi'))
    .map((name) => readFileSync(join(examples, name), 'utf8')),
  ...badInput.map((one) => (one.whole ? one.yaml : head + one.yaml)),
]

/** A mutated stack: several changes of its data, of its text, or of both. */
export function mutatedStack(seed: number): string {
  const random = new Random(seed)
  let text = random.pick(corpus)
  if (random.chance(0.7)) {
    let data = dataOf(text)
    for (let times = 1 + random.below(3); times > 0; times -= 1) data = mutateData(random, data)
    text = random.chance(0.5) ? JSON.stringify(data) : stringify(data, { logLevel: 'silent' })
  }
  if (random.chance(0.4)) for (let times = 1 + random.below(3); times > 0; times -= 1) text = mutateText(random, text)
  return text
}

/** What a text holds, where it can be told in a moment. */
function dataOf(text: string): unknown {
  try {
    const [document] = [parseAllDocuments(text, { logLevel: 'silent' })].flat()
    return document && document.errors.length === 0 ? document.toJS({ maxAliasCount: 20 }) : {}
  } catch {
    return {}
  }
}

/** What a command would do with a file: everything that goes wrong must be a refusal, or at least a known error. */
export async function tryStack(
  folder: string,
  text: string,
  further: (desired: Desired) => Promise<void> = async () => undefined,
): Promise<string | undefined> {
  writeFileSync(join(folder, 'heropods.yaml'), text)
  const start = performance.now()
  const fault = await faultOf(async () => {
    const desired = await loadIn(folder)
    for (const stack of desired.stacks) toText(canonicalDocument(stack))
    await further(desired)
  })
  const took = performance.now() - start
  return fault ?? (took > longest ? `took ${Math.round(took)} ms` : undefined)
}

/** What an act threw that no user should see. */
export async function faultOf(act: () => Promise<void>): Promise<string | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    if (!(error instanceof HeroPodsError)) return `internal: ${error instanceof Error ? error.stack : String(error)}`
    for (const one of error.diagnostics) renderDiagnostic(one, makeStyle(true), 'error', '/')
    const internal = error.diagnostics.find(
      ({ code, message }) =>
        code === 'internal' ||
        /\[object Object\]|undefined\b|Cannot read|is not a function|not iterable|call stack/.test(message),
    )
    return internal && `${internal.code}: ${internal.message}`
  }
}

/** Bytes in use after everything that can go has gone. */
export function memoryInUse(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}
