import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Random } from '../live/play/random-acts.ts'
import type { Instance } from '../live/support.ts'

const cli = join(import.meta.dirname, '../../dist/heropods.js')

/** Longest that a command under attack may take before the test gives up on it, milliseconds. */
const longest = 120_000

/**
 * Runs a command and ends it as kill -9 does: before or after one of its effects, at the end of a step, or at a random moment. Answers
 * once it has ended, killed or not.
 */
export async function runAndKill(
  instance: Instance,
  random: Random,
  args: readonly string[],
  window = 3000,
): Promise<void> {
  const when = ['before', 'after', 'step'][random(3)] as string
  const point = `${when}:${1 + random(when === 'step' ? 8 : 90)}`
  const byTime = random(2) === 0
  const child = start(instance, args, byTime ? {} : { HEROPODS_KILL_AT: point })
  const ended = once(child, 'exit')
  if (byTime) {
    await Promise.race([ended, delay(random(window))])
    child.kill('SIGKILL')
  }
  await within(ended)
}

/** Runs a command to its end while `attack` is repeated beside it. */
export async function runUnderAttack(
  instance: Instance,
  args: readonly string[],
  attack: () => void,
  pause: number,
): Promise<void> {
  const child = start(instance, args, {})
  const timer = setInterval(attack, pause)
  await within(once(child, 'exit')).finally(() => clearInterval(timer))
}

function start(instance: Instance, args: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [cli, ...args], {
    cwd: instance.base,
    env: { ...instance.environment, ...environment },
    stdio: 'ignore',
  })
}

const within = <T>(promise: Promise<T>): Promise<T> =>
  Promise.race([
    promise,
    delay(longest, undefined, { ref: false }).then(() =>
      Promise.reject(new Error('a command under attack did not end')),
    ),
  ])

/** Kills one process of the instance whose command line matches; answers whether there was one. */
export function killOne(instance: Instance, random: Random, pattern: RegExp): boolean {
  const found = processesOf(instance).filter(({ line }) => pattern.test(line))
  const victim = found[random(Math.max(found.length, 1))]
  if (victim === undefined) return false
  try {
    return process.kill(victim.pid, 'SIGKILL')
  } catch {
    return false
  }
}

/** Processes that name a folder of this instance in their arguments: its supervisors, its Redis, and tools at work for it. */
export function processesOf({ base }: Instance): readonly { readonly pid: number; readonly line: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        const line = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return line.includes(base) ? [{ pid: Number(name), line }] : []
      } catch {
        return []
      }
    })
}
