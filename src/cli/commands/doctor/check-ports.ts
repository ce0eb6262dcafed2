import { join } from 'node:path'
import { existsSync } from '../../../host/caller-files.ts'
import { type Paths, watchLockPath, workingFolder } from '../../../host/files/paths.ts'
import { type Diagnostic, HeroPodsError, toDiagnostic } from '../../../model/errors.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { localHost } from '../../local-host.ts'
import { loadStacks, planInputs, planOptions } from '../../stack-inputs.ts'
import type { CommonOptions } from '../../terminal.ts'
import { type Check, passed, problem, warning } from './check.ts'

/** The port of the status page, if `watch --listen` sets no other. */
const pagePort = 9180

/** Checks if another process has the port of the status page. */
export async function checkPagePort(paths: Paths): Promise<Check> {
  const args = ['--no-header', '--numeric', '--listening', '--tcp', '--processes', `sport = :${pagePort}`]
  const { stdout } = await localHost.query({ program: 'ss', args })
  const isWatchRunning = await localHost.isLocked(watchLockPath(paths)).catch(() => false)
  if (stdout.trim() === '' || isWatchRunning)
    return passed('page port', isWatchRunning ? 'watch runs' : `${pagePort} is free`)
  const [, name, pid] = /\("([^"]+)",pid=(\d+)/.exec(stdout) ?? []
  const holder = name === undefined ? 'another process' : `${name} (pid ${pid})`
  return warning(
    'page port',
    `the port ${pagePort} of the status page is taken by ${holder}`,
    'Use another port, e.g. `heropods watch --listen 127.0.0.1:9181`.',
  )
}

/** Plans the stacks in the working folder, if there are any, and reports problems such as taken ports. Changes nothing. */
export async function checkStacksHere(engine: Engine, options: CommonOptions): Promise<readonly Check[]> {
  const folder = workingFolder()
  if (folder === undefined || !['heropods.yaml', 'stacks'].some((name) => existsSync(join(folder, name)))) return []
  const inputs = planInputs([], options)
  const loaded = await resultOf(loadStacks(inputs, engine, { writes: false }))
  if ('errors' in loaded) return invalidFiles(loaded.errors)
  const planned = await resultOf(engine.plan(loaded.value, planOptions(inputs)))
  if ('errors' in planned)
    return planned.errors.map(({ address, message, hint }) =>
      problem(address ?? 'stacks of this folder', message, hint ?? '`heropods diff` shows more.'),
    )
  const shadowed = planned.value.plan.warnings.filter(({ code }) => code === 'port-shadowed')
  const found = shadowed.map(({ address, message, hint }) => warning(address ?? 'stacks', message, hint ?? ''))
  return found.length > 0 ? found : [passed('stacks of this folder', 'they can be applied')]
}

/** Invalid stack files are only a warning: doctor checks the host, and a `stacks` folder may belong to another program. */
function invalidFiles(errors: readonly Diagnostic[]): readonly Check[] {
  const [first] = errors
  if (first === undefined || first.code === 'no-stack') return []
  return [warning('stacks of this folder', first.message, '`heropods validate` shows all errors of the files.')]
}

async function resultOf<T>(
  promise: Promise<T>,
): Promise<{ readonly value: T } | { readonly errors: readonly Diagnostic[] }> {
  try {
    return { value: await promise }
  } catch (error) {
    return { errors: error instanceof HeroPodsError ? error.diagnostics : [toDiagnostic(error)] }
  }
}
