import { findProgram, installCommand } from '../../../host/requirements.ts'
import { localHost } from '../../local-host.ts'
import { type Check, passed, problem, warning } from './check.ts'
import { faultsOf, type KnownFault, type VersionContext, versionedPrograms } from './known-versions.ts'

type Versions = VersionContext['versions']

/** Compares the installed versions of runtimes with those that have known faults. */
export async function checkVersions(): Promise<readonly Check[]> {
  const found = await Promise.all(versionedPrograms.map(async (name) => [name, await versionOf(name)] as const))
  const versions: Versions = Object.fromEntries(found.filter(([, version]) => version !== undefined))
  const { mode } = await localHost.cgroups()
  const faults = faultsOf({ versions, kernel: localHost.system.kernel, cgroups: mode })
  const faulty = new Set<string>(faults.map(({ program }) => program))
  const good = Object.entries(versions).filter(([name]) => !faulty.has(name))
  const checks = await Promise.all(faults.map((fault) => checkOf(fault, versions)))
  return [...checks, ...good.map(([name, version]) => passed(`${name} version`, version ?? ''))]
}

async function versionOf(program: string): Promise<string | undefined> {
  const path = await findProgram(localHost, program)
  if (path === undefined) return undefined
  const { stdout } = await localHost.query({ program: path, args: ['--version'] })
  return / version (\d\S*)/.exec(stdout)?.[1]
}

async function checkOf({ program, before, symptom, link, severe }: KnownFault, versions: Versions): Promise<Check> {
  const text = `${versions[program]}: ${symptom}: ${link}`
  const install = await installCommand(localHost, [{ program, apt: program, dnf: program, purpose: '' }])
  const fix = `Use ${program} ${before} or later: \`${install}\`. Distributions may have fixed an older version: see their changelog.`
  return severe ? problem(`${program} version`, text, fix) : warning(`${program} version`, text, fix)
}
