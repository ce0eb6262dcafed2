import { ExitCode, HeroPodsError } from '../../../model/errors.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal, reportError, type Terminal } from '../../terminal.ts'

type RefreshResult = Awaited<ReturnType<Engine['refresh']>>

/** `heropods refresh`: rebuilds the records from the objects on the host. Returns 1 if a record could not be rebuilt. */
export const refresh = (options: CommonOptions): Promise<number> =>
  withWriterEngine(
    options,
    async (engine) => {
      const terminal = openTerminal()
      const result = await engine.refresh()
      if (options.json) terminal.print(JSON.stringify(result))
      else printResult(result, terminal)
      for (const failure of result.failures) reportError(new HeroPodsError(failure), options)
      return result.failures.length > 0 ? ExitCode.failed : ExitCode.done
    },
    { repairs: true },
  )

function printResult({ setAside, rebuilt, recorded, forgotten }: RefreshResult, { style, print }: Terminal): void {
  for (const path of setAside) print(`! damaged, set aside: ${path}`)
  for (const address of rebuilt) print(`${style.added('+')} ${address} record rebuilt`)
  for (const address of recorded) print(`${style.added('+')} ${address} recorded`)
  for (const address of forgotten) print(`${style.removed('-')} ${address} forgotten`)
  if ([setAside, rebuilt, recorded, forgotten].flat().length === 0) print('The records match the host.')
}
