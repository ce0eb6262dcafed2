import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'

const root = join(import.meta.dirname, '../..')
const cli = join(root, 'dist/heropods.js')

/** What `pulumi` and its language host are found in; built where they are not installed (scripts/pulumi-cli.sh). */
const binaries =
  process.env.HEROPODS_PULUMI_CLI ??
  execFileSync('bash', [join(root, 'scripts/pulumi-cli.sh')], { encoding: 'utf8' }).trim()

export interface Ran {
  readonly code: number | null
  readonly output: string
}

/** A resource as `pulumi stack export` tells it. */
export interface StateResource {
  readonly urn: string
  readonly id?: string
  readonly type: string
  readonly outputs?: Readonly<Record<string, unknown>>
}

export interface ContainerRow {
  readonly name: string
  readonly stack: string
  readonly state: string
  readonly pid: number | null
  readonly ip: string | null
  readonly startedAt: string | null
}

export interface FolderOptions {
  /** Node to run the program with; default: this one. */
  readonly node?: string
  /** Fields of package.json. */
  readonly manifest?: object
  readonly tsconfig?: object
  readonly environment?: NodeJS.ProcessEnv
  /** false: an empty folder, for whoever makes the program. */
  readonly install?: false
  /** Packages to install beside the SDK. */
  readonly packages?: Readonly<Record<string, string>>
}

/**
 * A folder outside the repository with a program of its own, the packed HeroPods and the real Pulumi SDK installed from it, a file
 * backend, and an instance of its own.
 */
export class Folder {
  readonly path = mkdtempSync('/tmp/hp-pulumi-')
  readonly environment: NodeJS.ProcessEnv
  private name = 'program'

  constructor(options: FolderOptions = {}) {
    mkdirSync(join(this.path, 'program'))
    mkdirSync(join(this.path, 'state'))
    mkdirSync(join(this.path, 'tmp'))
    const node = options.node ?? process.execPath
    this.environment = {
      HOME: process.env.HOME ?? '/root',
      // What Pulumi leaves of itself goes with the folder.
      TMPDIR: join(this.path, 'tmp'),
      // npm is found beside the Node of the tests; the program's own comes first.
      PATH: `${join(node, '..')}:${binaries}:${join(this.program, 'node_modules/@pulumi/pulumi')}:${process.env.PATH}`,
      HEROPODS_DIR: join(this.path, 'data'),
      HEROPODS_RUN_DIR: join(this.path, 'run'),
      PULUMI_BACKEND_URL: `file://${join(this.path, 'state')}`,
      PULUMI_CONFIG_PASSPHRASE: 'a test',
      PULUMI_HOME: join(this.path, 'home'),
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      ...options.environment,
    }
    if (options.install === false) return
    this.write('Pulumi.yaml', 'name: infra\nruntime: nodejs\n')
    const dependencies = { '@pulumi/pulumi': '3.248.0', heropods: `file:${inject('tarball')}`, ...options.packages }
    this.write('package.json', JSON.stringify({ name: 'infra', private: true, dependencies, ...options.manifest }))
    const compilerOptions = {
      target: 'ES2022',
      module: 'nodenext',
      moduleResolution: 'nodenext',
      strict: true,
      skipLibCheck: true,
    }
    this.write('tsconfig.json', JSON.stringify(options.tsconfig ?? { compilerOptions, files: ['index.ts'] }))
    outside('npm', ['install', ...quiet], this.program)
  }

  get program(): string {
    return join(this.path, this.name)
  }

  /** Moves the program's folder to another name. */
  movedTo(name: string): void {
    renameSync(this.program, join(this.path, name))
    this.environment.PATH = this.environment.PATH?.replaceAll(`${this.program}/`, `${join(this.path, name)}/`)
    this.name = name
  }

