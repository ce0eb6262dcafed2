import { characterName, forbiddenCharacter } from '../../model/values/text.ts'
import type { Path } from '../read/position.ts'
import type { Problems } from './problem.ts'

/**
 * Reports characters that no text of a user may contain, in keys and values. Two of them enclose tokens (see `src/model/tokens.ts`), so this
 * check comes before any token is inserted: users cannot write tokens.
 */
export function reportForbidden(data: unknown, problems: Problems, path: Path = []): void {
  if (typeof data === 'string') report(data, path, false, problems)
  else if (Array.isArray(data))
    for (const [index, one] of data.entries()) reportForbidden(one, problems, [...path, index])
  else if (data !== null && typeof data === 'object') {
    for (const [key, one] of Object.entries(data)) {
      report(key, [...path, key], true, problems)
      reportForbidden(one, problems, [...path, key])
    }
  }
}

function report(text: string, path: Path, onKey: boolean, problems: Problems): void {
  const found = forbiddenCharacter(text)
  if (found === undefined) return
  problems.add(
    'invalid',
    path,
    `${onKey ? 'The name' : `\`${path.join('.')}\``} ${onKey ? `${JSON.stringify(text)} ` : ''}contains ${characterName(found)}.`,
    'Remove it. For content with such characters use `file: PATH`.',
    onKey,
  )
}
