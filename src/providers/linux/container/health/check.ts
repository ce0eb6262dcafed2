import { crunEnvironment } from '../../../../host/process/crun-environment.ts'
import type { WriteContext } from '../../../provider.ts'
import { healthLayout } from '../layout.ts'
import { configText } from '../oci/config-text.ts'
import { execProcess } from '../oci/exec-process.ts'
import { execArgs, ownProcess } from '../process/exec.ts'
import type { CheckEnd } from './state.ts'
import type { HealthTarget } from './target.ts'

export interface CheckResult extends CheckEnd {
  /** Last 4 kB of its output. */
  readonly output: string
  /** undefined: the check is not a command, or did not end. */
  readonly exitCode?: number
}

type Answer = Pick<CheckResult, 'ok' | 'output' | 'exitCode'>
type Writer = Pick<WriteContext, 'host' | 'paths'>

/** Checks a running container once, within its timeout. An error is a failed check. `signal` ends it early. */
export async function runCheck(write: Writer, target: HealthTarget, signal: AbortSignal): Promise<CheckResult> {
  const startedAt = Date.now()
  const answer = await ask(write, target, signal).catch(
    (error: unknown): Answer => ({ ok: false, output: error instanceof Error ? error.message : String(error) }),
  )
  return { ...answer, startedAt, endedAt: Date.now() }
}

async function ask(write: Writer, target: HealthTarget, signal: AbortSignal): Promise<Answer> {
  const { check, host } = target
  if ('test' in check) return runTest(write, target, check.test, signal)
  if (host === undefined) return { ok: false, output: 'it has no address' }
  const timeout = AbortSignal.timeout(check.timeout)
  const either = AbortSignal.any([signal, timeout])
  const answer = await ('http' in check
    ? write.host.probeHttp(check.http, host, either)
    : write.host.probeTcp(check.tcp, host, either))
  return timeout.aborted ? { ...answer, output: answer.output.replace(/no answer$/, noAnswer(check.timeout)) } : answer
}

const noAnswer = (timeout: number): string => `no answer within ${timeout / 1000} s`

async function runTest(
  write: Writer,
  target: HealthTarget,
  [kind, ...words]: readonly string[],
  signal: AbortSignal,
): Promise<Answer> {
  const { container, id, check } = target
  const own = await ownProcess(write, container)
  if (own === undefined) return { ok: false, output: 'its bundle is gone' }
  const files = healthLayout(write.paths, id)
  if ((await write.host.stat(files.output)) === undefined) {
    await write.host.makeDir(files.folder)
    await write.host.run({ program: 'mkfifo', args: ['--mode=600', files.output] })
  }
  const args = kind === 'CMD-SHELL' ? ['/bin/sh', '-c', ...words] : words
  const { exitCode, timedOut, output } = await write.host.runBounded(
    {
      program: 'crun',
      env: await crunEnvironment(write.host),
      args: execArgs(write.paths, id, [`--pid-file=${files.pid}`]),
      data: configText(execProcess(own, { args, env: [], terminal: false })),
      output: files.output,
      pidFile: files.pid,
      timeoutMs: check.timeout,
    },
    signal,
  )
  if (timedOut) return { ok: false, output: [output.trimEnd(), noAnswer(check.timeout)].filter(Boolean).join('\n') }
  const code = typeof exitCode === 'number' ? { exitCode } : {}
  return { ...code, ok: exitCode === 0, output: output || (exitCode === 0 ? '' : `exit code ${exitCode ?? 'unknown'}`) }
}
