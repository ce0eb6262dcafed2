import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { instancePaths } from '../../../src/host/files/paths.ts'
import type { SignalKind } from '../../../src/watch/signals/signal.ts'
import { type Instance, sh } from '../support.ts'

/** Containers app and other, whose drift the breakages are; `site` tells stacks of one instance apart. */
export const driftStack = (site = 0): string => `
networks: { lan: { subnet: 10.73.${site}.0/24 } }
volumes: { spare: , data: }
configs: { conf: { content: right } }
containers:
  app:
    image: busybox
    command: [httpd, -f, -p, "80", -h, /etc]
    ports: ["${18_073 + site}:80"]
    mem_limit: 64m
    volumes: ["data:/data"]
    sysctls: { net.ipv4.ip_default_ttl: "71" }
    pids_limit: 50
    configs: [conf]
    stop_grace_period: 0s
  other: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s }
`

export interface Breakage {
  readonly what: string
  /** Kinds of signals that tell of it, any of them; or why only a look at the whole host finds it. */
  readonly signals: readonly SignalKind[] | { readonly none: string }
  /** What the plan says of it. */
  readonly told: RegExp
  readonly breaks: () => void | Promise<void>
  /** Whose process may change when it is mended; everyone else's must not. */
  readonly newProcess?: string | readonly string[]
}

