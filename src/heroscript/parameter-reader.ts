import type { Diagnostic, Place } from '../model/errors.ts'
import { knownNames, nearest } from '../stack/check/suggest.ts'
import type { Fault } from './syntax/cursor.ts'
import type { RawParameter } from './syntax/parameters.ts'
import type { RawAction } from './syntax/parse.ts'

/** Hints for parameters of the original that are settings elsewhere. */
const moved: Readonly<Record<string, string>> = {
  base_dir: 'Set HEROPODS_DIR in the environment instead.',
  mycelium_enabled: 'Use the action `!!heropods.enable_mycelium`.',
  mycelium_version: 'Use `version` of `!!heropods.enable_mycelium`.',
  mycelium_ipv6_range: 'Use `ipv6_range` of `!!heropods.enable_mycelium`.',
  mycelium_peers: 'Use `peers` of `!!heropods.enable_mycelium`.',
  mycelium_key_path: 'Use `key_path` of `!!heropods.enable_mycelium`.',
}

const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  y: true,
  1: true,
  false: false,
  no: false,
  n: false,
  0: false,
}

/** Reads the parameters of one action with their types, and collects the errors. A reading with an error returns the default. */
export class ParameterReader {
  private readonly known = new Set<string>()

  constructor(
    private readonly action: RawAction,
    private readonly faults: Diagnostic[],
  ) {}

  /** A text as it is. */
  text(key: string): string | undefined {
    const value = this.find(key)?.value
    if (value === undefined || typeof value === 'string') return value
    this.reportAt(key, {
      code: 'one-value-expected',
      message: `\`${key}\` takes one value, but the script has a list of ${value.length}.`,
      hint: `Quote the value if it contains a comma: \`${key}:'${value.join(', ')}'\`.`,
    })
    return undefined
  }

  /** A text that must be given. */
  required(key: string, example: string): string {
    const text = this.text(key)
    if (text === undefined && this.find(key) === undefined)
      this.report(this.action.place, {
        code: 'missing-parameter',
        message: `The parameter \`${key}\` of ${this.action.name} is missing.`,
        hint: `Add e.g. \`${key}:${example}\`.`,
      })
    return text ?? ''
  }

  /** A boolean. */
  flag(key: string, otherwise: boolean): boolean {
    const text = this.text(key)
    const value = text === undefined ? otherwise : booleans[text.toLowerCase()]
    if (value !== undefined) return value
    this.reportAt(key, {
      code: 'bad-boolean',
      message: `\`${key}\` is neither true nor false: "${text}".`,
      hint: 'Write true, yes, y or 1; or false, no, n or 0.',
    })
    return otherwise
  }

  /** A list. One text is split at commas. */
  list(key: string): readonly string[] | undefined {
    const value = this.find(key)?.value
    if (typeof value !== 'string') return value
    return value
      .replace(/^\[(.*)\]$/s, '$1')
      .split(',')
      .map((item) => item.replace(/^[\s'"]+|[\s'"]+$/g, ''))
      .filter((item) => item !== '')
  }

  /** Checks the name of a container or an instance. Stack files have keys with x- for other purposes. */
  checkedName(key: string, name: string | undefined): void {
    if (name === undefined || /^(?!x-)[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/.test(name)) return
    this.reportAt(key, {
      code: 'bad-name',
      message: `"${name}" is not a valid name.`,
      hint: 'Use letters, digits, - and _, with a letter or digit first and not with x-, at most 63 characters.',
    })
  }

  /** The name of a container, which must be given. */
  container(): string {
    const name = this.required('name', 'web')
    if (this.find('name') !== undefined) this.checkedName('name', this.text('name'))
    return name
  }

  /** One of several words. */
  choice<Word extends string>(key: string, words: readonly Word[], otherwise: Word): Word {
    const text = this.text(key)
    const value = text === undefined ? otherwise : words.find((word) => word === text)
    if (value !== undefined) return value
    const similar = nearest(text ?? '', words)
    this.reportAt(key, {
      code: 'unknown-image',
      message: `"${text}" is not an image of HeroScript.${similar === undefined ? '' : ` Did you mean "${similar}"?`}`,
      hint: `${knownNames(words)} For another image write \`image:custom custom_image_name:NAME docker_url:REFERENCE\`.`,
    })
    return otherwise
  }

  /** Reports all parameters that were not read. */
  refuseOthers(): void {
    for (const { key, place } of this.action.parameters) {
      if (this.known.has(key) || key === 'id') continue
      const similar = nearest(key, this.known)
      this.report(place, {
        code: 'unknown-parameter',
        message: `${this.action.name} has no parameter \`${key}\`.${similar === undefined ? '' : ` Did you mean "${similar}"?`}`,
        hint: moved[key] ?? knownNames([...this.known]),
      })
    }
  }

  /** The places of the parameters, by key. */
  places(): Readonly<Record<string, Place>> {
    const given = this.action.parameters.filter(({ key }) => key !== 'id')
    return Object.fromEntries(given.map(({ key, place }) => [key, place]))
  }

  private find(key: string): RawParameter | undefined {
    this.known.add(key)
    return this.action.parameters.find((one) => one.key === key)
  }

  private report(place: Place, fault: Fault): void {
    this.faults.push({ ...fault, place })
  }

  private reportAt(key: string, fault: Fault): void {
    this.report(this.find(key)?.place ?? this.action.place, fault)
  }
}
