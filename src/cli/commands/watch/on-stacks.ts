import { ExitCode, refusedError } from '../../../model/errors.ts'
import { authorText } from '../../../model/generation.ts'
import { openEvents } from '../../../reconciler/engine/events.ts'
import { didYouMean } from '../../../stack/check/suggest.ts'
import type { WatchRecord, WatchStore } from '../../../state/watch-store.ts'
import { localHost } from '../../local-host.ts'
import { type CommonOptions, openTerminal, typedCommand } from '../../terminal.ts'

/** Changes the record of one stack and returns the word for the result. `by`: the user, for events. */
type ChangeStack = (store: WatchStore, record: WatchRecord, by: string) => Promise<string>

/** Calls `change` for each named stack of watch, and prints the results. Returns the exit code. Raises `unknown-stack` (refused). */
export async function onStacks(
  stacks: readonly string[],
  options: CommonOptions,
  change: ChangeStack,
): Promise<number> {
  const terminal = openTerminal()
  const { instance } = options
  const store = await openEvents({
    host: localHost,
    ...(instance !== undefined && { instance }),
    starts: true,
  })
  const by = authorText({ ...localHost.caller(), command: typedCommand() })
  try {
    const watchRecords = (await store?.watchRecords()) ?? new Map<string, WatchRecord>()
    const named = stacks.map((stack) => watchRecords.get(stack) ?? refuseUnknown(stack, [...watchRecords.keys()]))
    for (const record of named) {
      if (store === undefined) break
      const result = await change(store, record, by)
      terminal.print(options.json ? JSON.stringify({ stack: record.stack, result }) : `${record.stack} ${result}`)
    }
    return ExitCode.done
  } finally {
    await store?.close()
  }
}

function refuseUnknown(stack: string, known: readonly string[]): never {
  throw refusedError({
    code: 'unknown-stack',
    message: `No watch reconciles a stack "${stack}".${didYouMean(stack, known)}`,
    hint: known.length > 0 ? `Stacks: ${known.join(', ')}.` : '`heropods watch` has not run on this instance.',
  })
}