/** Ways in which an instance with `driftStack` as this stack drifts from what was applied. */
export function breakages(instance: Instance, stack = 'test'): readonly Breakage[] {
  const read = (path: string): string => readFileSync(path, 'utf8').trim()
  const running = (name: string): { id: string; conmon: { pid: number }; process: { pid: number } } =>
    JSON.parse(read(join(instance.run, 'containers', stack, name, 'running.json')))
  const network = (): { bridge: string; gateway: string; hosts: Record<string, string> } =>
    JSON.parse(read(join(instance.data, 'networks', stack, 'lan.json'))).spec
  const bridge = (): string => network().bridge
  const within = (folder: string, pattern: RegExp): string =>
    join(folder, readdirSync(folder).find((name) => pattern.test(name)) as string)
  const imageFiles = (): string => within(join(instance.data, 'images'), /^[0-9a-f]{64}$/)
  const { id: instanceId } = instancePaths(instance.environment)
  const veths = (): readonly string[] =>
    (JSON.parse(sh('ip', '-j', 'link', 'show', 'master', bridge())) as { ifname: string }[]).map((link) => link.ifname)
  const pidOf = (name: string): number => running(name).process.pid
  const inspected = (name: string): { cgroup: string; netns: string; root: string } =>
    (
      JSON.parse(instance.ok('inspect', `${stack}/${name}`)) as {
        containers: { cgroup: string; netns: string; root: string }[]
      }
    ).containers[0] as never
  const killed = async (pid: number): Promise<void> => {
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => isGone(pid)).toBe(true)
  }
  const isGone = (pid: number): boolean => {
    try {
      return read(`/proc/${pid}/stat`).split(') ')[1]?.[0] === 'Z'
    } catch {
      return true
    }
  }

  function limit(controller: string, v1: readonly [string, string], v2: readonly [string, string]): void {
    const { cgroup } = inspected('app')
    const [folder, [file, value]] = existsV2() ? ['/sys/fs/cgroup', v2] : [`/sys/fs/cgroup/${controller}`, v1]
    writeFileSync(join(folder, cgroup, file), value)
  }
  const existsV2 = (): boolean =>
    read('/proc/self/mountinfo').includes(' /sys/fs/cgroup rw') &&
    read('/proc/filesystems').includes('cgroup2') &&
    !read('/proc/mounts').includes('/sys/fs/cgroup/memory')
  return [
    {
      what: 'a killed container',
      signals: ['exit'],
      told: /exited with code 137|was killed/,
      breaks: () => killed(pidOf('app')),
      newProcess: 'app',
    },
    {
      what: 'a killed supervisor',
      signals: ['process'],
      told: /supervisor is gone/,
      breaks: () => killed(running('app').conmon.pid),
      newProcess: 'app',
    },
    {
      what: 'a deleted rule',
      signals: ['rules'],
      told: /rule missing|chain/,
      breaks: () => void sh('iptables', '-t', 'nat', '-D', `HEROPODS-${instanceId}-DNAT`, '1'),
    },
    {
      what: 'a flushed chain',
      signals: ['rules'],
      told: /chain empty|rule missing/,
      breaks: () => void sh('iptables', '-F', `HEROPODS-${instanceId}-FORWARD`),
    },
    {
      what: 'all rules flushed',
      signals: ['rules'],
      told: /jump missing|chain/,
      breaks: () => {
        for (const table of ['filter', 'nat', 'raw']) sh('iptables', '-t', table, '-F')
      },
    },
    {
      what: 'a bridge down',
      signals: ['link'],
      told: /is down/,
      breaks: () => void sh('ip', 'link', 'set', bridge(), 'down'),
    },
    {
      what: 'a bridge gone',
      signals: ['link'],
      told: /is gone/,
      breaks: () => void sh('ip', 'link', 'delete', bridge()),
    },
    {
      what: 'a veth gone',
      signals: ['link'],
      told: /link to .* is gone/,
      breaks: () => void sh('ip', 'link', 'delete', veths()[0] as string),
    },
    {
      what: 'a veth down',
      signals: ['link'],
      told: /is down/,
      breaks: () => void sh('ip', 'link', 'set', veths()[0] as string, 'down'),
    },
    {
      what: 'a veth off its bridge',
      signals: ['link'],
      told: /not on the bridge/,
      breaks: () => void sh('ip', 'link', 'set', veths()[0] as string, 'nomaster'),
    },
    {
      what: 'a veth without hairpin',
      signals: ['link'],
      told: /hairpin/,
      breaks: () => void sh('ip', 'link', 'set', 'dev', veths()[0] as string, 'type', 'bridge_slave', 'hairpin', 'off'),
    },
    {
      what: 'an address removed inside',
      signals: ['link'],
      told: /lost its address/,
      breaks: () => void sh('ip', 'netns', 'exec', inspected('app').netns, 'ip', 'address', 'flush', 'dev', 'eth0'),
    },
    {
      what: 'a default route removed inside',
      signals: ['link'],
      told: /default route/,
      breaks: () => void sh('ip', 'netns', 'exec', inspected('app').netns, 'ip', 'route', 'delete', 'default'),
    },
    {
      what: 'a network namespace gone',
      signals: ['mount'],
      told: /namespace is gone/,
      breaks: () => void sh('ip', 'netns', 'delete', inspected('app').netns),
      newProcess: 'app',
    },
    {
      what: 'forwarding off',
      signals: ['kernel'],
      told: /ip_forward/,
      breaks: () => writeFileSync('/proc/sys/net/ipv4/ip_forward', '0'),
    },
    {
      what: 'a bridge that does not route 127.0.0.1',
      signals: ['kernel'],
      told: /route_localnet is off/,
      breaks: () => writeFileSync(`/proc/sys/net/ipv4/conf/${bridge()}/route_localnet`, '0'),
    },
    {
      what: 'a memory limit changed by hand',
      signals: ['limits'],
      told: /mem_limit is \S+ instead of/,
      breaks: () => limit('memory', ['memory.limit_in_bytes', '50000000'], ['memory.max', '50000000']),
    },
    {
      what: 'a process limit changed by hand',
      signals: ['limits'],
      told: /pids_limit is 7 instead of/,
      breaks: () => limit('pids', ['pids.max', '7'], ['pids.max', '7']),
    },
    {
      what: 'an edited resolv.conf',
      signals: ['files'],
      told: /resolv.conf was edited/,
      breaks: () =>
        writeFileSync(join(instance.run, 'containers', stack, 'app/files/resolv.conf'), 'nameserver 192.0.2.66\n'),
    },
    {
      what: 'an edited hosts file',
      signals: ['files'],
      told: /hosts file .* was edited/,
      breaks: () => writeFileSync(join(instance.run, 'hosts', Object.keys(network().hosts)[0] as string), ''),
    },
    {
      what: 'an edited config',
      signals: ['files'],
      told: /config-.* was edited/,
      breaks: () => writeFileSync(within(join(instance.run, 'containers', stack, 'app/files'), /^config-/), 'tampered'),
    },
    {
      what: 'a paused container',
      signals: ['limits'],
      told: /it is paused/,
      breaks: () => limit('freezer', ['freezer.state', 'FROZEN'], ['cgroup.freeze', '1']),
    },
    {
      what: 'a kernel parameter changed inside',
      signals: { none: 'no event leaves /proc/sys of another network namespace' },
      told: /ip_default_ttl is 33 instead of 71/,
      breaks: () =>
        void sh('nsenter', `--net=/run/netns/${inspected('app').netns}`, 'sysctl', '-qw', 'net.ipv4.ip_default_ttl=33'),
      newProcess: 'app',
    },
    {
      what: 'another address inside',
      signals: ['link'],
      told: /address 10\.73\.\d+\.77, which is not its own/,
      breaks: () =>
        void sh(
          'ip',
          'netns',
          'exec',
          inspected('app').netns,
          'ip',
          'address',
          'add',
          network().gateway.replace(/1$/, '77/24'),
          'dev',
          'eth0',
        ),
    },
    {
      what: 'a volume’s folder gone below a running container',
      signals: ['files'],
      told: /folder behind \/data was deleted/,
      breaks: () => rmSync(join(instance.data, 'volumes', stack, 'data'), { recursive: true }),
      newProcess: 'app',
    },
    {
      what: 'an image’s files gone below running containers',
      signals: ['files'],
      told: /files of its image are gone/,
      breaks: () => rmSync(imageFiles(), { recursive: true }),
      newProcess: ['app', 'other'],
    },
    {
      what: 'a torn record of a network',
      signals: ['files'],
      told: /record/,
      breaks: () => writeFileSync(join(instance.data, 'networks', stack, 'lan.json'), '{"spec":'),
    },
    {
      what: 'a torn record of a volume',
      signals: ['files'],
      told: /record on the host is lost/,
      breaks: () => writeFileSync(join(instance.data, 'volumes', stack, '.spare.json'), ''),
    },
    {
      what: 'a root unmounted',
      signals: ['mount'],
      told: /not mounted/,
      breaks: () => void sh('umount', '-l', inspected('app').root),
      newProcess: 'app',
    },
    {
      what: 'a lost record',
      signals: ['files'],
      told: /record/,
      breaks: () => rmSync(join(instance.data, 'containers', stack, 'app/spec.json')),
      newProcess: 'app',
    },
    {
      what: 'a volume’s folder gone',
      signals: ['files'],
      told: /folder is gone/,
      breaks: () => rmSync(join(instance.data, 'volumes', stack, 'spare'), { recursive: true }),
    },
    {
      what: 'unpacked image files gone',
      signals: ['files'],
      told: /unpacked files are gone/,
      breaks: () => rmSync(join(imageFiles(), 'image.json')),
    },
    {
      what: 'Redis emptied',
      signals: ['records'],
      told: /record is lost/,
      breaks: () => void sh('redis-cli', '-s', join(instance.run, 'redis.sock'), 'flushall'),
    },
    {
      what: 'Redis without its folder',
      signals: ['records'],
      told: /record is lost/,
      breaks: () => rmSync(join(instance.data, 'redis'), { recursive: true }),
    },
    {
      what: 'Redis killed',
      signals: ['records'],
      told: /^$/,
      breaks: () => killed(Number(read(join(instance.run, 'redis.pid')))),
    },
  ]
}
