import { ExitCode, refuse } from '../../model/errors.ts'
import { openEvents } from '../../reconciler/engine/events.ts'
import { didYouMean } from '../../stack/check/suggest.ts'
import type { StackMemory, WatchStore } from '../../state/watch-store.ts'
import { type CommonOptions, openTerminal } from '../context.ts'

/** `heropods suspend`: `watch` neither changes nor mends these stacks until `resume`. */
export const suspend = (stacks: readonly string[], options: CommonOptions): Promise<number> =>
  onEach(stacks, options, async (store, { stack }) => {
    await store.suspend(stack, true)
    await store.publish({
      type: 'stack.suspended',
      level: 'info',
      reason: 'Suspended',
      message: 'Nothing is changed or mended.',
      stack,
    })
    return 'suspended'
  })

/** `heropods resume`: `watch` keeps these stacks again, and tries once more what it had rejected. */
export const resume = (stacks: readonly string[], options: CommonOptions): Promise<number> =>
  onEach(stacks, options, async (store, memory) => {
    await store.suspend(memory.stack, false)
    await store.remember(memory.stack, { rejected: null })
    await store.publish({
      type: 'stack.resumed',
      level: 'info',
      reason: 'Resumed',
      message: 'It is kept again as its files state it.',
      stack: memory.stack,
    })
    return 'resumed'
  })

async function onEach(
  stacks: readonly string[],
  options: CommonOptions,
  act: (store: WatchStore, memory: StackMemory) => Promise<string>,
): Promise<number> {
  const terminal = openTerminal()
  const { instance } = options
  const store = await openEvents({
    environment: process.env,
    ...(instance !== undefined && { instance }),
    starts: true,
  })
  try {
    const memories = (await store?.memories()) ?? new Map<string, StackMemory>()
    const wanted = stacks.map((stack) => memories.get(stack) ?? unknown(stack, [...memories.keys()]))
    for (const memory of wanted) {
      if (store === undefined) break
      const result = await act(store, memory)
      terminal.print(options.json ? JSON.stringify({ stack: memory.stack, result }) : `${memory.stack} ${result}`)
    }
    return ExitCode.done
  } finally {
    await store?.close()
  }
}

function unknown(stack: string, known: readonly string[]): never {
  throw refuse({
    code: 'unknown-stack',
    message: `No watch keeps a stack "${stack}".${didYouMean(stack, known)}`,
    hint: known.length > 0 ? `Kept: ${known.join(', ')}.` : '`heropods watch` keeps stacks; none has run here.',
  })
}