  /** Runs what follows with another Node. */
  useNode(node: string): void {
    this.environment.PATH = `${join(node, '..')}:${this.environment.PATH}`
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.program, name), text)
  }

  read(name: string): string {
    return readFileSync(join(this.program, name), 'utf8')
  }

  /** The program: its body after the usual imports. */
  index(body: string): void {
    const imports =
      "import * as pulumi from '@pulumi/pulumi'\nimport { Container, Image, Network, Stack, Volume } from 'heropods/pulumi'\n"
    this.write('index.ts', imports + body)
  }

  pulumi(...args: string[]): Ran {
    const { status, stdout, stderr } = spawnSync('pulumi', ['--non-interactive', '--color', 'never', ...args], {
      cwd: this.program,
      env: this.environment,
      encoding: 'utf8',
      timeout: 240_000,
      maxBuffer: 1 << 26,
    })
    return { code: status, output: `${stdout}${stderr}` }
  }

  /** A command of Pulumi's, by a user without any rights; answers what it printed. */
  asNobody(...args: string[]): string {
    const nobody = [
      '--reuid=65534',
      '--regid=65534',
      '--clear-groups',
      // The command line and its language host may lie in the home of root.
      '--inh-caps=+dac_read_search',
      '--ambient-caps=+dac_read_search',
      '--',
      'pulumi',
      '--non-interactive',
      '--color',
      'never',
    ]
    const { stdout, stderr } = spawnSync('setpriv', [...nobody, ...args], {
      cwd: this.program,
      env: { ...this.environment, HOME: this.path, PULUMI_HOME: join(this.path, 'home-of-nobody') },
      encoding: 'utf8',
      timeout: 120_000,
    })
    return `${stdout}${stderr}`
  }

  /** A command of Pulumi's that must succeed; answers what it printed. */
  ok(...args: string[]): string {
    const { code, output } = this.pulumi(...args)
    if (code !== 0) throw new Error(`pulumi ${args.join(' ')}: exit ${code}\n${output}`)
    return output
  }

  up(...args: string[]): string {
    return this.ok('up', '--yes', '--skip-preview', ...args)
  }

  /** Type-checks the program with the compiler that its users have. */
  typecheck(): Ran {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(this.program, 'node_modules/typescript/bin/tsc'), '--noEmit', '--project', this.program],
      { cwd: this.program, encoding: 'utf8' },
    )
    return { code: status, output: `${stdout}${stderr}` }
  }

  resources(): readonly StateResource[] {
    const state = JSON.parse(this.ok('stack', 'export')) as { deployment: { resources?: readonly StateResource[] } }
    return state.deployment.resources ?? []
  }

  outputs(): Readonly<Record<string, unknown>> {
    return JSON.parse(this.ok('stack', 'output', '--json', '--show-secrets')) as Record<string, unknown>
  }

  heropods(...args: string[]): string {
    return execFileSync(process.execPath, [cli, ...args], {
      env: this.environment,
      cwd: this.program,
      encoding: 'utf8',
    })
  }

  /** Containers on the host by name. */
  containers(): ReadonlyMap<string, ContainerRow> {
    const { containers } = JSON.parse(this.heropods('ps', '--json')) as { containers: ContainerRow[] }
    return new Map(containers.map((one) => [one.name, one]))
  }

  pid(name: string): number | null | undefined {
    return this.containers().get(name)?.pid
  }

  /** Everything goes, whatever a test left. */
  end(): void {
    this.heropods('destroy', '--all', '--yes', '--delete-data')
    if (existsSync(join(this.path, 'data/default'))) this.heropods('instance', 'rm', 'default', '--delete-data')
    rmSync(this.path, { recursive: true, force: true })
  }

  /** Text of every file below a folder, for searching. */
  textBelow(folder: string): string {
    const read = (path: string): string =>
      readdirSync(path, { withFileTypes: true })
        .map((entry) => {
          const at = join(path, entry.name)
          if (entry.isDirectory()) return read(at)
          return entry.isFile() ? readFileSync(at, 'latin1') : ''
        })
        .join('\n')
    return existsSync(folder) ? read(folder) : ''
  }
}

const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline']

/** Runs a package manager in the network that the tests were started from: their own leads nowhere. */
export function outside(program: string, args: readonly string[], cwd: string): void {
  const net = process.env.HEROPODS_OUTER_NET
  const [command, ...rest] = net === undefined ? [program, ...args] : ['nsenter', `--net=${net}`, program, ...args]
  execFileSync(command as string, rest, { cwd, stdio: ['ignore', 'ignore', 'inherit'], timeout: 240_000 })
}
