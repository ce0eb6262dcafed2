import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from '../../../host/caller-files.ts'
import { ExitCode, refusedError } from '../../../model/errors.ts'
import { localHost } from '../../local-host.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

/** Name of the project in the template. */
const placeholder = 'heropods-infra'

/** The folder of the package, which holds the template. */
function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'examples/pulumi'))) {
    if (folder === dirname(folder)) throw new Error('the template examples/pulumi is not installed')
    folder = dirname(folder)
  }
  return folder
}

/**
 * `heropods pulumi init [FOLDER]`: creates a Pulumi project with two environments. The project contains this version of the package, so
 * `npm install` needs it from no registry. Raises `folder-not-empty` (refused), `tool-missing` without npm.
 */
export async function pulumiInit(folder: string | undefined, options: CommonOptions): Promise<number> {
  const target = resolve(folder ?? '.')
  if (existsSync(target) && readdirSync(target).some((name) => !name.startsWith('.')))
    throw refusedError({
      code: 'folder-not-empty',
      message: `${target} is not empty.`,
      hint: 'Use an empty folder, or one that does not exist yet.',
    })
  const name = basename(target).replace(/[^A-Za-z0-9_.-]/g, '-')
  mkdirSync(target, { recursive: true })
  const tarball = await pack(target)
  cpSync(join(packageFolder(), 'examples/pulumi'), target, {
    recursive: true,
    filter: (path) => basename(path) !== 'node_modules',
  })
  for (const file of readdirSync(target).filter((one) => /\.(ya?ml|json)$/.test(one))) {
    const text = readFileSync(join(target, file), 'utf8').replaceAll(placeholder, name)
    writeFileSync(join(target, file), text.replace('"heropods": "^0.1.0"', `"heropods": "file:./${tarball}"`))
  }
  const terminal = openTerminal()
  if (options.json) terminal.print(JSON.stringify({ folder: target, project: name }))
  else
    terminal.print(
      [
        `${target} is a Pulumi project. Next, as root:`,
        '',
        `  cd ${target} && npm install`,
        '  pulumi stack init staging && pulumi up',
        '  pulumi stack init production && pulumi up',
      ].join('\n'),
    )
  return ExitCode.done
}

/** Packs HeroPods into a folder and returns the name of the file. */
async function pack(target: string): Promise<string> {
  const { stdout } = await localHost.run({
    program: 'npm',
    args: ['pack', packageFolder(), '--pack-destination', target, '--silent', '--ignore-scripts'],
    // npm is beside the Node that runs this, or in the caller's path.
    env: { PATH: `${dirname(process.execPath)}:${localHost.environment.PATH ?? ''}` },
    timeoutMs: 120_000,
  })
  return stdout.trim().split('\n').at(-1) ?? ''
}
