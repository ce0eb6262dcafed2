/** Numbers of signals on Linux (x86 and ARM), by their name without SIG; see signal(7). */
const numbers: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  IOT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  IO: 29,
  POLL: 29,
  PWR: 30,
  SYS: 31,
  RTMIN: 34,
  RTMAX: 64,
}

const maxNumber = 64

export interface Signal {
  readonly number: number
  /** The form in a spec: `SIGTERM`, `SIGRTMIN+3`, or the number if a number was given. */
  readonly name: string
}

/** The usual name of a signal: `SIGKILL` for 9; undefined: it has none. Pure. */
export const signalNameOf = (number: number): string | undefined => {
  const name = Object.keys(numbers).find((one) => numbers[one] === number)
  return name && `SIG${name}`
}

/** Signals by their usual names, for suggestions. */
export const signalNames: readonly string[] = Object.keys(numbers).map((name) => `SIG${name}`)

/**
 * Parses a signal as Docker does: a name in any letter case, with or without SIG, `RTMIN+N` and `RTMAX-N`, or a number from 1 to 64.
 * undefined: there is no such signal.
 */
export function parseSignal(value: string | number): Signal | undefined {
  const text = String(value)
  if (/^\d{1,3}$/.test(text)) return inRange(Number(text), String(Number(text)))
  const plain = text.toUpperCase().replace(/^SIG/, '')
  const [, base = plain, sign, offset = '0'] = /^(RTM(?:IN|AX))([+-])(\d{1,2})$/.exec(plain) ?? []
  const number = Object.hasOwn(numbers, base) ? numbers[base] : undefined
  if (number === undefined || (base === 'RTMIN' && sign === '-') || (base === 'RTMAX' && sign === '+')) return undefined
  const shifted = number + (sign === '-' ? -Number(offset) : Number(offset))
  return base.startsWith('RTM') && shifted < (numbers.RTMIN ?? 0) ? undefined : inRange(shifted, `SIG${plain}`)
}

const inRange = (number: number, name: string): Signal | undefined =>
  number >= 1 && number <= maxNumber ? { number, name } : undefined
