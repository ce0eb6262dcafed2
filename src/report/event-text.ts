import type { HostEvent } from '../model/event.ts'
import { visibleLine } from '../model/values/visible.ts'
import type { Style } from './style.ts'

/** One event in one line: time, level, type, stack, generation and message. Pure. */
export function renderEvent(
  { time, level, type, stack, generation, message, count, since }: HostEvent,
  style: Style,
): string {
  const color = level === 'error' ? style.error : level === 'warning' ? style.warning : style.dim
  const where = [stack, generation === undefined ? undefined : `@${generation}`].filter((part) => part !== undefined)
  const moment = style.dim(shortTime(time))
  const repeats = count === undefined ? '' : style.dim(` (x${count} since ${shortTime(since ?? time)})`)
  return `${moment} ${color(level.padEnd(7))} ${type.padEnd(20)} ${style.bold(where.join(' ') || '-')}  ${visibleLine(message)}${repeats}`
}

const shortTime = (time: string): string => time.replace('T', ' ').replace(/\.\d+Z$/, 'Z')
