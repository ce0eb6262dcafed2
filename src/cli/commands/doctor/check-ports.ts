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
  const isOurs = await localHost.isLocked(watchLockPath(paths)).catch(() => false)
  if (stdout.trim() === '' || isOurs) return passed('page port', isOurs ? 'watch runs' : `${pagePort} is free`)
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
  const desired = await loadStacks(inputs, engine, { writes: false }).catch(diagnosticsOf)
  if ('length' in desired) return invalidFiles(desired)
  const planned = await engine.plan(desired, planOptions(inputs)).catch(diagnosticsOf)
  if ('length' in planned)
    return planned.map(({ address, message, hint }) =>
      problem(address ?? 'stacks of this folder', message, hint ?? '`heropods diff` shows more.'),
    )
  const shadowed = planned.plan.warnings.filter(({ code }) => code === 'port-shadowed')
  const found = shadowed.map(({ address, message, hint }) => warning(address ?? 'stacks', message, hint ?? ''))
  return found.length > 0 ? found : [passed('stacks of this folder', 'they can be applied')]
}

/** A `stacks` folder may belong to another program; errors of files do not concern the host. */
function invalidFiles(errors: readonly Diagnostic[]): readonly Check[] {
  const [first] = errors
  if (first === undefined || first.code === 'no-stack') return []
  return [warning('stacks of this folder', first.message, '`heropods validate` shows all errors of the files.')]
}

const diagnosticsOf = (error: unknown): readonly Diagnostic[] =>
  error instanceof HeroPodsError ? error.diagnostics : [toDiagnostic(error)]
