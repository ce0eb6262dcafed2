// The figures of docs/performance.md, measured in one run: `npm run bench`. HeroPods, the floor (floor/floor.c) and podman run in turns, so
// that what else the machine does concerns all of them. Options: --counts 1,20,100 --rounds 3 --width 8 (of the floor) --podman 20 --json FILE.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Floor } from './floor.mjs'
import { Podman } from './podman.mjs'
import { printReport } from './report.mjs'
import { medians, repeat, timed } from './timed.mjs'

const { values: options } = parseArgs({
  options: {
    counts: { type: 'string', default: '1,20,100' },
    rounds: { type: 'string', default: '3' },
    width: { type: 'string', default: '8' },
    podman: { type: 'string', default: '20' },
    json: { type: 'string' },
  },
})
const counts = options.counts.split(',').map(Number)
const root = join(import.meta.dirname, '..')
const cli = join(root, 'dist/heropods.js')
execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' })
const base = mkdtempSync(join(tmpdir(), 'heropods-bench-'))
const [dataFolder, runFolder] = [join(base, 'data'), join(base, 'run')]
const environment = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  HEROPODS_DIR: dataFolder,
  HEROPODS_RUN_DIR: runFolder,
}
const node = (...args) => timed(process.execPath, args, environment)
const heropods = (...args) => node(cli, ...args)

const stackOf = (count) => {
  const file = join(base, `stack-${count}.yaml`)
  const one = (i) =>
    `  c${i}: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, mem_limit: 64m, pids_limit: 64, cpus: 0.5 }\n`
  const containers = Array.from({ length: count }, (_, i) => one(i)).join('')
  writeFileSync(
    file,
    `apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: bench }\nnetworks: { lan: { subnet: 10.98.0.0/20 } }\ncontainers:\n${containers}`,
  )
  return file
}

/** Number of commands that a diff starts. */
function spawnsOfDiff(file) {
  const trace = join(base, 'trace')
  writeFileSync(trace, '')
  timed(process.execPath, [cli, 'diff', file], { ...environment, HEROPODS_DEBUG_COMMANDS: trace })
  return readFileSync(trace, 'utf8').trim().split('\n').length
}

function measure(floor, count, rounds) {
  const file = stackOf(count)
  const runs = { apply: [], diff: [], destroy: [], floorCreate: [], floorDestroy: [] }
  let spawns = 0
  for (let round = 0; round < rounds; round += 1) {
    runs.apply.push(heropods('apply', '--yes', file))
    runs.diff.push(repeat(3, () => heropods('diff', file, '--exit-code')))
    spawns = spawnsOfDiff(file)
    runs.destroy.push(heropods('destroy', 'bench', '--yes'))
    runs.floorCreate.push(floor.create(count))
    runs.floorDestroy.push(floor.destroy(count))
  }
  return { spawns, ...Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, medians(all)])) }
}

/** The first run compiles the seccomp filter and unpacks the image; the floor takes those of the second one. */
function prepareFloor() {
  const floor = new Floor(base, Number(options.width))
  for (const copies of [false, true]) {
    heropods('apply', '--yes', stackOf(1))
    if (copies) floor.copyFrom(join(dataFolder, 'default'), join(runFolder, 'default'), 'bench/c0')
    heropods('destroy', 'bench', '--yes')
  }
  return floor
}

function measurePodman(count, rounds) {
  const podman = new Podman(base)
  const runs = { one: [], four: [], remove: [] }
  try {
    for (let round = 0; round < rounds; round += 1) {
      runs.one.push(podman.run(count, 1))
      runs.remove.push(podman.removeAll())
      runs.four.push(podman.run(count, 4))
      podman.removeAll()
    }
  } finally {
    podman.close()
  }
  return { count, ...Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, medians(all)])) }
}

const results = {
  node: repeat(9, () => node('-e', '0')),
  version: repeat(9, () => heropods('--version')),
  help: repeat(9, () => heropods('--help')),
  counts: {},
}
const floor = prepareFloor()
try {
  for (const count of counts) results.counts[count] = measure(floor, count, count >= 1000 ? 1 : Number(options.rounds))
  results.podman = measurePodman(Number(options.podman), 1)
} catch (error) {
  results.failed = String(error.message)
}
heropods('destroy', '--all', '--yes')
heropods('instance', 'rm', 'default', '--delete-data')
printReport(results)
// Not across mounts: the floor may have failed in between.
spawnSync('rm', ['-rf', '--one-file-system', base])
if (options.json) writeFileSync(options.json, JSON.stringify(results, undefined, 2))
process.exitCode = results.failed === undefined ? 0 : 1
