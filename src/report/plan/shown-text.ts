import { unknown } from '../../model/diff/showable.ts'
import { redactedText, replaceReferences } from '../../model/tokens.ts'
import { visibleLine } from '../../model/values/visible.ts'

/** The longest value in one line, characters. */
const maxCharacters = 120

/** A text of a spec in one line: sensitive parts and control characters are replaced. Pure. */
export const shownText = (text: string): string =>
  visibleLine(redactedText(replaceReferences(text, () => `(${unknown})`)))

/** A value for people, cut at its end if it is long. Pure. */
export function shortText(text: string): string {
  const shown = shownText(text)
  return shown.length > maxCharacters ? `${shown.slice(0, maxCharacters)}...` : shown
}

/** Two values for people. Of long values the part where they begin to differ is shown. Pure. */
export function shortPair(before: string, after: string): readonly [string, string] {
  const [old, now] = [shownText(before), shownText(after)]
  if (old.length <= maxCharacters && now.length <= maxCharacters) return [old, now]
  let same = 0
  while (same < Math.min(old.length, now.length) && old[same] === now[same]) same += 1
  const from = Math.max(0, Math.min(same - maxCharacters / 3, Math.max(old.length, now.length) - maxCharacters))
  const part = (text: string): string =>
    `${from > 0 ? '...' : ''}${text.slice(from, from + maxCharacters)}${text.length > from + maxCharacters ? '...' : ''}`
  return [part(old), part(now)]
}
