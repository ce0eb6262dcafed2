import { messageOf } from '../../model/errors.ts'
import { provisionalReference } from '../../model/references.ts'
import { plainYaml } from '../../model/values/plain-yaml.ts'
import { isRecord } from '../../model/values/unknown.ts'
import type { Problems } from '../check/problem.ts'
import { didYouMean, sentence } from '../check/suggest.ts'
import { type Path, toPointer } from '../read/position.ts'
import { interpolate, type Lookup, MissingValueError } from './interpolate.ts'
import type { VariableValues } from './variables.ts'

type Data = Readonly<Record<string, unknown>>

/** The variables of a stack. */
export interface StackVariables extends VariableValues {
  readonly sensitive: readonly string[]
  readonly declared: readonly string[]
  /** The names of environment variables that may set them. */
  readonly environment: ReadonlyMap<string, string>
  /** The undeclared variables that were reported. Each is reported once. */
  readonly reported: Set<string>
}

/** A document with the values of its `${...}`. */
export interface InterpolatedDocument {
  readonly data: Data
  /** Source texts of scalars that print differently, by JSON pointer (see expand-document.ts). */
  readonly written: Readonly<Record<string, string>>
  /** Paths whose value could not be computed. They have an approximate value, and further problems there are consequences. */
  readonly failed: readonly Path[]
}

/** Fields without interpolation. */
const literal = ['apiVersion', 'kind', 'metadata', 'variables', 'include']

/** Interpolates all fields of a document except those that describe it. Failures are added to `problems`. */
export function interpolateDocument(
  data: Data,
  stack: string,
  variables: StackVariables,
  problems: Problems,
): InterpolatedDocument {
  const written: Record<string, string> = {}
  const failed: Path[] = []
  const text = (node: string, path: Path): unknown => {
    const lookup = new VariableLookup(stack, variables, problems, path)
    try {
      const { value, text: source } = interpolate(node, lookup)
      if (lookup.failed) failed.push(path)
      if ((typeof value === 'number' || typeof value === 'boolean') && String(value) !== source)
        written[toPointer(path)] = source
      return value
    } catch (error) {
      failed.push(path)
      if (!lookup.failed)
        problems.add(
          'interpolation',
          path,
          sentence(messageOf(error).replace(/^the variable/, 'The variable')),
          error instanceof MissingValueError ? valueHint(error.variable, variables) : forms,
        )
      return node
    }
  }
  const walk = (node: unknown, path: Path): unknown => {
    if (typeof node === 'string') return text(node, path)
    if (Array.isArray(node)) return node.map((one, index) => walk(one, [...path, index]))
    if (!isRecord(node)) return node
    return Object.fromEntries(Object.entries(node).map(([key, one]) => [key, walk(one, [...path, key])]))
  }
  const filled = Object.entries(data).map(([key, value]) => [key, literal.includes(key) ? value : walk(value, [key])])
  return { data: Object.fromEntries(filled), written, failed }
}

const forms = 'Write `${NAME}`, `${NAME:-DEFAULT}` or a reference such as `${containers.db.ip}`; `$$` is a dollar sign.'

function valueHint(name: string, { environment }: StackVariables): string {
  const key = environment.get(name)
  const inEnvironment = key === undefined ? '' : ` or the environment variable ${key}`
  return `Set it with \`--var ${name}=VALUE\`${inEnvironment}, or write a default: \`\${${name}:-DEFAULT}\`.`
}

/** The variables for one text. */
class VariableLookup implements Lookup {
  /** True after the use of a variable that is not declared or has no valid value. */
  failed = false

  constructor(
    private readonly stack: string,
    private readonly variables: StackVariables,
    private readonly problems: Problems,
    private readonly path: Path,
  ) {}

  variable(name: string) {
    if (this.variables.failed.has(name)) this.failed = true
    return this.variables.values.get(name)
  }

  sourceText(name: string): string | undefined {
    return this.variables.sourceTexts.get(name)
  }

  isDeclared(name: string): boolean {
    return this.variables.declared.includes(name)
  }

  undeclared(name: string, fallback: string | undefined): void {
    this.failed = true
    const { reported, declared } = this.variables
    if (reported.has(name)) return
    reported.add(name)
    this.problems.addLater(() => ({
      code: 'interpolation',
      message: `The variable "${name}" is not declared under \`variables:\`.${didYouMean(name, declared)}`,
      hint: declarationHint(name, fallback, declared.length > 0),
      location: { path: this.path },
    }))
  }

  reference(parts: readonly string[]): string {
    return provisionalReference(this.stack, parts)
  }
}

/** The line that declares a variable. */
function declarationHint(name: string, fallback: string | undefined, hasVariables: boolean): string {
  const simple = fallback !== undefined && !fallback.includes('${')
  const entry = `${name}: { ${simple ? `default: ${plainYaml(fallback)}` : `env: ${name}`} }`
  const where = hasVariables ? `Add \`${entry}\` under \`variables:\`.` : `Declare \`variables: { ${entry} }\`.`
  return simple ? where : `${where} Its value comes from the environment, or from \`--var ${name}=VALUE\`.`
}
