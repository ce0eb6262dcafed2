// Loads the table of commands (src/cli/program) for scripts: man pages are made from it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = join(dirname(fileURLToPath(import.meta.url)), '../src/cli/program')
// CommonJS packages in an ES module still ask for this.
const withRequire =
  "import { createRequire as __createRequire } from 'node:module'\nconst require = __createRequire(import.meta.url)"

/** The program, its commands with their words, and the exports of examples.ts and manual.ts. */
export async function loadCommandTable() {
  const out = await mkdtemp(join(tmpdir(), 'heropods-commands-'))
  try {
    await build({
      stdin: {
        contents: ['program', 'help', 'examples', 'manual'].map((name) => `export * from './${name}.ts'`).join('\n'),
        resolveDir: folder,
      },
      bundle: true,
      format: 'esm',
      platform: 'node',
      loader: { '.json': 'json' },
      banner: { js: withRequire },
      // The modules of the commands are loaded when a command runs.
      external: ['../commands/*'],
      outfile: join(out, 'table.mjs'),
    })
    const module = await import(join(out, 'table.mjs'))
    const program = module.buildProgram(() => async () => undefined)
    return { ...module, program, commands: module.commandsBelow(program) }
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}
