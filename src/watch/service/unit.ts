import { refuse } from '../../model/errors.ts'
import { textFault } from '../../model/values/text.ts'

/** First line of a unit of ours: no other is replaced or removed. */
export const unitMark = '# Written by `heropods watch install`; `heropods watch uninstall` removes it.'

/** For what may not stand in a unit, which everyone can read: NAME=VALUE lines, 0600. */
export const secretsFile = '/etc/heropods/watch.env'

export interface UnitOptions {
  /** Absolute paths of Node.js and of heropods.js. */
  readonly node: string
  readonly script: string
  /** What follows: `watch`, folder and options. */
  readonly args: readonly string[]
  /** Where relative paths among them count from. */
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
}

/**
 * The text of the systemd unit that runs `heropods watch`. Pure. Raises `bad-unit-folder` (refused).
 *
 * What it leaves out is left out for a reason. Options that need a mount namespace (ProtectSystem, PrivateTmp, ReadWritePaths ...) would
 * hide overlays and /run/netns from the command line. Whatever processes inherit reaches containers, which have to be the same whether
 * a command line or the service started them: seccomp filters (SystemCallFilter, SystemCallArchitectures, RestrictRealtime,
 * RestrictNamespaces, LockPersonality ...) would stop 32-bit programs or `unshare` inside, CapabilityBoundingSet would take from
 * `cap_add` and `privileged`, NoNewPrivileges from setuid programs, and rlimits would be theirs too. UMask would close
 * volumes to users other than root. Delegate and TasksMax have no effect: containers and daemons live in cgroups outside the unit's.
 */
export function renderUnit({ node, script, args, cwd, environment }: UnitOptions): string {
  const variables = Object.entries(environment).map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`)
  return [
    unitMark,
    '[Unit]',
    'Description=HeroPods keeps containers as stated',
    'Wants=network-online.target',
    'After=network-online.target',
    // A mistake in the options shows as a failed unit, not as a restart every few seconds for ever.
    'StartLimitIntervalSec=300',
    'StartLimitBurst=20',
    '',
    '[Service]',
    'Type=notify',
    // systemd-notify is a child.
    'NotifyAccess=all',
    `ExecStart=${[quoted(node), ...[script, ...args].map((one) => quoted(one).replaceAll('$', '$$$$'))].join(' ')}`,
    `WorkingDirectory=${folder(cwd)}`,
    ...variables,
    `EnvironmentFile=-${secretsFile}`,
    // What it has started outlives it.
    'KillMode=process',
    // A step under way is finished first.
    'TimeoutStopSec=120',
    // Interrupted, as the command line says it.
    'SuccessExitStatus=130',
    // Ended late when memory is short; what it starts has 0 (src/host/local/processes/oom-score.ts).
    'OOMScoreAdjust=-500',
    'Restart=always',
    'RestartSec=5',
    'WatchdogSec=60',
    // Killed anywhere, it goes on; a core file would hold secrets.
    'WatchdogSignal=SIGKILL',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n')
}

const specifiers = (text: string): string => text.replaceAll('%', '%%')

/** As systemd.syntax(7) has it: C escapes inside quotes. */
const quoted = (text: string): string =>
  `"${specifiers(text)
    .replace(/[\\"]/g, '\\$&')
    .replace(/[\u0000-\u001f\u007f]/g, escaped)}"`

const escaped = (sign: string): string =>
  ({ '\n': '\\n', '\t': '\\t' })[sign] ?? `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`

/** A folder's name, which systemd takes as it is up to the end of the line: nothing in it can be escaped. */
function folder(path: string): string {
  const fault = textFault('path', path) ?? (/\s$|\\$/.test(path) ? 'ends with a blank or a backslash' : undefined)
  if (fault === undefined) return specifiers(path)
  throw refuse({
    code: 'bad-unit-folder',
    message: `The name of the folder ${JSON.stringify(path)} ${fault}, which a unit cannot contain.`,
    hint: 'Run the command in another folder.',
  })
}
