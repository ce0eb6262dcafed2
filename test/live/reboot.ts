import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { instancePaths } from '../../src/host/files/paths.ts'
import { type Instance, sh } from './support.ts'

const bootId = '/proc/sys/kernel/random/boot_id'

/** What a reboot takes: every process, mount, link and rule, and all below HEROPODS_RUN_DIR. The host has another boot id then. */
export function reboot({
  base,
  data,
  run,
  environment,
}: Pick<Instance, 'base' | 'data' | 'run' | 'environment'>): void {
  const { id } = instancePaths(environment)
  for (const text of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const of = (file: string): string => {
      try {
        return readFileSync(`/proc/${text}/${file}`, 'utf8')
      } catch {
        return ''
      }
    }
    if (of('cgroup').includes(`/heropods/${id}/`) || of('cmdline').includes(run)) process.kill(Number(text), 'SIGKILL')
  }
  for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n').reverse()) {
    const target = line.split(' ')[4] ?? ''
    if (target.startsWith(data) || target.startsWith('/run/netns/')) sh('umount', '-l', target)
  }
  for (const name of readdirSync('/run/netns')) rmSync(join('/run/netns', name), { force: true })
  for (const { ifname } of JSON.parse(sh('ip', '-j', 'link')) as { ifname: string }[])
    if (/^(hp[0-9a-f]{12}|heropods0)$/.test(ifname)) sh('ip', 'link', 'delete', ifname)
  for (const table of ['filter', 'nat', 'raw']) {
    sh('iptables', '-t', table, '-F')
    sh('iptables', '-t', table, '-X')
  }
  rmSync(run, { recursive: true, force: true })
  writeFileSync(join(base, 'boot-id'), `${randomUUID()}\n`)
  sh('mount', '--bind', join(base, 'boot-id'), bootId)
}

/** Takes the other boot ids away. */
export function endReboots(): void {
  while (readFileSync('/proc/self/mountinfo', 'utf8').includes(` ${bootId} `)) sh('umount', '-l', bootId)
}
