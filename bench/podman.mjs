import { execFileSync, spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { timed } from './timed.mjs'

/** podman with storage of its own below a folder. It runs the program `sleep` of an image that holds only busybox. */
export class Podman {
  constructor(base) {
    this.folder = join(base, 'podman')
    this.options = [
      ...['--root', join(this.folder, 'graph'), '--runroot', join(this.folder, 'run'), '--cgroup-manager', 'cgroupfs'],
      ...['--runtime', join(import.meta.dirname, 'crun-here.sh')],
    ]
    const rootfs = join(this.folder, 'rootfs')
    execFileSync('mkdir', ['-p', join(rootfs, 'bin')])
    execFileSync('cp', ['/bin/busybox', join(rootfs, 'bin/busybox')])
    execFileSync('ln', ['-sf', 'busybox', join(rootfs, 'bin/sleep')])
    execFileSync('tar', ['-cf', join(this.folder, 'image.tar'), '-C', rootfs, '.'])
    this.podman('import', '--quiet', join(this.folder, 'image.tar'), 'localhost/bench:1')
  }

  podman(...args) {
    return timed('podman', [...this.options, ...args], process.env)
  }

  /** Runs containers with the limits of the benched stack, at most `parallel` commands at a time. */
  run(count, parallel) {
    const limits = [
      '--memory',
      '64m',
      '--pids-limit',
      '64',
      '--cpus',
      '0.5',
      '--ulimit',
      'nofile=1024:1024',
      '--ulimit',
      'nproc=1024:1024',
    ]
    const command = [
      'podman',
      ...this.options,
      'run',
      '--detach',
      ...limits,
      '--name',
      'c{}',
      'localhost/bench:1',
      '/bin/sleep',
      '1000',
    ]
    const script = `seq ${count} | xargs -P${parallel} -I{} "$@" >/dev/null`
    return timed('bash', ['-c', script, 'bash', ...command], process.env)
  }

  removeAll() {
    return this.podman('rm', '--all', '--force', '--time', '0')
  }

  close() {
    for (const folder of ['graph/overlay', 'graph', 'run']) spawnSync('umount', ['-lq', join(this.folder, folder)])
    rmSync(this.folder, { recursive: true, force: true })
  }
}
