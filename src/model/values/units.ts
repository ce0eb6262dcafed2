const powers = 'bkmgt'

/** Parses a size such as `512m` (powers of 1024) to bytes. Throws an Error with the reason if it is invalid. */
export function parseSize(value: string | number): number {
  if (typeof value === 'number') return value
  const match = /^(-?\d+(?:\.\d+)?)\s*([bkmgt]?)(?:i?b)?$/i.exec(value.trim())
  if (match === null) throw new Error(`"${value}" is not a size: write bytes, or a number with k, m, g`)
  return Math.floor(Number(match[1]) * 1024 ** Math.max(0, powers.indexOf((match[2] || 'b').toLowerCase())))
}

const milliseconds: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Parses a duration such as `1m30s` to milliseconds; a plain number is seconds. Throws an Error with the reason if it is invalid. */
export function parseDuration(value: string | number): number {
  if (typeof value === 'number' || /^\d+$/.test(value)) return Number(value) * 1000
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h)/g)]
  if (value === '' || parts.map((part) => part[0]).join('') !== value)
    throw new Error(`"${value}" is not a duration: write 10s or 1m30s`)
  return Math.round(parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (milliseconds[unit] ?? 0), 0))
}

const sizes = [
  ['T', 2 ** 40],
  ['G', 2 ** 30],
  ['M', 2 ** 20],
  ['k', 2 ** 10],
] as const

/** Bytes as in a stack file: `64M`, `1536M`; without a unit where none divides the number. -1 is `unlimited`. Pure. */
export function sizeText(bytes: number): string {
  if (bytes === -1) return 'unlimited'
  const unit = sizes.find(([, size]) => bytes >= size && bytes % size === 0)
  if (unit !== undefined) return `${bytes / unit[1]}${unit[0]}`
  return bytes === 0 ? '0' : `${bytes} bytes`
}
