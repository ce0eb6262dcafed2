import type { Container } from '../../generated/stack-file.ts'
import { parseSignal, signalNames } from '../../model/values/signal.ts'
import { parseUser, parseUserOrGroup } from '../../model/values/user.ts'
import { didYouMean } from '../check/suggest.ts'
import { shellWords } from '../resolve/shell-words.ts'
import { type Context, collectError } from './context.ts'

/** A command or entrypoint as argv; undefined: the image's. */
export function words(
  context: Context,
  at: readonly string[],
  field: 'command' | 'entrypoint',
  stated: Container,
): readonly string[] | undefined {
  const value = stated[field]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') return value.map(String)
  return collectError(
    context,
    'bad-command',
    [...at, field],
    [],
    () => shellWords(value),
    'Close the quote, or write a list.',
  )
}

/** A signal's name in its usual form, or its number. */
export const stopSignal = (context: Context, key: string, stated: string | number): string =>
  collectError(
    context,
    'bad-signal',
    ['containers', key, 'stop_signal'],
    '',
    () => signal(stated),
    'Write a name as SIGQUIT or SIGRTMIN+3, or a number from 1 to 64; see signal(7).',
  )

function signal(stated: string | number): string {
  const found = parseSignal(stated)
  if (found !== undefined) return found.name
  const named = `SIG${String(stated).replace(/^SIG/i, '')}`
  throw new Error(`there is no signal ${stated}.${didYouMean(named, signalNames)}`)
}

/** `USER[:GROUP]`, as written: names are looked up where the image is. */
export function user(context: Context, key: string, stated: string): string {
  if (stated !== '')
    collectError(context, 'bad-user', ['containers', key, 'user'], undefined, () => void parseUser(stated), userHint)
  return stated
}

/** More groups, by name or number. */
export function groups(context: Context, key: string, stated: readonly string[]): readonly string[] {
  for (const [index, one] of stated.entries())
    collectError(
      context,
      'bad-user',
      ['containers', key, 'group_add', index],
      undefined,
      () => void parseUserOrGroup(one),
      userHint,
    )
  return stated
}

const userHint = 'Names are looked up in the image’s /etc/passwd and /etc/group.'
