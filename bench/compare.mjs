// Compares this build with another one: `npm run bench:compare -- OTHER/dist/heropods.js [--rounds N] [--count N]`. Both run in turns in one run, so
// that what else the machine does concerns both. Prints the median ratio of wall time and of CPU time (this build / the other).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = join(import.meta.dirname, '..')
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}
const other = process.argv[2]
if (other === undefined || other.startsWith('--'))
  throw new Error('Usage: npm run bench:compare -- OTHER/dist/heropods.js')
const [rounds, count] = [option('rounds', 7), option('count', 20)]
const base = mkdtempSync(join(tmpdir(), 'hp-compare-'))
const builds = { this: join(root, 'dist/heropods.js'), other: resolve(other) }

function run(build, args) {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    HEROPODS_DIR: join(base, build, 'data'),
    HEROPODS_RUN_DIR: join(base, build, 'run'),
  }
  // bash's `time` measures what Node cannot: the CPU time of a child and of its children.
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null'
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', process.execPath, builds[build], ...args], {
    env,
    cwd: base,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${build}: heropods ${args.join(' ')}: ${status}\n${stderr}`)
  const [wall, user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number)
  return { wall, cpu: user + system }
}

const stackOf = (build) => {
  const file = join(base, `${build}.yaml`)
  // Each build has a subnet of its own: both instances exist at the same time.
  const subnet = build === 'this' ? '10.98.0.0/20' : '10.99.0.0/20'
  const one = (i) => `  c${i}: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s }\n`
  const containers = Array.from({ length: count }, (_, i) => one(i)).join('')
  writeFileSync(
    file,
    `apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: bench }\nnetworks: { lan: { subnet: ${subnet} } }\ncontainers:\n${containers}`,
  )
  return file
}

const files = { this: stackOf('this'), other: stackOf('other') }
const commands = {
  help: () => ['--help'],
  apply: (build) => ['apply', '--yes', files[build]],
  'empty diff': (build) => ['diff', files[build], '--exit-code'],
  'empty apply': (build) => ['apply', '--yes', files[build]],
  ps: () => ['ps'],
  destroy: () => ['destroy', 'bench', '--yes'],
}
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const figures = Object.fromEntries(Object.keys(commands).map((name) => [name, { this: [], other: [] }]))

try {
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? ['this', 'other'] : ['other', 'this']
    for (const [name, argsOf] of Object.entries(commands))
      for (const build of order) figures[name][build].push(run(build, argsOf(build)))
  }
} finally {
  for (const build of Object.keys(builds)) {
    run(build, ['destroy', '--all', '--yes', '--delete-data'])
    run(build, ['instance', 'rm', 'default', '--delete-data'])
  }
  rmSync(base, { recursive: true, force: true })
}

console.log(`${rounds} rounds of ${count} containers; medians, and the ratio this/other`)
for (const [name, { this: ours, other: theirs }] of Object.entries(figures)) {
  const ratio = (field) => median(ours.map((one, i) => one[field] / theirs[i][field])).toFixed(2)
  const ms = (all, field) => `${Math.round(median(all.map((one) => one[field])) * 1000)} ms`
  console.log(
    `${name.padEnd(12)} wall ${ms(ours, 'wall').padStart(8)} / ${ms(theirs, 'wall').padStart(8)} = ${ratio('wall')}   cpu ${ms(ours, 'cpu').padStart(8)} / ${ms(theirs, 'cpu').padStart(8)} = ${ratio('cpu')}`,
  )
}
