import type { UnitKind } from './install.ts'
import { execLine, folder, quoted, type UnitProgram, variableLines } from './unit-values.ts'

/** First line of the units of `heropods boot install`. Other units are neither replaced nor removed. */
const bootUnitMark = '# Written by `heropods boot install`; `heropods boot uninstall` removes it.'

/** The units of `heropods boot install`. */
export const bootUnits: UnitKind = { command: 'boot', mark: bootUnitMark }

/** Secrets for the unit, since everyone can read a unit: NAME=VALUE lines, mode 0600. */
export const bootSecretsFile = '/etc/heropods/boot.env'

export interface BootUnitOptions extends UnitProgram {
  readonly instance: string
  /** Folder of the instance's data, which must be mounted before the start. */
  readonly data: string
}

/**
 * The text of the systemd unit that runs `heropods boot` once for each boot. Pure. Raises `bad-unit-folder` (refused). Options that
 * containers would inherit are left out, as in the unit of watch (`unit.ts`).
 */
export const renderBootUnit = ({ node, script, instance, data, environment }: BootUnitOptions): string =>
  [
    bootUnitMark,
    '[Unit]',
    `Description=HeroPods: starts the containers of the instance ${instance}`,
    'Wants=network-online.target',
    'After=network-online.target local-fs.target',
    `RequiresMountsFor=${quoted(data)}`,
    // A cause that lasts shows as a failed unit, not as endless tries.
    'StartLimitIntervalSec=1h',
    'StartLimitBurst=5',
    '',
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    execLine([node, script, 'boot', '--instance', instance]),
    `WorkingDirectory=${folder('/')}`,
    ...variableLines(environment),
    `EnvironmentFile=-${bootSecretsFile}`,
    // Containers outlive it.
    'KillMode=process',
    // Containers may wait for the health of others.
    'TimeoutStartSec=infinity',
    // The step in progress is finished first.
    'TimeoutStopSec=120',
    'OOMScoreAdjust=-500',
    // A disk or a registry may come later.
    'Restart=on-failure',
    'RestartSec=30',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n')
