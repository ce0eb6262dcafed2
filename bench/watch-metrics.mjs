// The cost of the page and of the metrics of containers at rest: `npm run bench:watch -- --metrics`.
// Options: --containers N (default 200), --seconds N of each phase (default 120), --scrape N seconds between scrapes (default 15).
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { costs } from './process-costs.mjs'
import { Bench, option } from './watching.mjs'

const [count, seconds, every] = [option('containers', 200), option('seconds', 120), option('scrape', 15)]
const port = 18_437
const address = `127.0.0.1:${port}`
const stacks = 4
const profile = process.argv.includes('--profile')
  ? ['--cpu-prof', '--cpu-prof-interval=1000', `--cpu-prof-dir=${process.cwd()}`]
  : []

const bench = new Bench()
/** The file in which the watch writes the commands that it runs. */
const trace = join(bench.base, 'trace')
bench.environment.HEROPODS_DEBUG_COMMANDS = trace

/** CPU time of the watch, in percent of one core, during `act`; and the number of its observations of the host. */
async function costDuring(act) {
  writeFileSync(trace, '')
  const [before, began] = [costs(bench.child.pid).cpu, performance.now()]
  await act()
  const share = ((costs(bench.child.pid).cpu - before) / ((performance.now() - began) / 1000)) * 100
  return { share, looks: readFileSync(trace, 'utf8').split('iptables-save').length - 1 }
}

async function startWatch(listen, nodeOptions = []) {
  bench.watch(nodeOptions, listen)
  // Work after the start is over by then.
  await delay(35_000)
}

async function scrape() {
  const began = performance.now()
  const response = await fetch(`http://${address}/metrics`)
  const text = await response.text()
  const series = text.split('\n').filter((line) => line.startsWith('heropods_container_cpu_seconds_total{')).length
  if (series !== count) throw new Error(`${series} containers in the metrics, not ${count}`)
  return performance.now() - began
}

try {
  for (let at = 1; at <= stacks; at += 1)
    bench.stack(
      `s${at}`,
      `containers:\n  c: { image: busybox, command: [sleep, "100000"], stop_grace_period: 0s, deploy: { replicas: ${count / stacks} } }\n`,
    )
  bench.watch()
  for (let at = 1; at <= stacks; at += 1) await bench.event('stack.applied', `s${at}`)
  await bench.endWatch()

  await startWatch(['--no-listen'])
  const alone = await costDuring(() => delay(seconds * 1000))
  await bench.endWatch()

  await startWatch(['--listen', address], profile)
  const closed = await costDuring(() => delay(seconds * 1000))
  const times = []
  const scraped = await costDuring(async () => {
    for (const end = performance.now() + seconds * 1000; performance.now() < end; await delay(every * 1000))
      times.push(await scrape())
  })
  const rows = [
    ['`watch --no-listen`', alone],
    ['the page closed, no scrape', closed],
    [`/metrics every ${every} s`, scraped],
  ]
  console.log(
    `\n${count} containers at rest, ${seconds} s each\n\n| | cpu, % of a core | more than without | observations |\n|---|---|---|---|`,
  )
  for (const [name, { share, looks }] of rows)
    console.log(`| ${name} | ${share.toFixed(2)} | ${(share - alone.share).toFixed(2)} | ${looks} |`)
  console.log(`\nA scrape takes ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`)
} finally {
  await bench.end()
}
