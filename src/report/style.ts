import pico from 'picocolors'

/** Colours and styles of text on a terminal. */
export interface Style {
  added(text: string): string
  changed(text: string): string
  removed(text: string): string
  dim(text: string): string
  bold(text: string): string
  error(text: string): string
  warning(text: string): string
  /** The colour of the member of a list that has this index. Colours repeat after five. */
  series(text: string, index: number): string
}

/** `color`: false returns text unchanged. */
export function makeStyle(color: boolean): Style {
  const colors = pico.createColors(color)
  const series = [colors.cyan, colors.yellow, colors.green, colors.magenta, colors.blue]
  return {
    added: colors.green,
    changed: colors.yellow,
    removed: colors.red,
    dim: colors.dim,
    bold: colors.bold,
    error: colors.red,
    warning: colors.yellow,
    series: (text, index) => series[index % series.length]?.(text) ?? text,
  }
}
