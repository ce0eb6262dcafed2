import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, expect, it } from 'vitest'

const base = mkdtempSync('/tmp/hp-systemd-')
afterAll(() => rmSync(base, { recursive: true, force: true }))

const source = (path: string): string => JSON.stringify(join(import.meta.dirname, '../../src', path))

/** The command line as it is; in place of the loop of `watch` what a loop tells systemd, and a process that it leaves behind. */
const program = `
import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
if (process.argv[2] === 'watch' && !process.argv[3].endsWith('install')) {
  const { openService } = await import(${source('watch/service/notify.ts')})
  const { LocalHost } = await import(${source('host/local.ts')})
  const service = openService(new LocalHost(), process.env)
  service.status('it stands in')
  const child = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' })
  writeFileSync('/tmp/child', String(child.pid))
  writeFileSync('/tmp/seen', JSON.stringify({ argv: process.argv.slice(2), cwd: process.cwd(), dir: process.env.HEROPODS_DIR, secret: process.env.SECRET }))
  await service.ready()
  setInterval(() => void (existsSync('/tmp/hang') || service.alive()), 50)
  process.on('SIGTERM', () => void service.stopping().then(() => process.exit(130)))
} else await import(${source('cli/main.ts')})
`

const script = `
exec >/hp/log 2>&1
set -x
tell() { echo "$1=$2" >>/hp/facts; }
show() { systemctl show -P "$1" hp-watch; }
heropods() { "$NODE" /hp/heropods.mjs "$@"; }
until_true() { for _ in $(seq 300); do eval "$1" && return 0; sleep 0.1; done; return 1; }
mkdir -p /etc/heropods "/tmp/here 100%" /etc/systemd/system/hp-watch.service.d
echo SECRET=hunter2 >/etc/heropods/watch.env
printf '[Service]\\nWatchdogSec=2\\nRestartSec=100ms\\n' >/etc/systemd/system/hp-watch.service.d/fast.conf
cd "/tmp/here 100%"
HEROPODS_DIR=/tmp/data heropods watch install 'a $stack%' --name hp-watch; tell install $?
tell active "$(show ActiveState)/$(systemctl is-enabled hp-watch)"
tell status "$(show StatusText)"
tell seen "$(cat /tmp/seen)"
sleep 3; tell alive "$(show NRestarts)"
kill -9 "$(show MainPID)"
until_true '[ "$(show NRestarts)" = 1 ] && [ "$(show ActiveState)" = active ]'; tell killed $?
touch /tmp/hang
until_true '[ "$(show NRestarts)" -ge 2 ]'; tell hung $?
rm /tmp/hang
heropods watch install other --name hp-watch; tell again $?
tell seen-again "$(cat /tmp/seen)"
child=$(cat /tmp/child)
heropods watch uninstall --name hp-watch; tell uninstall $?
tell gone "$(show LoadState)/$(show Result)"
kill -0 "$child"; tell child $?
heropods watch uninstall --name hp-watch; tell nothing $?
echo '[Unit]' >/etc/systemd/system/other.service
heropods watch install --name other; tell foreign $?
`

const possible =
  existsSync('/lib/systemd/systemd') &&
  existsSync('/sys/fs/cgroup/systemd/cgroup.procs') &&
  !existsSync('/run/systemd/system')

it.skipIf(!possible)('a real systemd starts, watches, restarts and stops the unit', async () => {
  await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: join(base, 'heropods.mjs'),
    banner: { js: "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)" },
  })
  writeFileSync(join(base, 'script.sh'), `NODE=${process.execPath}\n${script}`)
  const boot = spawnSync(join(import.meta.dirname, 'systemd.sh'), [base], { encoding: 'utf8', timeout: 110_000 })
  const log = `${boot.stdout}${boot.stderr}${existsSync(join(base, 'log')) ? readFileSync(join(base, 'log'), 'utf8') : ''}`
  expect(existsSync(join(base, 'facts')), log).toBe(true)
  const facts = Object.fromEntries(
    readFileSync(join(base, 'facts'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  ) as Record<string, string>
  const seen = { argv: ['watch', 'a $stack%'], cwd: '/tmp/here 100%', dir: '/tmp/data', secret: 'hunter2' }
  expect(JSON.parse(facts.seen ?? '{}'), log).toEqual(seen)
  expect(JSON.parse(facts['seen-again'] ?? '{}')).toEqual({ ...seen, argv: ['watch', 'other'], dir: undefined })
  expect(facts).toMatchObject({
    install: '0',
    active: 'active/enabled',
    status: 'it stands in',
    // Three seconds of signs of life against two of patience.
    alive: '0',
    killed: '0',
    hung: '0',
    again: '0',
    uninstall: '0',
    gone: 'not-found/success',
    child: '0',
    nothing: '3',
    foreign: '3',
  })
})
