import { dirname } from 'node:path'
import { accessSync, constants, existsSync } from '../../../host/caller-files.ts'
import { instancePaths } from '../../../host/files/paths.ts'
import {
  allRequirements,
  findProgram,
  installCommand,
  knowsFilesystem,
  type Requirement,
  redisRequirement,
  sometimes,
} from '../../../host/requirements.ts'
import { ExitCode, toDiagnostic } from '../../../model/errors.ts'
import { hostReach, mayRaiseLimits } from '../../../reconciler/engine/examine.ts'
import { recordsUrl } from '../../../state/redis/redis-url.ts'
import { localHost } from '../../local-host.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

interface Check {
  readonly name: string
  readonly state: 'ok' | 'note' | 'missing'
  readonly text: string
}

/** The oldest supported version of Node.js. */
const [oldestMajor, oldestMinor] = [20, 19]
/** The longest path of a Unix socket in Linux, bytes. */
const longestSocket = 107

/** `heropods doctor`: checks the requirements on this host and prints commands that install missing programs. Changes nothing. */
export async function doctor(options: CommonOptions): Promise<number> {
  const terminal = openTerminal()
  const checks = [
    ...system(),
    ...(await programs()),
    ...(await kernel()),
    ...folders(options),
    ...(await redisServer()),
    ...(await reach(options)),
  ]
  const failed = checks.some((check) => check.state === 'missing')
  if (options.json) terminal.print(JSON.stringify({ ok: !failed, checks }))
  else {
    const { style } = terminal
    const marks = { ok: style.added('✓'), note: style.warning('!'), missing: style.error('✗') }
    for (const { name, state, text } of checks) terminal.print(`${marks[state]} ${name}: ${text}`)
  }
  return failed ? ExitCode.failed : ExitCode.done
}

function system(): readonly Check[] {
  const linux = localHost.system.platform === 'linux'
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const recent = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
  const root = localHost.system.uid === 0
  return [
    {
      name: 'system',
      state: linux ? 'ok' : 'missing',
      text: linux ? 'Linux' : `${localHost.system.platform}: HeroPods runs on Linux only`,
    },
    {
      name: 'node',
      state: recent ? 'ok' : 'missing',
      text: `${process.version}${recent ? '' : `: at least ${oldestMajor}.${oldestMinor} is needed`}`,
    },
    { name: 'root', state: root ? 'ok' : 'missing', text: root ? 'yes' : 'no: run with sudo' },
  ]
}

function programs(): Promise<readonly Check[]> {
  const check = async (one: Requirement): Promise<Check> => {
    const names = [one.program, ...(one === redisRequirement ? ['valkey-server'] : [])]
    const found = await Promise.all(names.map((name) => findProgram(localHost, name)))
    const own = found.find((path) => path !== undefined)
    if (own) return { name: one.program, state: 'ok', text: own }
    const optional =
      sometimes.includes(one) ||
      (one === redisRequirement && (localHost.environment.HEROPODS_REDIS_URL ?? '').trim() !== '')
    return {
      name: one.program,
      state: optional ? 'note' : 'missing',
      text: `not installed (${one.purpose}): ${await installCommand(localHost, [one])}`,
    }
  }
  return Promise.all(allRequirements.map(check))
}

async function kernel(): Promise<readonly Check[]> {
  const reader = localHost
  const checks: Check[] = []
  const cgroups = await reader.cgroups()
  const hybrid = cgroups.crunNeedsHiding
    ? ': crun refuses it, so it is called in a mount namespace without the v2 tree'
    : ''
  checks.push({ name: 'cgroups', state: 'ok', text: `${cgroups.mode}${hybrid}` })
  const overlay = (await knowsFilesystem(reader, 'overlay')) || existsSync('/sys/module/overlay')
  checks.push({
    name: 'overlayfs',
    state: overlay ? 'ok' : 'note',
    text: overlay ? 'yes' : 'not loaded yet: `modprobe overlay` shows if the kernel has it',
  })
  const profile = existsSync('/usr/share/containers/seccomp.json') || existsSync('/etc/containers/seccomp.json')
  checks.push({
    name: 'seccomp profile',
    state: profile ? 'ok' : 'missing',
    text: profile
      ? 'yes'
      : `not installed: ${existsSync('/usr/bin/apt-get') ? 'apt install golang-github-containers-common' : 'dnf install containers-common'}`,
  })
  if (localHost.system.uid === 0) {
    const rules = await reader.query({ program: 'iptables-save', args: [] })
    checks.push({
      name: 'iptables',
      state: rules.exitCode === 0 ? 'ok' : 'missing',
      text: rules.exitCode === 0 ? 'works' : rules.stderr.trim().split('\n')[0] || 'does not work',
    })
  }
  if (!(await mayRaiseLimits(reader)))
    checks.push({
      name: 'rlimits',
      state: 'note',
      text: 'no CAP_SYS_RESOURCE: limits of containers are limited to the hard limits of the process that starts them',
    })
  const forwarding = (await reader.readFile('/proc/sys/net/ipv4/ip_forward'))?.trim() === '1'
  checks.push({
    name: 'ip_forward',
    state: forwarding ? 'ok' : 'note',
    text: forwarding ? 'on' : 'off: the first network turns it on',
  })
  return checks
}

/** The Redis server of HEROPODS_REDIS_URL; nothing if the variable is not set. */
async function redisServer(): Promise<readonly Check[]> {
  try {
    const url = recordsUrl(localHost.environment)
    if (url === undefined) return []
    const [{ connect }, { serverWarnings: serverNotices }] = await Promise.all([
      import('../../../state/redis/connection.ts'),
      import('../../../state/redis/server-warnings.ts'),
    ])
    const redis = await connect(url)
    const notices = await serverNotices(redis)
    redis.disconnect()
    const texts = notices.map((one) => one.message)
    return [{ name: 'redis', state: texts.length > 0 ? 'note' : 'ok', text: texts.join(' ') || 'answers' }]
  } catch (error) {
    const { message, hint } = toDiagnostic(error)
    return [{ name: 'redis', state: 'missing', text: [message, hint].join(' ') }]
  }
}

function folders(options: CommonOptions): readonly Check[] {
  const paths = instancePaths(localHost.environment, options.instance)
  const socket = Buffer.byteLength(`${paths.run}/redis.sock`)
  return [
    {
      name: 'data folder',
      state: writable(paths.data) ? 'ok' : 'missing',
      text: `${paths.data}${writable(paths.data) ? '' : ' cannot be written'}`,
    },
    {
      name: 'run folder',
      state: socket <= longestSocket ? 'ok' : 'missing',
      text: `${paths.run}${socket <= longestSocket ? '' : ` is too long for a socket: set HEROPODS_RUN_DIR`}`,
    },
  ]
}

/** Containers with bind mounts through which they can control the host, links resolved. */
async function reach(options: CommonOptions): Promise<readonly Check[]> {
  const binds = await hostReach(localHost, instancePaths(localHost.environment, options.instance))
  return binds.map(({ container, bind }) => ({ name: container, state: 'note', text: `binds ${bind}` }))
}

/** True if the nearest existing folder can be written. */
function writable(path: string): boolean {
  if (!existsSync(path)) return path !== dirname(path) && writable(dirname(path))
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
