// What `heropods watch` costs when there is nothing to do, and whether it grows: `npm run bench:watch -- --rest`.
// Options: --containers N (default 200), --seconds N (default 60), --looks N (default 10000), --looking N (containers then, default 4).
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { costs } from './process-costs.mjs'
import { Bench, option, sh } from './watching.mjs'

const stacks = 4
const profile = process.argv.includes('--profile')
  ? ['--cpu-prof', '--cpu-prof-interval=3000', `--cpu-prof-dir=${process.cwd()}`]
  : []
const stackOf = (count) =>
  `containers:\n  c: { image: busybox, command: [sleep, "100000"], stop_grace_period: 0s, deploy: { replicas: ${count} } }\n`

const childrenOf = (pid) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
        const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return Number(parent) === pid
          ? [[`${stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))}`, Number(name)]]
          : []
      } catch {
        return []
      }
    })

/** The file in which the watch writes the commands that it runs. */
function traced(bench) {
  const trace = join(bench.base, 'trace')
  bench.environment.HEROPODS_DEBUG_COMMANDS = trace
  writeFileSync(trace, '')
  return trace
}

/** One such command a look. */
const looksIn = (trace) => readFileSync(trace, 'utf8').split('iptables-save').length - 1

async function standing(bench, count, stackCount, nodeOptions = []) {
  for (let at = 1; at <= stackCount; at += 1) bench.stack(`s${at}`, stackOf(count / stackCount))
  bench.watch(nodeOptions)
  for (let at = 1; at <= stackCount; at += 1) await bench.event('stack.applied', `s${at}`)
}

async function atRest(count, seconds) {
  const bench = new Bench()
  const trace = traced(bench)
  try {
    await standing(bench, count, stacks, profile)
    // What follows from the start is over by then.
    await delay(35_000)
    const watched = [['watch', bench.child.pid], ...childrenOf(bench.child.pid)]
    watched.push(['redis (server)', Number(readFileSync(join(bench.run, 'redis.pid'), 'utf8'))])
    const before = watched.map(([, pid]) => costs(pid))
    writeFileSync(trace, '')
    await delay(seconds * 1000)
    console.log(
      `\n${count} containers at rest, ${seconds} s with ${looksIn(trace)} looks\n\n| process | cpu, % of a core | RSS MB |\n|---|---|---|`,
    )
    for (const [index, [name, pid]] of watched.entries()) {
      const now = costs(pid)
      const share = ((now.cpu - before[index].cpu) / seconds) * 100
      console.log(`| ${name} | ${share.toFixed(2)} | ${now.rss.toFixed(1)} |`)
    }
  } finally {
    await bench.end()
  }
}

/** Least squares: by how much y grows for each x. */
function slope(points) {
  const mean = (at) => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  return (
    points.reduce((sum, [px, py]) => sum + (px - x) * (py - y), 0) /
    points.reduce((sum, [px]) => sum + (px - x) ** 2, 0)
  )
}

/** Says `resumed` again and again, as `heropods resume` does: each time the watch looks at everything. */
async function looking(count, looks) {
  const bench = new Bench()
  const trace = traced(bench)
  const samples = []
  try {
    await standing(bench, count, 1, ['--trace-gc'])
    await delay(3000)
    const socket = join(bench.run, 'redis.sock')
    const [events] = sh('redis-cli', '-s', socket, '--raw', 'KEYS', '*:events').split('\n')
    const event = JSON.stringify({
      type: 'stack.resumed',
      level: 'info',
      reason: 'Bench',
      message: 'Look.',
      time: new Date().toISOString(),
    })
    const redis = spawn('redis-cli', ['-s', socket], { stdio: ['pipe', 'ignore', 'inherit'] })
    let made = 0
    const start = performance.now()
    for (let sampled = 0; made < looks; await delay(10)) {
      redis.stdin.write(`XADD ${events} MAXLEN ~ 10000 * event '${event}'\n`)
      // Few are lost between the two lines.
      made += looksIn(trace)
      writeFileSync(trace, '')
      if (performance.now() - sampled < 2000) continue
      sampled = performance.now()
      samples.push([made, costs(bench.child.pid).rss])
    }
    redis.stdin.end()
    const seconds = (performance.now() - start) / 1000
    const half = samples.slice(samples.length / 2)
    const heap = bench.said.flatMap((line) => {
      const found = /Mark-Compact.*?\) -> ([\d.]+) \(/.exec(line)
      return found ? [Number(found[1])] : []
    })
    console.log(
      `\n${made} looks at ${count} containers in ${seconds.toFixed(0)} s, ${((seconds / made) * 1000).toFixed(1)} ms each`,
    )
    console.log(
      `RSS MB: first ${samples[0][1].toFixed(1)}, half-way ${half[0][1].toFixed(1)}, last ${samples.at(-1)[1].toFixed(1)}`,
    )
    console.log(`growth of the RSS in the second half: ${(slope(half) * 1000).toFixed(3)} MB each 1,000 looks`)
    console.log(`heap MB after full collections: ${heap.join(' ')}`)
  } finally {
    await bench.end()
  }
}

await atRest(option('containers', 200), option('seconds', 60))
if (option('looks', 10_000) > 0) await looking(option('looking', 4), option('looks', 10_000))
