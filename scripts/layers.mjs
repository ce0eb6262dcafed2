// Refuses imports that run upward, and uses of the machine outside src/host. With --print it shows the table of layers and how many
// imports each arrow has.
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = join(dirname(fileURLToPath(import.meta.url)), '../src')

/** Each folder of src/ with the folders that it may import from, lowest first. */
const layers = {
  generated: [],
  model: ['generated'],
  host: ['model'],
  stack: ['generated', 'model', 'host'],
  heroscript: ['model', 'stack'],
  state: ['generated', 'model', 'host'],
  providers: ['model', 'host'],
  reconciler: ['model', 'host', 'state', 'providers'],
  report: ['model', 'reconciler'],
  watch: ['model', 'host', 'stack', 'state', 'reconciler'],
  pulumi: ['generated', 'model', 'host', 'stack', 'reconciler', 'report'],
  api: ['generated', 'model', 'host', 'stack', 'heroscript', 'reconciler', 'report', 'watch'],
  cli: ['api', 'model', 'host', 'stack', 'heroscript', 'state', 'reconciler', 'report', 'watch'],
}

/** Every import of one file of src/ from another: static, of types, and `import()`. */
async function importsOf(file) {
  const text = await readFile(join(source, file), 'utf8')
  const targets = text.matchAll(/\b(?:from|import\()\s*'(\.[^']+)'/g)
  return [...targets]
    .map(([, target]) => ({ file, target: normalize(join(dirname(file), target)) }))
    .filter(({ target }) => !target.startsWith('..'))
}

/** Files of the engine that only itself may import: others go through `engine.ts`, its folder and the pure parts in the other folders. */
const isInside = (target) => /^reconciler\/[^/]+\.ts$/.test(target) && target !== 'reconciler/engine.ts'
const callers = ['api', 'cli', 'watch', 'pulumi', 'report']

/** The contract of a place where stacks run, and its implementations: each a folder below `providers`, of which none imports another. */
const implementationOf = (file) => /^providers\/([^/]+)\//.exec(file)?.[1]
/** The only file outside an implementation that may import it. */
const opensRuntime = 'reconciler/runtime-registry.ts'
const mayImportRuntime = (file, target) =>
  implementationOf(file) === implementationOf(target) ||
  (file === opensRuntime && /^providers\/[^/]+\/runtime\.ts$/.test(target))

/** Access to files, processes and the environment of a machine. Only `src/host` has it; everything else goes through `src/host/host.ts`. */
const machine = [
  /'(node:(?:fs|fs\/promises|child_process|os)|execa)'/g,
  /(?<![.\w])process\.(env|kill|umask|pid|ppid|platform|geteuid|getegid|getuid|getgid)\b/g,
]
/** Files of `src/host` that only some may import: the local host is made by entry points, files of the user are not a provider's. */
const restricted = [
  {
    target: /^host\/local(\.ts|\/)/,
    importers: /^(cli\/(main|local-host)|(api|pulumi)\/(provider|local-host))\.ts$/,
    instead: 'the host of its caller',
  },
  {
    target: /^host\/caller-files\.ts$/,
    importers: /^(api|stack|state|reconciler\/plan|watch|pulumi|cli)\//,
    instead: 'its host',
  },
]

/** What a file uses of the machine, outside comments. */
async function machineUses(file) {
  const text = (await readFile(join(source, file), 'utf8')).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const found = machine.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name))
  return [...new Set(found)].map((name) => ({ file, name }))
}

const folderOf = (file) => file.split('/')[0]
const files = (await readdir(source, { recursive: true })).filter((file) => file.endsWith('.ts')).sort()
const imports = (await Promise.all(files.map(importsOf))).flat()
const uses = (await Promise.all(files.filter((file) => folderOf(file) !== 'host').map(machineUses))).flat()
const between = imports.filter(({ file, target }) => folderOf(file) !== folderOf(target))

const problems = [
  ...files.filter((file) => !(folderOf(file) in layers)).map((file) => `src/${file}: is in no folder of the table`),
  ...between
    .filter(({ file, target }) => !layers[folderOf(file)]?.includes(folderOf(target)))
    .map(({ file, target }) => `src/${file}: imports src/${target}, which src/${folderOf(file)} may not`),
  ...between
    .filter(({ file, target }) => callers.includes(folderOf(file)) && isInside(target))
    .map(
      ({ file, target }) =>
        `src/${file}: imports src/${target}, which only the engine may: see src/reconciler/engine.ts`,
    ),
  ...imports
    .filter(({ file, target }) => implementationOf(target) !== undefined && !mayImportRuntime(file, target))
    .map(
      ({ file, target }) => `src/${file}: imports src/${target}: only the contract (src/providers/*.ts) is for others`,
    ),
]
const strayUses = [
  ...uses.map(({ file, name }) => `src/${file}: uses ${name}, which only src/host may`),
  ...between.flatMap(({ file, target }) =>
    restricted
      .filter((one) => one.target.test(target) && !one.importers.test(file))
      .map(({ instead }) => `src/${file}: imports src/${target} instead of using ${instead}`),
  ),
]

if (process.argv.includes('--print')) {
  for (const [folder, allowed] of Object.entries(layers)) {
    const count = (other) =>
      between.filter((one) => folderOf(one.file) === folder && folderOf(one.target) === other).length
    console.log(`${folder.padEnd(11)}${allowed.map((other) => `${other} ${count(other)}`).join(', ') || '-'}`)
  }
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) console.error('Move what both need to a lower folder: see "layers" in scripts/layers.mjs.')
for (const problem of strayUses) console.error(problem)
if (strayUses.length > 0) console.error('See src/host/host.ts, and src/host/caller-files.ts for files of the user.')
process.exitCode = problems.length + strayUses.length > 0 ? 1 : 0
