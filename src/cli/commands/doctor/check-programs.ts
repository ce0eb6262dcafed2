import {
  allRequirements,
  findProgram,
  installCommand,
  type Requirement,
  redisRequirement,
  sometimes,
} from '../../../host/requirements.ts'
import { localHost } from '../../local-host.ts'
import { type Check, passed, problem, warning } from './check.ts'

/** The oldest supported version of Node.js. */
const [oldestMajor, oldestMinor] = [20, 19]

/** Checks the platform, Node.js and the user. */
export function checkSystem(): readonly Check[] {
  const { platform, uid } = localHost.system
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const recent = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
  return [
    platform === 'linux' ? passed('system', 'Linux') : problem('system', platform, 'HeroPods runs on Linux only.'),
    recent
      ? passed('node', process.version)
      : problem('node', process.version, `Install Node.js ${oldestMajor}.${oldestMinor} or later.`),
    uid === 0
      ? passed('root', 'yes')
      : problem('root', 'no: the instance is not checked', 'Run the command with sudo.'),
  ]
}

/** Checks the programs that HeroPods starts. Those that only some stacks or commands need are warnings. */
export const checkPrograms = (): Promise<readonly Check[]> => Promise.all(allRequirements.map(checkProgram))

async function checkProgram(one: Requirement): Promise<Check> {
  const names = [one.program, ...(one === redisRequirement ? ['valkey-server'] : [])]
  const found = await Promise.all(names.map((name) => findProgram(localHost, name)))
  const own = found.find((path) => path !== undefined)
  if (own !== undefined) return passed(one.program, own)
  const ownRedis = (localHost.environment.HEROPODS_REDIS_URL ?? '').trim() === ''
  const optional = sometimes.includes(one) || (one === redisRequirement && !ownRedis)
  const fix = `\`${await installCommand(localHost, [one])}\``
  return (optional ? warning : problem)(one.program, `not installed (${one.purpose})`, fix)
}
