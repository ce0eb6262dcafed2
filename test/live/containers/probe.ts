import { join } from 'node:path'
import { type Instance, sh } from '../support.ts'

/** Numbers of calls: of x86-64, and of i386, where there is one. */
const numbers: Readonly<Record<string, readonly [number | undefined, number]>> = {
  socket: [41, 359],
  socketpair: [53, 360],
  socketcall: [undefined, 102],
  clone: [56, 120],
  personality: [135, 136],
  io_uring_setup: [425, 425],
  bpf: [321, 357],
  syslog: [103, 103],
  unshare: [272, 310],
  mount: [165, 21],
  keyctl: [250, 288],
}

export type Entry = 64 | 32

/** One system call: what it is asked with, by number, or as the address of an array of ints. */
export interface Call {
  readonly name: string
  readonly args: readonly (bigint | number | readonly number[])[]
}

/** The entries of this machine by which a call can be made. */
export const entriesOf = (name: string): readonly Entry[] => {
  const [long, short] = numbers[name] ?? []
  if (short === undefined) throw new Error(`probe.ts knows no number of ${name}`)
  return long === undefined ? [32] : [64, 32]
}

/** Compiles the program that makes the calls. Answers where it lies. */
export function compileProbe(instance: Instance): string {
  const program = join(instance.base, 'probe')
  const options = ['-static', '-nostdlib', '-ffreestanding', '-fno-stack-protector', '-O1']
  sh('gcc', ...options, '-o', program, join(import.meta.dirname, 'probe.c'))
  return program
}

/** Makes calls inside a container that has the program as /probe. Answers the errno of each, 0 where it was done. */
export function probe(instance: Instance, container: string, entry: Entry, calls: readonly Call[]): readonly number[] {
  const words = calls.map(({ name, args }) => {
    const number = numbers[name]?.[entry === 64 ? 0 : 1]
    if (number === undefined) throw new Error(`${name} has no number for entry ${entry}`)
    const texts = args.map((one) => (typeof one === 'object' ? `@${one.join()}` : `0x${one.toString(16)}`))
    return [entry, number, ...texts].join(':')
  })
  return instance
    .exec(container, '/probe', ...words)
    .trim()
    .split('\n')
    .map(Number)
}
