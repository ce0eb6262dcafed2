const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** Bytes in the largest unit that fits, with one decimal below 100: `812B`, `1.5MiB`, `256MiB`. Pure. */
export function bytesText(bytes: number): string {
  const power = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const amount = bytes / 1024 ** power
  return `${power === 0 ? amount : amount.toFixed(amount < 100 ? 1 : 0)}${units[power]}`
}
