import type { UnitKind } from './install.ts'
import { execLine, folder, type UnitProgram, variableLines } from './unit-values.ts'

/** First line of our units. Other units are neither replaced nor removed. */
const unitMark = '# Written by `heropods watch install`; `heropods watch uninstall` removes it.'

/** The units of `heropods watch install`. */
export const watchUnits: UnitKind = { command: 'watch', mark: unitMark }

/** Secrets for the unit, since everyone can read a unit: NAME=VALUE lines, mode 0600. */
export const secretsFile = '/etc/heropods/watch.env'

export interface UnitOptions extends UnitProgram {
  /** Arguments: `watch`, folder and options. */
  readonly args: readonly string[]
  /** Base of relative paths in them. */
  readonly cwd: string
}

/**
 * The text of the systemd unit that runs `heropods watch`. Pure. Raises `bad-unit-folder` (refused).
 *
 * Some options are left out on purpose. Those that need a mount namespace (ProtectSystem, PrivateTmp, ReadWritePaths ...) would hide
 * overlays and /run/netns from the command line. Attributes that processes inherit would reach containers, which must be the same whether
 * a command or the service has started them: seccomp filters (SystemCallFilter, SystemCallArchitectures, RestrictRealtime,
 * RestrictNamespaces, LockPersonality ...) would stop 32-bit programs or `unshare` inside, CapabilityBoundingSet would limit `cap_add` and
 * `privileged`, NoNewPrivileges would break setuid programs, and rlimits would apply to containers. UMask would close volumes to users
 * other than root. Delegate and TasksMax have no effect: containers and daemons are in cgroups outside of the unit's.
 */
export function renderUnit({ node, script, args, cwd, environment }: UnitOptions): string {
  return [
    unitMark,
    '[Unit]',
    'Description=HeroPods watch: applies stacks and repairs drift',
    'Wants=network-online.target',
    'After=network-online.target',
    // Wrong options show as a failed unit, not as endless restarts.
    'StartLimitIntervalSec=300',
    'StartLimitBurst=20',
    '',
    '[Service]',
    'Type=notify',
    // systemd-notify is a child.
    'NotifyAccess=all',
    execLine([node, script, ...args]),
    `WorkingDirectory=${folder(cwd)}`,
    ...variableLines(environment),
    `EnvironmentFile=-${secretsFile}`,
    // Containers outlive it.
    'KillMode=process',
    // The step in progress is finished first.
    'TimeoutStopSec=120',
    // The exit code of an interrupted command.
    'SuccessExitStatus=130',
    // The kernel ends it late when memory is short. Its children have 0 (src/host/local/processes/oom-score.ts).
    'OOMScoreAdjust=-500',
    'Restart=always',
    'RestartSec=5',
    'WatchdogSec=60',
    // It can be killed at any point. A core file would contain secrets.
    'WatchdogSignal=SIGKILL',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n')
}
