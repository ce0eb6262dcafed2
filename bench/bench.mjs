// The figures of docs/performance.md, measured in one run: `npm run bench`. Options: --podman N (containers podman really runs, default 20),
// --thousand (an empty diff of 1,000), --json FILE.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const cli = join(root, 'dist/heropods.js')
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? true)
}
execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' })
const base = mkdtempSync('/tmp/heropods-bench-')
const environment = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  HEROPODS_DIR: join(base, 'data'),
  HEROPODS_RUN_DIR: join(base, 'run'),
}

function timed(program, args, env = environment) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(program, args, {
    env,
    encoding: 'utf8',
    timeout: 600_000,
    maxBuffer: 1 << 26,
  })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${status}\n${stdout}\n${stderr}`)
  return { ms: performance.now() - start, stdout }
}
const heropods = (...args) => timed(process.execPath, [cli, ...args])
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const repeat = (times, act) => median(Array.from({ length: times }, act))

const stackOf = (count) => {
  const file = join(base, `stack-${count}.yaml`)
  const one = (i) => `  c${i}: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s }\n`
  const containers = Array.from({ length: count }, (_, i) => one(i)).join('')
  writeFileSync(
    file,
    `apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: bench }\nnetworks: { lan: { subnet: 10.98.0.0/20 } }\ncontainers:\n${containers}`,
  )
  return file
}

const spawns = (file) => {
  const trace = join(base, 'trace')
  writeFileSync(trace, '')
  timed(process.execPath, [cli, 'diff', file], { ...environment, HEROPODS_DEBUG_COMMANDS: trace })
  return readFileSync(trace, 'utf8').trim().split('\n').length
}

function measure(count, rounds) {
  const file = stackOf(count)
  const figures = { apply: [], diff: [], destroy: [], spawns: 0 }
  for (let round = 0; round < rounds; round += 1) {
    figures.apply.push(heropods('apply', '--yes', file).ms)
    figures.diff.push(repeat(5, () => heropods('diff', file, '--exit-code').ms))
    figures.spawns = spawns(file)
    figures.destroy.push(heropods('destroy', 'bench', '--yes').ms)
  }
  return {
    apply: median(figures.apply),
    diff: median(figures.diff),
    destroy: median(figures.destroy),
    spawns: figures.spawns,
  }
}

function floor(count, rounds) {
  const data = join(base, 'data/default')
  const digest = readdirSync(join(data, 'images')).find((name) => /^[0-9a-f]{64}$/.test(name))
  const filter = join(data, 'seccomp', readdirSync(join(data, 'seccomp'))[0])
  const runs = Array.from({ length: rounds }, () =>
    JSON.parse(
      timed('bash', [
        join(root, 'bench/floor.sh'),
        String(count),
        join(base, 'floor'),
        join(data, 'images', digest, 'rootfs'),
        filter,
      ]).stdout,
    ),
  )
  return {
    create: median(runs.map((run) => run.create)),
    settled: median(runs.map((run) => run.settled)),
    destroy: median(runs.map((run) => run.destroy)),
  }
}

/** One after the other, as a script would; podman's own storage below a passing folder. */
function podman(count) {
  const own = [
    '--root',
    join(base, 'podman/graph'),
    '--runroot',
    join(base, 'podman/run'),
    '--cgroup-manager',
    'cgroupfs',
    '--runtime',
    join(root, 'bench/crun-here.sh'),
  ]
  const rootfs = join(base, 'podman-rootfs')
  execFileSync('mkdir', ['-p', join(rootfs, 'bin')])
  execFileSync('cp', ['/bin/busybox', join(rootfs, 'bin/busybox')])
  execFileSync('ln', ['-sf', 'busybox', join(rootfs, 'bin/sleep')])
  execFileSync('tar', ['-cf', join(base, 'podman.tar'), '-C', rootfs, '.'])
  timed('podman', [...own, 'import', '--quiet', join(base, 'podman.tar'), 'localhost/bench:1'])
  const start = performance.now()
  for (let i = 0; i < count; i += 1)
    timed('podman', [
      ...own,
      'run',
      '--detach',
      '--ulimit',
      'nofile=1024:1024',
      '--ulimit',
      'nproc=1024:1024',
      '--name',
      `c${i}`,
      'localhost/bench:1',
      '/bin/sleep',
      '1000',
    ])
  const run = performance.now() - start
  const ending = performance.now()
  timed('podman', [...own, 'rm', '--all', '--force', '--time', '0'])
  const remove = performance.now() - ending
  return { run, remove, count }
}

const results = {
  node: repeat(11, () => timed(process.execPath, ['-e', '0']).ms),
  version: repeat(11, () => heropods('--version').ms),
  counts: {},
}
heropods('apply', '--yes', stackOf(2))
heropods('destroy', 'bench', '--yes')
for (const [count, rounds] of [
  [1, 3],
  [20, 3],
  [100, 3],
])
  results.counts[count] = { ...measure(count, rounds), floor: floor(count, rounds) }
if (process.argv.includes('--thousand')) results.counts[1000] = measure(1000, 1)
try {
  results.podman = podman(Number(option('podman', 20)))
} catch (error) {
  results.podmanFailed = String(error.message).split('\n').slice(-3).join(' ')
}
heropods('instance', 'rm', 'default', '--delete-data')
for (const folder of ['podman/graph/overlay', 'podman/graph', 'podman/run'])
  spawnSync('umount', ['-lq', join(base, folder)])
rmSync(base, { recursive: true, force: true })

const ms = (value) => (value === undefined ? '-' : `${Math.round(value)}`)
const ratio = (value, to) => (value === undefined || to === undefined ? '' : ` (${(value / to).toFixed(1)}x)`)
console.log(
  `\nnode -e 0: ${ms(results.node)} ms; heropods --version: ${ms(results.version)} ms${ratio(results.version, results.node)}\n`,
)
console.log(
  '| containers | apply | floor, with its second | floor, without | empty diff | spawns of a diff | destroy | floor destroy |',
)
console.log('|---|---|---|---|---|---|---|---|')
for (const [count, one] of Object.entries(results.counts)) {
  const cells = [
    count,
    `${ms(one.apply)}${ratio(one.apply, one.floor?.settled)}`,
    ms(one.floor?.settled),
    ms(one.floor?.create),
    `${ms(one.diff)}${ratio(one.diff, results.node)}`,
    one.spawns,
    ms(one.destroy),
    ms(one.floor?.destroy),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}
if (results.podman)
  console.log(
    `\npodman run, ${results.podman.count} one after the other: ${ms(results.podman.run)} ms; rm --all: ${ms(results.podman.remove)} ms`,
  )
else console.log(`\npodman could not be measured: ${results.podmanFailed}`)
if (option('json')) writeFileSync(option('json'), JSON.stringify(results, undefined, 2))
