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
}

/** `color`: false returns text unchanged. */
export function makeStyle(color: boolean): Style {
  const colors = pico.createColors(color)
  return {
    added: colors.green,
    changed: colors.yellow,
    removed: colors.red,
    dim: colors.dim,
    bold: colors.bold,
    error: colors.red,
    warning: colors.yellow,
  }
}
