import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { LocalHost } from '../../../src/host/local.ts'
import { openService } from '../../../src/watch/service/notify.ts'
import { Instance, sh } from '../support.ts'

const base = mkdtempSync('/tmp/hp-service-')
const instance = new Instance()
afterAll(() => {
  rmSync(base, { recursive: true, force: true })
  rmSync(instance.base, { recursive: true, force: true })
})

const booted = existsSync('/run/systemd/system')

describe('the unit', () => {
  const print = (...args: readonly string[]): string =>
    instance.ok('watch', 'install', '/srv/100% $stacks', '--print', ...args)
  const analyze = existsSync('/usr/bin/systemd-analyze')

  it.skipIf(!analyze)('is what systemd reads without a complaint', () => {
    const unit = join(base, 'heropods-watch.service')
    writeFileSync(unit, print())
    expect(sh('systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', unit)).toBe('')
  })

  it('has the paths and variables of now, and no secret', () => {
    const { stdout, stderr } = instance.heropods(['watch', 'install', '--print'], {
      HEROPODS_HOOK_SECRET: 'hunter2',
      HEROPODS_GIT_URL: 'https://me:hunter2@git.example.com/shop.git',
      HEROPODS_REDIS_URL: 'unix:///run/shop.sock',
    })
    expect(stdout).toContain(`ExecStart="${process.execPath}" "`)
    expect(stdout).toContain(`WorkingDirectory=${instance.base}\n`)
    expect(stdout).toContain(`Environment="HEROPODS_DIR=${instance.base}/data"\n`)
    expect(stdout).toContain('Environment="HEROPODS_REDIS_URL=unix:///run/shop.sock"\n')
    expect(stdout).not.toContain('hunter2')
    expect(stderr).toContain('HEROPODS_GIT_URL, HEROPODS_HOOK_SECRET')
    expect(stderr).not.toContain('hunter2')
  })

  it.skipIf(booted)('is not installed where systemd does not run', () => {
    const answer = instance.heropods(['watch', 'install', '/srv'])
    expect(answer.code).toBe(3)
    expect(answer.stderr).toContain('systemd does not run on this host')
    expect(instance.heropods(['watch', 'uninstall']).code).toBe(3)
  })
})

/** What arrives at a socket as systemd's, a line each. */
async function receiver(): Promise<{ socket: string; process: ChildProcess; received(): readonly string[] }> {
  const socket = join(base, `notify${Math.random()}`)
  const lines: string[] = []
  const program =
    'use IO::Socket::UNIX; $| = 1; my $s = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $ARGV[0]); print "open\\n"; while (defined $s->recv(my $m, 4096)) { print "$m\\n" }'
  const child = spawn('perl', ['-e', program, socket], { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.on('data', (data: Buffer) => lines.push(...data.toString().split('\n').filter(Boolean)))
  await once(child.stdout, 'data')
  return { socket, process: child, received: () => lines.filter((line) => !/^(open|BARRIER=1)$/.test(line)) }
}

describe.skipIf(!existsSync('/usr/bin/systemd-notify') || !existsSync('/usr/bin/perl'))(
  'the real systemd-notify',
  () => {
    it('tells of readiness, signs of life with a status, and the end', async () => {
      const { socket, process: child, received } = await receiver()
      const trace = join(base, 'trace')
      process.env.HEROPODS_DEBUG_COMMANDS = trace
      try {
        const environment = { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '120000000', WATCHDOG_PID: String(process.pid) }
        const service = openService(new LocalHost(), environment)
        service.setStatusText('3 stacks\nready')
        await service.ready()
        for (let round = 0; round < 50; round += 1) {
          service.setStatusText(`round ${round}`)
          await service.notifyWatchdog()
        }
        await service.stopping()
        await expect.poll(received).toContain('STOPPING=1')
        expect(received()).toEqual(['READY=1', 'STATUS=3 stacks ready', 'WATCHDOG=1', 'STATUS=round 0', 'STOPPING=1'])
        // Fifty signs of life in less than half of two minutes are one process.
        expect(readFileSync(trace, 'utf8').trim().split('\n')).toHaveLength(3)
      } finally {
        delete process.env.HEROPODS_DEBUG_COMMANDS
        child.kill()
      }
    })

    it('gives a sign of life again after half of the watchdog’s time', async () => {
      const { socket, process: child, received } = await receiver()
      try {
        const service = openService(new LocalHost(), { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '100000' })
        const count = async (): Promise<number> => {
          await service.notifyWatchdog()
          return received().filter((line) => line === 'WATCHDOG=1').length
        }
        await expect.poll(count, { interval: 20, timeout: 20_000 }).toBeGreaterThan(2)
      } finally {
        child.kill()
      }
    })

    it('is not started where nobody listens', async () => {
      const trace = join(base, 'nothing')
      process.env.HEROPODS_DEBUG_COMMANDS = trace
      try {
        const service = openService(new LocalHost(), {})
        await Promise.all([service.ready(), service.notifyWatchdog(), service.stopping()])
      } finally {
        delete process.env.HEROPODS_DEBUG_COMMANDS
      }
      expect(existsSync(trace)).toBe(false)
    })
  },
)
