import type { InstanceEvent } from '../model/event.ts'
import { commitText, shortCommit } from '../model/generation.ts'
import { visibleLine } from '../model/values/visible.ts'
import { partLines } from './message-lines.ts'
import type { Style } from './style.ts'

/**
 * One event in one line: time, level, type, stack, generation, message, author and repeats. The objects and the way out of a message that
 * has them are below. Pure.
 */
export function renderEvent(event: InstanceEvent, style: Style): string {
  const { time, level, type, stack, generation, message, parts, count, since } = event
  const color = level === 'error' ? style.error : level === 'warning' ? style.warning : style.dim
  const where = [stack, generation === undefined ? undefined : `@${generation}`].filter((part) => part !== undefined)
  const moment = style.dim(shortTime(time))
  const repeats = count === undefined ? '' : style.dim(` (x${count} since ${shortTime(since ?? time)})`)
  const text = visibleLine((parts?.summary ?? message) + authorOf(event))
  const first = `${moment} ${color(level.padEnd(7))} ${type.padEnd(20)} ${style.bold(where.join(' ') || '-')}  ${text}${repeats}`
  return [first, ...partLines(parts)].join('\n')
}

/** The commit that caused an event, or the user who started a run, unless the message has it. */
function authorOf({ message, commit, by }: InstanceEvent): string {
  if (commit && !message.includes(shortCommit(commit.id))) return ` (commit ${commitText(commit)})`
  return by === undefined ? '' : ` (by ${by})`
}

const shortTime = (time: string): string => time.replace('T', ' ').replace(/\.\d+Z$/, 'Z')
