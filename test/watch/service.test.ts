import { describe, expect, it } from 'vitest'
import { unitText } from '../../src/cli/commands/boot/status.ts'
import { bootUnitName } from '../../src/cli/commands/boot/unit-name.ts'
import { watchArguments } from '../../src/cli/commands/watch/install.ts'
import { bootUnits, renderBootUnit } from '../../src/watch/service/boot-unit.ts'
import { unitPath } from '../../src/watch/service/install.ts'
import { renderUnit, watchUnits } from '../../src/watch/service/unit.ts'

const unit = renderUnit({
  node: '/opt/no de/bin/node',
  script: '/opt/hero"pods/100%/heropods.js',
  args: ['watch', '/srv/$stacks', '--git', 'a\\b\nc'],
  cwd: '/srv/100% mine',
  environment: { HEROPODS_DIR: '/var/lib/"hero" $pods%' },
})

describe('the unit', () => {
  it('has one line a setting, whatever texts hold', () => {
    const hostile = 'a\nExecStartPre=/bin/touch /pwned\r\u001b[2Jb\\'
    const text = renderUnit({
      node: `/n/${hostile}`,
      script: `/s/${hostile}`,
      args: ['watch', `/w/${hostile}`],
      cwd: '/srv',
      environment: { HOME: hostile },
    })
    expect(text.split('\n').length).toBe(unit.split('\n').length)
    expect(text).toContain(`${String.raw`"/w/a\nExecStartPre=/bin/touch /pwned\x0d\x1b[2Jb`}\\\\"`)
  })

  it.each(['/a\nExecStartPre=/x', '/a\r', '/a\u001b', '/a\\', '/a '])(
    'is not written for a folder called %j',
    (cwd) => {
      expect(() => renderUnit({ node: '/n', script: '/s', args: [], cwd, environment: {} })).toThrow(
        'a unit cannot contain',
      )
    },
  )

  it('quotes what systemd would read otherwise', () => {
    expect(unit.split('\n')[0]).toBe(watchUnits.mark)
    expect(unit).toContain(
      String.raw`ExecStart="/opt/no de/bin/node" "/opt/hero\"pods/100%%/heropods.js" "watch" "/srv/$$stacks" "--git" "a\\b\nc"`,
    )
    expect(unit).toContain(String.raw`Environment="HEROPODS_DIR=/var/lib/\"hero\" $pods%%"`)
    expect(unit).toContain('\nWorkingDirectory=/srv/100%% mine\n')
  })

  it('sets nothing that containers would inherit or that needs a mount namespace', () => {
    const service = unit.slice(unit.indexOf('[Service]'), unit.indexOf('[Install]'))
    const keys = [...service.matchAll(/^(\w+)=/gm)].map(([, key]) => key)
    expect(keys).toEqual([
      'Type',
      'NotifyAccess',
      'ExecStart',
      'WorkingDirectory',
      'Environment',
      'EnvironmentFile',
      'KillMode',
      'TimeoutStopSec',
      'SuccessExitStatus',
      'OOMScoreAdjust',
      'Restart',
      'RestartSec',
      'WatchdogSec',
      'WatchdogSignal',
    ])
  })
})

it.each([
  ['watch install', 'watch'],
  ['watch install /srv --name x --print', 'watch /srv'],
  ['watch install --no-start --git https://h/r --json --branch b --name=x', 'watch --git https://h/r --branch b'],
  ['watch --instance a install /srv', 'watch --instance a /srv'],
])('`heropods %s` runs `heropods %s`', (typed, runs) => expect(watchArguments(typed.split(' ')).join(' ')).toBe(runs))

it.each([[''], ['../x'], ['a b'], ['-x'], ['a/b'], ['a@b']])('"%s" is not a valid name of a unit', (name) =>
  expect(() => unitPath(name)).toThrow('not a valid name of a unit'),
)

describe('the unit of boot', () => {
  const text = renderBootUnit({
    node: '/usr/bin/node',
    script: '/opt/heropods.js',
    instance: 'staging',
    data: '/srv/100% "data"',
    environment: { HEROPODS_DIR: '/srv' },
  })

  it('runs boot of its instance once for each boot, after the disk with its data is mounted', () => {
    expect(text.split('\n')[0]).toBe(bootUnits.mark)
    expect(text).toContain(
      '\nType=oneshot\nRemainAfterExit=yes\nExecStart="/usr/bin/node" "/opt/heropods.js" "boot" "--instance" "staging"\n',
    )
    expect(text).toContain('\nRequiresMountsFor="/srv/100%% \\"data\\""\n')
    expect(text).toContain('\nAfter=network-online.target local-fs.target\n')
    expect(text).toContain('\nWantedBy=multi-user.target\n')
    expect(text).toContain('\nEnvironment="HEROPODS_DIR=/srv"\n')
  })

  it('lets containers outlive it, waits without a limit, and gives up after five failures', () => {
    for (const line of [
      'KillMode=process',
      'TimeoutStartSec=infinity',
      'Restart=on-failure',
      'RestartSec=30',
      'StartLimitBurst=5',
    ])
      expect(text.split('\n')).toContain(line)
  })

  it('has a name for each instance', () => {
    expect(bootUnitName('default', undefined)).toBe('heropods-boot')
    expect(bootUnitName('staging', undefined)).toBe('heropods-boot-staging')
    expect(bootUnitName('staging', 'mine')).toBe('mine')
  })

  it('is described in one sentence', () => {
    expect(unitText('heropods-boot', { path: '/u', state: 'absent' })).toContain('heropods boot install')
    expect(unitText('heropods-boot', { path: '/u', state: 'enabled', lastResult: 'success' })).toBe(
      '/u is enabled. Its last run: success.',
    )
    expect(unitText('heropods-boot', { path: '/u', state: 'disabled' })).toContain('systemctl enable heropods-boot')
  })
})
