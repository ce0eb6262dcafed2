// How long drift lasts below `heropods watch`: `npm run bench:watch`. Options: --injections N (default 240), --json FILE;
// --rest measures cpu and memory of a watch that has nothing to do instead, --metrics what the page and the metrics add to that.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Bench, option, percentile, sh, until } from './watching.mjs'

if (process.argv.includes('--metrics')) {
  await import('./watch-metrics.mjs')
  process.exit(0)
}
if (process.argv.includes('--rest')) {
  await import('./watch-rest.mjs')
  process.exit(0)
}

const cells = 20
/**
 * An object is mended at once three times, one that has stood for a minute starts over: two turns, and a third for the container whose
 * bridge was deleted.
 */
const [atOnce, calmMs] = [2, 62_000]
const bench = new Bench()
const sys = join(bench.base, 'sys')
const names = Array.from({ length: cells }, (_, index) => index + 1)
bench.stack(
  'bench',
  `networks:\n${names.map((i) => `  n${i}: { subnet: 10.98.${i}.0/24 }\n`).join('')}containers:\n${names
    .map(
      (i) =>
        `  c${i}: { image: busybox, command: [sleep, "100000"], networks: [n${i}], ports: ["${18_200 + i}:80"], mem_limit: 64m, pids_limit: 50, stop_grace_period: 0s }\n`,
    )
    .join('')}`,
)

