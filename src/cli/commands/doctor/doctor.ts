import { instancePaths, type Paths } from '../../../host/files/paths.ts'
import { ExitCode, toDiagnostic } from '../../../model/errors.ts'
import { hostReach, imagesStoredTwice } from '../../../reconciler/engine/examine.ts'
import type { ConfirmOptions } from '../../confirm-and-apply.ts'
import { openEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { type CommonOptions, openTerminal, type Terminal } from '../../terminal.ts'
import { type Check, problem, worstFirst } from './check.ts'
import { checkBoot } from './check-boot.ts'
import { checkFolders } from './check-folders.ts'
import { checkKernel } from './check-kernel.ts'
import { checkNetwork } from './check-network.ts'
import { checkPagePort, checkStacksHere } from './check-ports.ts'
import { checkPrograms, checkSystem } from './check-programs.ts'
import { checkInstance, readInstance } from './check-records.ts'
import { checkRedis } from './check-redis.ts'
import { checkVersions } from './check-versions.ts'
import { checkWatches } from './check-watch.ts'
import { checkStoredTwice } from './stored-twice.ts'

export interface DoctorOptions extends ConfirmOptions {
  /** Also lists the checks that passed. */
  readonly all?: boolean
  /** Repairs problems of the instance before the checks. */
  readonly repair?: boolean
}

/**
 * `heropods doctor`: checks this host and the instance; errors come first, then warnings, each with its repair. Changes nothing
 * without `--repair`. Returns 1 if there is an error; warnings do not count.
 */
export async function doctor(options: DoctorOptions): Promise<number> {
  const terminal = openTerminal()
  const code = options.repair ? await (await import('./repair.ts')).repairInstance(options) : ExitCode.done
  if (code !== ExitCode.done) return code
  const checks = worstFirst(await allChecks(options))
  const failed = checks.some(({ state }) => state === 'missing')
  if (options.json) terminal.print(JSON.stringify({ ok: !failed, passed: passedIn(checks), checks }))
  else printChecks(checks, options, terminal)
  return failed ? ExitCode.failed : ExitCode.done
}

const passedIn = (checks: readonly Check[]): number => checks.filter(({ state }) => state === 'ok').length

/** The results of all checks, in the order in which they are needed. */
export async function allChecks(options: CommonOptions): Promise<readonly Check[]> {
  const paths = instancePaths(localHost.environment, options.instance)
  const host = await Promise.all([checkPrograms(), checkVersions(), checkKernel()])
  // Only root can read the folders of an instance.
  const instance = localHost.system.uid === 0 ? await instanceChecks(options, paths) : []
  return [...checkSystem(), ...host.flat(), ...instance]
}

async function instanceChecks(options: CommonOptions, paths: Paths): Promise<readonly Check[]> {
  const [folders, redis, page, images, reach] = await Promise.all([
    checkFolders(paths),
    checkRedis(paths),
    checkPagePort(paths),
    imagesStoredTwice(localHost, paths).then(checkStoredTwice),
    hostReach(localHost, paths),
  ])
  const binds = reach.map(({ container, bind }): Check => ({ name: container, state: 'note', text: `binds ${bind}` }))
  return [...folders, ...redis, page, images, ...(await engineChecks(options, paths)), ...binds]
}

/** The checks that need the engine of the instance. The engine only reads. */
async function engineChecks(options: CommonOptions, paths: Paths): Promise<readonly Check[]> {
  try {
    const engine = await openEngine({ ...options, write: false, optionalRecords: true })
    try {
      const observed = await engine.observe()
      const state = await readInstance(engine, observed, (await engine.lockHolder()) !== undefined)
      const network = await checkNetwork(state.hasNetworks)
      const watches = await checkWatches(paths, state.containers)
      const stacks = await checkStacksHere(engine, options)
      return [
        ...network,
        ...watches,
        ...checkInstance(state),
        ...(await checkBoot(paths.instance, observed)),
        ...stacks,
      ]
    } finally {
      await engine.close()
    }
  } catch (error) {
    const { message, hint } = toDiagnostic(error)
    return [...(await checkNetwork(false)), problem('instance', message, hint ?? '`heropods status` shows more.')]
  }
}

function printChecks(checks: readonly Check[], { all }: DoctorOptions, { style, print }: Terminal): void {
  const marks = { ok: style.added('✓'), note: style.warning('!'), missing: style.error('✗') }
  for (const { name, state, text, fix } of checks) {
    if (state === 'ok' && !all) continue
    print(`${marks[state]} ${name}: ${text}${fix ? `\n  ${style.dim('->')} ${fix}` : ''}`)
  }
  const more = all ? '.' : '; `heropods doctor --all` lists them.'
  print(`${passedIn(checks)} checks passed${more}`)
}
