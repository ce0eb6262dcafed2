import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { instancePaths } from '../../src/host/files/paths.ts'

/** The command line that the tests run. */
export const cli = join(import.meta.dirname, '../../dist/heropods.js')

export interface Answer {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

export interface PlanStep {
  readonly address: string
  readonly action: string
  readonly class: string | null
  readonly reason: string
  readonly changes: readonly {
    readonly path: string
    readonly before: unknown
    readonly after: unknown
    readonly class: string
    readonly drift?: string
  }[]
}

/** Cgroups are the whole machine's: only those of instances made here count. */
const made: Instance[] = []

/** One instance in folders of its own, used through the commands that users type. */
export class Instance {
  readonly base = mkdtempSync('/tmp/hp-live-')
  readonly data = join(this.base, 'data', 'default')
  readonly run = join(this.base, 'run', 'default')
  readonly environment: NodeJS.ProcessEnv

  constructor(extra: NodeJS.ProcessEnv = {}) {
    made.push(this)
    this.environment = {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '/root',
      HEROPODS_DIR: join(this.base, 'data'),
      HEROPODS_RUN_DIR: join(this.base, 'run'),
      ...extra,
    }
  }

  heropods(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Answer {
    return this.with(cli, args, environment)
  }

  /** The same with the command line of another build. */
  with(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Answer {
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: this.base,
      env: { ...this.environment, ...environment },
      encoding: 'utf8',
      timeout: 100_000,
    })
    return { code: status, signal, stdout, stderr }
  }

  /** A command that must succeed; answers its standard output. */
  ok(...args: readonly string[]): string {
    const answer = this.heropods(args)
    if (answer.code !== 0)
      throw new Error(`heropods ${args.join(' ')}: exit ${answer.code}\n${answer.stdout}\n${answer.stderr}`)
    return answer.stdout
  }

  write(name: string, text: string): string {
    const path = join(this.base, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, text)
    return path
  }

  /** Writes `stack.yaml`; text after the head every stack has. */
  stack(body: string, name = 'test'): string {
    return this.write(`${name}.yaml`, `apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: ${name} }\n${body}`)
  }

  apply(file = 'test.yaml', ...options: string[]): string {
    return this.ok('apply', '--yes', file, ...options)
  }

  steps(file = 'test.yaml', ...options: string[]): readonly PlanStep[] {
    return (JSON.parse(this.ok('diff', file, '--json', ...options)) as { steps: PlanStep[] }).steps
  }

  containers(): ReadonlyMap<
    string,
    {
      pid: number | null
      state: string
      ip: string | null
      networks: { mac: string }[]
      exitCode: number | null
      drift: string[]
    }
  > {
    const { containers } = JSON.parse(this.ok('ps', '--json')) as {
      containers: {
        name: string
        pid: number | null
        state: string
        ip: string | null
        networks: { mac: string }[]
        exitCode: number | null
        drift: string[]
      }[]
    }
    return new Map(containers.map((one) => [one.name, one]))
  }

  pids(): Readonly<Record<string, number | null>> {
    return Object.fromEntries([...this.containers()].map(([name, one]) => [name, one.pid]))
  }

  exec(name: string, ...argv: string[]): string {
    return this.ok('exec', name, ...argv)
  }

  /** Removes everything through the command line, then the folders. */
  end(): void {
    this.ok('destroy', '--all', '--yes', '--delete-data')
    // Where all was refused there is none.
    if (existsSync(instancePaths(this.environment).data)) this.ok('instance', 'rm', 'default', '--delete-data')
    rmSync(this.base, { recursive: true, force: true })
  }
}

export const sh = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', timeout: 30_000, maxBuffer: 2 ** 26 })

/** What of this host HeroPods could leave behind, as one text to compare. */
export function hostState(): string {
  const links = sh('ip', '-o', 'link')
    .replace(/^\d+: /gm, '')
    .replace(/ state \w+|<[^>]*>|qlen \d+/g, '')
  const rules = (program: string): string =>
    sh(program)
      .replace(/\[\d+:\d+\]|^#.*$/gm, '')
      .replace(/^\*\w+\n(:[A-Z]+ \w+ \n)*COMMIT\n/gm, '')
      .trim()
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4])
    .sort()
  const ids = made.map(({ environment }) => instancePaths(environment).id)
  const cgroups = readdirSync('/sys/fs/cgroup').flatMap((tree) =>
    ids.map((id) => join('/sys/fs/cgroup', tree, 'heropods', id)).filter((folder) => existsSync(folder)),
  )
  const processes = sh('ps', '-eo', 'comm,args')
    .split('\n')
    .filter((line) => /conmon|redis-server \*|crun/.test(line) && made.some(({ base }) => line.includes(base)))
  return JSON.stringify(
    {
      links,
      v4: rules('iptables-save'),
      v6: rules('ip6tables-save'),
      mounts,
      cgroups,
      netns: readdirSync('/run/netns'),
      processes,
    },
    undefined,
    1,
  )
}
