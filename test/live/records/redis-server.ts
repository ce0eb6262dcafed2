import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** A Redis of someone else, on a unix socket and, where a port is given, on 127.0.0.1. */
export class RedisServer {
  readonly folder = mkdtempSync('/tmp/hp-redis-')
  readonly socket = join(this.folder, 'redis.sock')
  private process: ChildProcess | undefined

  async start(...options: string[]): Promise<void> {
    const args = ['--port', '0', '--unixsocket', this.socket, '--dir', this.folder, '--save', '', ...options]
    this.process = spawn('redis-server', args, { stdio: 'ignore' })
    for (const deadline = Date.now() + 10_000; Date.now() < deadline; await delay(20)) if (this.cli('ping')) return
    throw new Error('redis-server did not come up')
  }

  /** What the server answers; an error of the server is an answer too. Empty: nobody answers. */
  cli(...args: string[]): string {
    try {
      return execFileSync('redis-cli', ['-s', this.socket, '--no-auth-warning', ...args], {
        encoding: 'utf8',
        timeout: 5000,
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim()
    } catch {
      return ''
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.process?.kill(signal)
  }

  async end(): Promise<void> {
    const { process: server } = this
    if (server?.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGKILL')
      await ended
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}
