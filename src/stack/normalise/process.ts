import type { Container } from '../../generated/stack-file.ts'
import { parseSignal, signalNames } from '../../model/values/signal.ts'
import { parseUser, parseUserOrGroup } from '../../model/values/user.ts'
import { didYouMean } from '../check/suggest.ts'
import { shellWords } from '../interpolate/shell-words.ts'
import { type Context, collectError } from './context.ts'

/** A command or entrypoint as argv; undefined: that of the image. */
export function words(
  context: Context,
  path: readonly string[],
  field: 'command' | 'entrypoint',
  declared: Container,
): readonly string[] | undefined {
  const value = declared[field]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') return value.map(String)
  return collectError(
    context,
    'bad-command',
    [...path, field],
    [],
    () => shellWords(value),
    'Close the quote, or write a list.',
  )
}

/** The usual name of a signal, or its number. */
export const stopSignal = (context: Context, key: string, declared: string | number): string =>
  collectError(
    context,
    'bad-signal',
    ['containers', key, 'stop_signal'],
    '',
    () => signal(declared),
    'Write a name, e.g. SIGQUIT or SIGRTMIN+3, or a number from 1 to 64; see signal(7).',
  )

function signal(declared: string | number): string {
  const found = parseSignal(declared)
  if (found !== undefined) return found.name
  const named = `SIG${String(declared).replace(/^SIG/i, '')}`
  throw new Error(`there is no signal ${declared}.${didYouMean(named, signalNames)}`)
}

/** `USER[:GROUP]`, unchanged: the image resolves names. */
export function user(context: Context, key: string, declared: string): string {
  if (declared !== '')
    collectError(context, 'bad-user', ['containers', key, 'user'], undefined, () => void parseUser(declared), userHint)
  return declared
}

/** Additional groups, by name or number. */
export function groups(context: Context, key: string, declared: readonly string[]): readonly string[] {
  for (const [index, one] of declared.entries())
    collectError(
      context,
      'bad-user',
      ['containers', key, 'group_add', index],
      undefined,
      () => void parseUserOrGroup(one),
      userHint,
    )
  return declared
}

const userHint = 'Names are looked up in the image’s /etc/passwd and /etc/group.'
