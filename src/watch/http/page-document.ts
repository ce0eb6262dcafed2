/** A change of the document: the new values by key; null: the key is gone. */
export interface DocumentPatch {
  /** The version of the document after the change. */
  readonly version: number
  readonly values: Readonly<Record<string, unknown>>
}

/** The data of the page, as values by key. It finds the changes since the last call, so that a page gets only those. */
export class PageDocument {
  private version = 0
  private texts: ReadonlyMap<string, string> = new Map()

  constructor(private readonly read: () => ReadonlyMap<string, unknown>) {}

  /** The change since the last call of either method; undefined: there is none. */
  patch(): DocumentPatch | undefined {
    const before = this.texts
    const entries = this.read()
    this.texts = new Map([...entries].map(([key, value]) => [key, JSON.stringify(value)]))
    const changed = [...entries].filter(([key]) => this.texts.get(key) !== before.get(key))
    const gone = [...before.keys()].filter((key) => !entries.has(key)).map((key) => [key, null] as const)
    if (changed.length + gone.length === 0) return undefined
    this.version += 1
    return { version: this.version, values: Object.fromEntries([...changed, ...gone]) }
  }

  /** The document as of the last `patch`, as JSON: `{"version": 7, "values": {...}}`. */
  text(): string {
    const values = [...this.texts].map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')
    return `{"version":${this.version},"values":{${values}}}`
  }
}
