// Builds dist/: the command line and the library (two entries, and chunks that are loaded when they are needed) and the Pulumi package.
import { execFileSync } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { rolldown } from 'rolldown'
import { loadCommandTable } from './command-table.mjs'
import { renderManPages } from './man.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'none',
  loader: { '.json': 'json' },
}
// CommonJS packages in an ES module still ask for this.
const withRequire =
  "import { createRequire as __createRequire } from 'node:module'\nconst require = __createRequire(import.meta.url)"

await rm(dist, { recursive: true, force: true })
await Promise.all([
  commandLine(),
  // What a program imports is small; the engine is in the provider, and what reads stack files is loaded where one is read.
  build({
    ...common,
    entryPoints: ['index', 'provider', 'expand'].map((name) => join(root, `src/pulumi/${name}.ts`)),
    outdir: join(dist, 'pulumi'),
    external: ['@pulumi/pulumi', './expand.ts'],
    banner: { js: withRequire },
    plugins: [
      {
        name: 'expand',
        setup: ({ onResolve }) =>
          onResolve({ filter: /\/expand\.ts$/ }, ({ kind }) =>
            kind === 'dynamic-import' ? { path: './expand.js', external: true } : undefined,
          ),
      },
    ],
  }),
])
await chmod(join(dist, 'heropods.js'), 0o755)
// The status page is served as it is written, from beside the chunk that reads it (src/watch/http/page.ts).
await cp(join(root, 'src/watch/http/page'), join(dist, 'chunks/page'), { recursive: true })
await Promise.all([declarations(), manPages()])

/**
 * The command line. Each file that is read costs about a millisecond, so modules that several commands share are in one chunk, apart from
 * those that every start or completion in a shell needs.
 */
async function commandLine() {
  const entry = join(root, 'src/cli/main.ts')
  const program = join(root, 'src/cli/program/program.ts')
  const completion = join(root, 'src/cli/completion/complete.ts')
  const bundle = await rolldown({
    input: { heropods: entry, 'api/index': join(root, 'src/api/index.ts') },
    platform: 'node',
    tsconfig: false,
    transform: { target: common.target },
    preserveEntrySignatures: 'allow-extension',
    onLog: (level, log, handle) => log.code === 'INEFFECTIVE_DYNAMIC_IMPORT' || handle(level, log),
  })
  await bundle.write({
    dir: dist,
    format: 'esm',
    minify: true,
    comments: { legal: false },
    banner: ({ isEntry, name }) => (isEntry && name === 'heropods' ? '#!/usr/bin/env node' : ''),
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        { ...importedBy('start', entry), priority: 3 },
        { ...importedBy('program', program), priority: 2 },
        { ...importedBy('names', completion), priority: 1 },
        { name: 'library', test: /\/src\/(api|heroscript)\//, priority: 1 },
        { name: 'common', test: /\/src\/(?!generated\/validate-stack)/, minShareCount: 3 },
      ],
    },
  })
}

/** A chunk of all that a module imports, directly or not. `import()` does not count, nor does the module itself: it may await its commands. */
function importedBy(name, module) {
  let imported
  const collect = (id, importsOf, found = new Set()) => {
    for (const one of importsOf(id)) if (!found.has(one)) collect(one, importsOf, found.add(one))
    return found
  }
  return {
    debugName: name,
    name: (id, context) => {
      imported ??= collect(module, (one) => context.getModuleInfo(one)?.importedIds ?? [])
      return imported.has(id) ? name : null
    },
  }
}

/** Types of the library and of the Pulumi package, with the modules that they refer to. */
async function declarations() {
  const out = await mkdtemp(join(tmpdir(), 'heropods-types-'))
  try {
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const args = ['--project', join(root, 'tsconfig.types.json'), '--outDir', out]
    execFileSync(process.execPath, [tsc, ...args], { stdio: 'inherit', cwd: root })
    const copied = new Set()
    const copy = async (name) => {
      if (copied.has(name)) return
      copied.add(name)
      const text = await readFile(join(out, `src/${name}.d.ts`), 'utf8')
      for (const [, module] of text.matchAll(/^(?:import|export)\b.* from '([^.'][^']*)'/gm))
        if (!module.startsWith('node:') && module !== '@pulumi/pulumi')
          throw new Error(`src/${name}.ts: its types need ${module}, which users of the package do not have`)
      const target = join(dist, `${name}.d.ts`)
      await mkdir(dirname(target), { recursive: true })
      // tsc leaves the sources' own endings, which no program could follow.
      await writeFile(target, text.replace(/((?:from |import\()'\.[^']*)\.ts'/g, "$1.js'"))
      const imported = [...text.matchAll(/(?:from |import\()'(\.[^']*)\.ts'/g)]
      await Promise.all(imported.map(([, path]) => copy(join(dirname(name), path))))
    }
    for (const entry of ['api/index', 'pulumi/index']) await copy(entry)
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

/** The man pages, from the table of commands. */
async function manPages() {
  const table = await loadCommandTable()
  const { version, description } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const date = new Date().toISOString().slice(0, 10)
  const pages = renderManPages(table.program, table.commands, { ...table, version, date, summary: description })
  await mkdir(join(dist, 'man'))
  for (const [name, text] of pages) await writeFile(join(dist, 'man', name), text)
}
