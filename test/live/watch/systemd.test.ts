import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const base = mkdtempSync('/tmp/hp-systemd-')
afterAll(() => rmSync(base, { recursive: true, force: true }))

/** What a user does with the service, and what happens to it. Containers cannot run there: no cgroup controller is shown. */
const script = `
exec >/hp/log 2>&1
set -x
tell() { echo "$1=$2" >>/hp/facts; }
show() { systemctl show -P "$1" hp-watch; }
heropods() { "$NODE" /hp/dist/heropods.js "$@"; }
until_true() { for _ in $(seq 300); do eval "$1" && return 0; sleep 0.1; done; return 1; }
variable() { tr '\\0' '\\n' <"/proc/$(show MainPID)/environ" | sed -n "s/^$1=//p"; }
monitors() { ps -eo args | grep -c '^nft monitor'; }
export HEROPODS_RUN_DIR=/tmp/run
mkdir -p /etc/heropods "/tmp/here 100%/a $stack%" /tmp/other /etc/systemd/system/hp-watch.service.d
echo HEROPODS_HOOK_SECRET=hunter2 >/etc/heropods/watch.env
printf '[Service]\nWatchdogSec=12\nRestartSec=100ms\n' >/etc/systemd/system/hp-watch.service.d/fast.conf
cd "/tmp/here 100%"
HEROPODS_DIR=/tmp/data heropods watch install 'a $stack%' --name hp-watch --no-listen; tell install $?
tell active "$(show ActiveState)/$(systemctl is-enabled hp-watch)"
tell arguments "$(tr '\\0' '|' <"/proc/$(show MainPID)/cmdline" | cut -d '|' -f 3-)"
tell folder "$(readlink "/proc/$(show MainPID)/cwd")"
tell variables "$(variable HEROPODS_DIR) $(variable HEROPODS_RUN_DIR) $(variable HEROPODS_HOOK_SECRET)"
sleep 14; tell alive "$(show NRestarts)"
kill -9 "$(show MainPID)"
until_true '[ "$(show NRestarts)" = 1 ] && [ "$(show ActiveState)" = active ]'; tell killed $?
tell monitors "$(monitors)"
kill -STOP "$(show MainPID)"
until_true '[ "$(show NRestarts)" = 2 ] && [ "$(show ActiveState)" = active ]'; tell hung $?
heropods watch install /tmp/other --name hp-watch --no-listen; tell again $?
tell arguments-again "$(tr '\\0' '|' <"/proc/$(show MainPID)/cmdline" | cut -d '|' -f 3-)"
redis=$(ps -eo pid,args | sed -n 's/^ *\\([0-9]*\\) redis-server.*/\\1/p' | head -1)
heropods watch uninstall --name hp-watch; tell uninstall $?
tell gone "$(show LoadState)/$(show Result)"
kill -0 "$redis"; tell redis $?
heropods watch uninstall --name hp-watch; tell nothing $?
heropods boot install --name hp-boot; tell boot-install $?
tell boot-before "$(HEROPODS_DIR=/tmp/none heropods boot status --name hp-boot | head -1)"
systemctl start hp-boot; tell boot-run "$?/$(systemctl show -P ActiveState hp-boot)/$(systemctl show -P UnitFileState hp-boot)"
tell boot-after "$(HEROPODS_DIR=/tmp/none heropods boot status --name hp-boot | head -1)"
heropods boot uninstall --name hp-boot; tell boot-uninstall "$?/$(systemctl show -P LoadState hp-boot)"
heropods boot uninstall --name hp-boot; tell boot-nothing $?
echo '[Unit]' >/etc/systemd/system/other.service
heropods boot install --name other; tell boot-foreign $?
heropods watch install /tmp/other --name other; tell foreign $?
`

it('a real systemd starts, watches, restarts and stops the service', () => {
  if (!existsSync('/lib/systemd/systemd')) throw new Error('systemd is needed for this test: npm test installs it.')
  cpSync(join(import.meta.dirname, '../../../dist'), join(base, 'dist'), { recursive: true })
  writeFileSync(join(base, 'script.sh'), `NODE=${process.execPath}\n${script}`)
  const boot = spawnSync(join(import.meta.dirname, 'systemd.sh'), [base], { encoding: 'utf8', timeout: 115_000 })
  const log = `${boot.stdout}${boot.stderr}${existsSync(join(base, 'log')) ? readFileSync(join(base, 'log'), 'utf8') : ''}`
  expect(existsSync(join(base, 'facts')), log).toBe(true)
  const facts = Object.fromEntries(
    readFileSync(join(base, 'facts'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  ) as Record<string, string>
  expect(facts, log).toEqual({
    install: '0',
    active: 'active/enabled',
    arguments: 'watch|a $stack%|--no-listen|',
    folder: '/tmp/here 100%',
    variables: '/tmp/data /tmp/run hunter2',
    // Signs of life for longer than systemd has patience.
    alive: '0',
    killed: '0',
    monitors: '1',
    hung: '0',
    again: '0',
    'arguments-again': 'watch|/tmp/other|--no-listen|',
    uninstall: '0',
    gone: 'not-found/success',
    redis: '0',
    nothing: '3',
    'boot-install': '0',
    'boot-before': '/etc/systemd/system/hp-boot.service is enabled. It has not run since the host was booted.',
    'boot-run': '0/active/enabled',
    'boot-after': '/etc/systemd/system/hp-boot.service is enabled. Its last run: success.',
    'boot-uninstall': '0/not-found',
    'boot-nothing': '3',
    'boot-foreign': '3',
    foreign: '3',
  })
})
