import { setTimeout as delay } from 'node:timers/promises'

/** What the kernel answers to a start for which it has no process, descriptor or memory left, at this moment. */
const wanting = ['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM']
/** Tries while no child of ours is left that could make room by ending, and the time between them, milliseconds. */
const [mostAlone, pause] = [5, 50]

let running = 0
let waiting: (() => void)[] = []

/**
 * Starts a child. Where the kernel has no room for one more, it waits until another has ended and starts again: with few
 * descriptors or processes work goes slowly instead of failing. `failure`: the kernel's answer, where it did not run.
 */
export async function startWithRoom<T extends { readonly failure: string | undefined }>(
  start: () => Promise<T>,
): Promise<T> {
  for (let alone = 0; ; ) {
    const answer = await counted(start)
    if (answer.failure === undefined || !wanting.includes(answer.failure)) return answer
    if (running > 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else if (alone >= mostAlone) return answer
    else await delay(pause * ++alone)
  }
}

async function counted<T>(start: () => Promise<T>): Promise<T> {
  running += 1
  try {
    return await start()
  } finally {
    running -= 1
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  }
}
