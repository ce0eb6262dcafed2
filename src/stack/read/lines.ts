import type { Place } from '../../model/errors.ts'

/** Returns a function for line, column and line text of an offset. Lines are searched once. Pure. */
export function placesOf(text: string): (offset: number) => Omit<Place, 'file'> {
  const starts = [0]
  for (let position = text.indexOf('\n'); position >= 0; position = text.indexOf('\n', position + 1))
    starts.push(position + 1)
  return (offset) => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    const start = starts[low] ?? 0
    const quote = text.slice(start, (starts[low + 1] ?? text.length + 1) - 1)
    return { line: low + 1, column: offset - start + 1, quote }
  }
}