const read = (path) => readFileSync(path, 'utf8').trim()
const answers = (program, ...args) => {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** What is broken and how it is seen to be mended: `breaks` answers the question. By the object whose patience it costs. */
const ofContainers = {
  'process killed': (cell) => renewed(cell, () => process.kill(cell.container.process.pid, 'SIGKILL')),
  'supervisor killed': (cell) => renewed(cell, () => process.kill(cell.container.conmon.pid, 'SIGKILL')),
  'network namespace deleted': (cell) => renewed(cell, () => sh('ip', 'netns', 'delete', cell.netns)),
  'root unmounted': (cell) => renewed(cell, () => sh('umount', '-l', cell.root)),
  'process limit': ({ pids }) => rewritten(pids, '7'),
  'resolv.conf edited': ({ resolv }) => rewritten(resolv, 'nameserver 192.0.2.66\n'),
  'veth deleted': ({ veth, onBridge }) => {
    sh('ip', 'link', 'delete', veth)
    return onBridge
  },
  'veth down': ({ veth }) => {
    sh('ip', 'link', 'set', veth, 'down')
    return () => isUp(veth)
  },
  'veth off its bridge': ({ veth, onBridge }) => {
    sh('ip', 'link', 'set', veth, 'nomaster')
    return onBridge
  },
  'address removed inside': ({ container, netns }) => {
    const addresses = `/proc/${container.process.pid}/net/fib_trie`
    const before = read(addresses)
    sh('ip', 'netns', 'exec', netns, 'ip', 'address', 'flush', 'dev', 'eth0')
    return () => read(addresses) === before
  },
  'route removed inside': ({ container, netns }) => {
    const routes = `/proc/${container.process.pid}/net/route`
    const count = read(routes).split('\n').length
    sh('ip', 'netns', 'exec', netns, 'ip', 'route', 'delete', 'default')
    return () => read(routes).split('\n').length === count
  },
}
const ofNetworks = {
  'rule deleted': ({ dnat }) => {
    sh('iptables', '-t', 'nat', '-D', ...dnat)
    return () => answers('iptables', '-w', '-t', 'nat', '-C', ...dnat)
  },
  'bridge down': ({ bridge }) => {
    sh('ip', 'link', 'set', bridge, 'down')
    return () => isUp(bridge)
  },
  'bridge deleted': ({ bridge, onBridge }) => {
    sh('ip', 'link', 'delete', bridge)
    return () => isUp(bridge) && onBridge()
  },
  'route_localnet off': ({ bridge }) => rewritten(`/proc/sys/net/ipv4/conf/${bridge}/route_localnet`, '0'),
  'hosts file edited': ({ hosts }) => rewritten(hosts, ''),
}

function renewed({ index, container }, breaks) {
  breaks()
  return () => {
    const pid = bench.container('bench', `c${index}`).process?.pid
    return (
      pid !== container.process.pid && existsSync(`/proc/${pid}`) && read(`/proc/${pid}/cmdline`).startsWith('sleep')
    )
  }
}

function rewritten(path, text) {
  const before = read(path)
  writeFileSync(path, text)
  return () => existsSync(path) && read(path) === before
}

const isUp = (link) =>
  existsSync(join(sys, 'class/net', link)) && (Number(read(join(sys, 'class/net', link, 'flags'))) & 1) === 1

function cellOf(index) {
  const { containers } = JSON.parse(bench.heropods('inspect', `c${index}`))
  const [{ cgroup, netns, root }] = containers
  const { bridge, hosts } = bench.network('bench', `n${index}`)
  const isOn = (link) => {
    const master = join(sys, 'class/net', link, 'master')
    return existsSync(master) && readlinkSync(master).endsWith(`/${bridge}`)
  }
  const veth = readdirSync(join(sys, 'class/net')).find((link) => link.startsWith('hv') && isOn(link))
  const v2 = existsSync('/sys/fs/cgroup/cgroup.controllers')
  return {
    index,
    container: bench.container('bench', `c${index}`),
    netns,
    root,
    bridge,
    veth,
    onBridge: () => isOn(veth),
    pids: join('/sys/fs/cgroup', v2 ? '' : 'pids', cgroup, 'pids.max'),
    resolv: join(bench.run, `containers/bench/c${index}/files/resolv.conf`),
    hosts: join(bench.run, 'hosts', Object.keys(hosts)[0]),
    dnat: dnatOf(index),
  }
}

const dnatOf = (index) => {
  const rule = sh('iptables-save', '-t', 'nat')
    .split('\n')
    .find((line) => line.startsWith('-A ') && line.includes('DNAT') && line.includes(`--dport ${18_200 + index}`))
  return rule.split(' ').slice(1)
}

/** Objects in turn, each with another kind each time. */
function* turns(kinds) {
  for (let at = 0; ; at += 1) {
    const [kind, breaks] = Object.entries(kinds)[(at + Math.floor(at / cells)) % Object.keys(kinds).length]
    yield { kind, breaks, index: names[at % cells] }
  }
}

const wanted = option('injections', 240)
const times = new Map()
try {
  mkdirSync(sys)
  // The one at /sys shows the links of the machine.
  sh('mount', '-t', 'sysfs', 'sysfs', sys)
  bench.watch(process.argv.includes('--profile') ? ['--cpu-prof', `--cpu-prof-dir=${process.cwd()}`] : [])
  await bench.event('stack.applied', 'bench')
  const all = [turns(ofContainers), turns(ofNetworks)]
  for (let done = 0; done < wanted; done += 1) {
    if (done > 0 && done % (all.length * atOnce * cells) === 0) await delay(calmMs)
    const { kind, breaks, index } = all[done % all.length].next().value
    const cell = cellOf(index)
    await delay(300 + 400 * Math.random())
    const from = bench.events.length
    const start = performance.now()
    const mended = breaks(cell)
    await until(kind, mended)
    times.set(kind, [...(times.get(kind) ?? []), performance.now() - start])
    await bench.event('stack.healed', 'bench', from)
  }
} finally {
  sh('umount', sys)
  await bench.end()
}

const figures = (values) => ({
  count: values.length,
  p50: percentile(values, 0.5),
  p90: percentile(values, 0.9),
  p99: percentile(values, 0.99),
  max: Math.max(...values),
})
const rows = [
  ...[...times].map(([kind, values]) => [kind, figures(values)]),
  ['all', figures([...times.values()].flat())],
]
console.log('| drift | times | p50 ms | p90 ms | p99 ms | max ms |\n|---|---|---|---|---|---|')
for (const [kind, { count, ...one }] of rows)
  console.log(`| ${kind} | ${count} | ${Object.values(one).map(Math.round).join(' | ')} |`)
const file = process.argv.indexOf('--json')
if (file > 0) writeFileSync(process.argv[file + 1], JSON.stringify(Object.fromEntries(rows), undefined, 2))
