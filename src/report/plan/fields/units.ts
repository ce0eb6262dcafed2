/** Milliseconds as in a stack file: `1m30s`, `1.5s`, `500ms`, `0s`. Pure. */
export function durationText(milliseconds: number): string {
  if (milliseconds > 0 && milliseconds < 1000) return `${milliseconds}ms`
  const [hours, minutes] = [Math.floor(milliseconds / 3_600_000), Math.floor(milliseconds / 60_000) % 60]
  const seconds = (milliseconds % 60_000) / 1000
  const parts = [...(hours > 0 ? [`${hours}h`] : []), ...(minutes > 0 ? [`${minutes}m`] : [])]
  return [...parts, ...(seconds > 0 || parts.length === 0 ? [`${seconds}s`] : [])].join('')
}

/** The first 12 characters of a digest, without its algorithm. Pure. */
export const shortDigest = (digest: string): string => digest.replace(/^sha256:(?=[0-9a-f]{12})/, '').slice(0, 12)
