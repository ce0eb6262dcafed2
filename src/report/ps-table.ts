/** One container in the table of `ps`. A text of `-` means that there is none. */
export interface PsRow {
  readonly name: string
  readonly stack: string
  readonly image: string
  readonly state: string
  readonly up: string
  readonly ip: string
  readonly ports: string
}

type Column = keyof PsRow

export interface PsTable {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Headings of the columns that do not fit. */
  readonly omitted: readonly string[]
}

const columns: readonly Column[] = ['name', 'stack', 'image', 'state', 'up', 'ip', 'ports']
/** Columns that a narrow terminal does not show, the least important first. */
const optional: readonly Column[] = ['ip', 'image', 'up', 'ports']
/** Blanks between two columns. */
const gap = 2

/** The table of `ps` for a terminal with `width` columns; undefined: no limit. Shortens texts first, then leaves columns out. Pure. */
export function psTable(rows: readonly PsRow[], width?: number): PsTable {
  const fits = (some: readonly PsRow[], shown: readonly Column[]): boolean =>
    width === undefined || tableWidth(some, shown) <= width
  if (fits(rows, columns)) return tableOf(rows, columns)
  const short = rows.map((row) => ({ ...row, image: shortImage(row.image), state: shortState(row.state) }))
  let shown = columns
  for (const column of optional) if (!fits(short, shown)) shown = shown.filter((one) => one !== column)
  return tableOf(short, shown)
}

const tableOf = (rows: readonly PsRow[], shown: readonly Column[]): PsTable => ({
  headings: shown.map(heading),
  rows: rows.map((row) => shown.map((column) => row[column])),
  omitted: columns.filter((column) => !shown.includes(column)).map(heading),
})

const heading = (column: Column): string => column.toUpperCase()

const tableWidth = (rows: readonly PsRow[], shown: readonly Column[]): number =>
  shown.reduce((sum, column) => sum + Math.max(column.length, ...rows.map((row) => row[column].length)), 0) +
  gap * (shown.length - 1)

/** An image without registry and digest: `ghcr.io/org/shop:1.2@sha256:...` is `shop:1.2`. Pure. */
const shortImage = (image: string): string => (image.split('@')[0] ?? '').split('/').at(-1) || image

/** A state without the details that take most space: `restarting (exit 3, 4th try)`, `exited (137, OOM)`. Pure. */
const shortState = (state: string): string => state.replace('out of memory', 'OOM').replace(/, next in \d+s/, '')
