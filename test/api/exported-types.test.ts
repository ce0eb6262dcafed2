import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { top } from '../docs-pages.ts'

/** Not exported on purpose: the canonical form of objects, which is not part of the library, and bases whose members are inherited. */
const internal = new Set(['SpecOf', 'ConfigurableContainer', 'ScriptStreams'])

interface Module {
  /** The text of each type that the file declares. */
  readonly types: ReadonlyMap<string, string>
  /** `FILE#NAME` of each type that the file imports or exports again, by its name there. */
  readonly from: ReadonlyMap<string, string>
}

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/'[^'\n]*'/g, "''")

/** The types of a declaration file as tsc writes it. */
function readModule(file: string): Module {
  const source = readFileSync(file, 'utf8')
  const from = new Map<string, string>()
  for (const [, list = '', path = ''] of source.matchAll(/^(?:im|ex)port (?:type )?\{([^}]*)\} from '(\.[^']*)';/gm))
    for (const one of list.split(',').map((name) => name.trim().replace(/^type /, ''))) {
      const [original = '', local = original] = one.split(' as ')
      if (one !== '') from.set(local, `${join(dirname(file), path.replace(/\.[jt]s$/, '.d.ts'))}#${original}`)
    }
  const types = new Map<string, string>()
  const declaration = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class) (\w+)/
  for (const part of withoutComments(source).split(/^(?=(?:export|declare|interface|type|import)\b)/m)) {
    const name = declaration.exec(part)?.[1]
    if (name !== undefined) types.set(name, part)
  }
  return { types, from }
}

it('no exported type or signature uses a type that is not exported', () => {
  const out = mkdtempSync(join(tmpdir(), 'hp-types-'))
  try {
    const tsc = join(top, 'node_modules/typescript/bin/tsc')
    execFileSync(process.execPath, [tsc, '-p', join(top, 'tsconfig.types.json'), '--outDir', out], { encoding: 'utf8' })
    const exported = new Set(readModule(join(out, 'src/api/index.d.ts')).from.values())
    expect(exported.size).toBeGreaterThan(70)
    const missing = [...exported].flatMap((one) => {
      const [file = '', name = ''] = one.split('#')
      const { types, from } = readModule(file)
      const words = [...new Set((types.get(name) ?? '').match(/\b[A-Z]\w*/g))].filter((word) => word !== name)
      return words
        .map((word) => ({ word, used: from.get(word) ?? (types.has(word) ? `${file}#${word}` : undefined) }))
        .filter(({ word, used }) => used !== undefined && !exported.has(used) && !internal.has(word))
        .map(({ word }) => `${name} uses ${word}`)
    })
    expect(missing).toEqual([])
  } finally {
    rmSync(out, { recursive: true })
  }
}, 120_000)
