import { basename, dirname, join, resolve } from 'node:path'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from '../../../host/caller-files.ts'
import { ExitCode, HeroPodsError, messageOf, refusedError } from '../../../model/errors.ts'
import { formatStack } from '../../../stack/format/format-stack.ts'
import { parseEnvFile } from '../../../stack/interpolate/env-file.ts'
import { readSource } from '../../../stack/read/document.ts'
import {
  fromTemplate,
  newStack,
  type StackAnswers,
  schemaFile,
  stackName,
  templateSummary,
} from '../../../stack/starter/new-stack.ts'
import { localHost } from '../../local-host.ts'
import { loadStacks, planInputs } from '../../stack-inputs.ts'
import { type CommonOptions, openTerminal, reportError, type Terminal } from '../../terminal.ts'
import { schemaText } from './schema.ts'
import { secretsScript, type TemplateFile, templateFiles, templates, templateText } from './templates.ts'

export interface InitOptions extends CommonOptions {
  readonly template?: string
  readonly list?: boolean
  readonly from?: string
  readonly name?: string
  readonly image?: string
  readonly port?: string
  readonly volume?: string
  readonly health?: string
  readonly replicas?: string
}

/** A new stack, and the differences from its source. */
interface Draft {
  readonly text: string
  readonly notes: readonly string[]
  /** Other files of a template. */
  readonly files?: readonly TemplateFile[]
}

/**
 * `heropods init [FOLDER]`: writes `heropods.yaml` and its schema for editors, from questions on a terminal, from options, a template with
 * its other files, or a Compose file. Overwrites nothing. Raises `stack-exists`, `usage` and the problems of the answers (refused). A converted Compose file is
 * also written if it has problems; then the exit code is 1.
 */
export async function init(folder: string | undefined, options: InitOptions): Promise<number> {
  const terminal = openTerminal()
  if (options.list) return listTemplates(terminal, options)
  const target = resolve(terminal.cwd, folder ?? '.')
  const file = join(target, 'heropods.yaml')
  requireAbsent(file)
  const { text, notes, files = [] } = await draft(target, options, terminal)
  for (const { path } of files) requireAbsent(join(target, path))
  const made = mkdirSync(target, { recursive: true })
  writeFileSync(file, await formatStack(text), { flag: 'wx' })
  for (const one of files) writeBeside(target, one)
  const needsSecrets = files.some(({ path }) => path === secretsScript)
  const problems = await problemsOf(file, options)
  const isRefused = problems !== undefined && !needsSecrets
  if (isRefused && options.from === undefined) {
    rmSync(made ?? file, { recursive: true })
    throw problems
  }
  const schema = join(target, schemaFile)
  if (!existsSync(schema)) writeFileSync(schema, schemaText())
  if (options.json)
    terminal.print(
      JSON.stringify({
        file,
        schema,
        notes,
        problems: problems?.diagnostics ?? [],
        valid: !problems,
        files: files.map(({ path }) => join(target, path)),
      }),
    )
  else report(terminal, { file, notes, problems: isRefused ? problems : undefined, needsSecrets })
  return isRefused ? ExitCode.failed : ExitCode.done
}

function requireAbsent(file: string): void {
  if (!existsSync(file)) return
  throw refusedError({
    code: 'stack-exists',
    message: `${file} exists already.`,
    hint: 'Name another folder: `heropods init FOLDER`.',
  })
}

function writeBeside(folder: string, { path, text }: TemplateFile): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text, { flag: 'wx' })
}

function draft(target: string, options: InitOptions, terminal: Terminal): Promise<Draft> | Draft {
  const folder = stackName(basename(target))
  const name = options.name ?? folder
  if (options.from !== undefined) return converted(resolve(terminal.cwd, options.from), { given: options.name, folder })
  if (options.template !== undefined)
    return {
      text: fromTemplate(templateText(options.template), name),
      notes: [],
      files: templateFiles(options.template),
    }
  return answered(options, name)
}

async function answered(options: InitOptions, name: string): Promise<Draft> {
  const { image, port, volume, health } = options
  const replicas = options.replicas === undefined ? undefined : Number(options.replicas)
  const given = {
    ...(options.name && { name: options.name }),
    ...(image && { image }),
    ...(port && { port }),
    ...(volume && { volume }),
    ...(health && { health }),
    ...(replicas !== undefined && { replicas }),
  }
  const asks = process.stdin.isTTY && process.stdout.isTTY && !options.json
  const answers: StackAnswers = asks
    ? await (await import('./init-questions.ts')).askForStack(given, name)
    : { image: 'busybox', ...given, name }
  requireFitting(answers)
  return { text: newStack(answers), notes: [] }
}

function requireFitting({ port, health, replicas = 1 }: StackAnswers): void {
  const wrong = (message: string, hint: string): Error => refusedError({ code: 'usage', message, hint })
  if (!Number.isInteger(replicas) || replicas < 1)
    throw wrong('The number of containers is not an integer of 1 or more.', 'Write e.g. `--replicas 2`.')
  if (port && replicas > 1)
    throw wrong('Several containers cannot publish the same port.', 'Remove `--port` or `--replicas`.')
  if (health && !port) throw wrong('A health check over HTTP needs a port.', 'Add e.g. `--port 8080:80`.')
}

async function converted(file: string, names: { given: string | undefined; folder: string }): Promise<Draft> {
  // It reports a missing file and broken YAML with positions.
  await readSource(file)
  const { fromCompose } = await import('../../../stack/starter/from-compose.ts')
  const beside = join(dirname(file), '.env')
  try {
    const values = existsSync(beside) ? parseEnvFile(readFileSync(beside, 'utf8')) : {}
    return await fromCompose(readFileSync(file, 'utf8'), names, values)
  } catch (error) {
    throw refusedError({
      code: 'invalid',
      message: `${file} cannot be converted: ${messageOf(error)}.`,
      hint: 'Name a Compose file: `heropods init --from docker-compose.yml`.',
    })
  }
}

async function problemsOf(file: string, options: InitOptions): Promise<HeroPodsError | undefined> {
  try {
    await loadStacks(planInputs([file], options))
    return undefined
  } catch (error) {
    if (error instanceof HeroPodsError) return error
    throw error
  }
}

interface Report {
  readonly file: string
  readonly notes: readonly string[]
  readonly problems: HeroPodsError | undefined
  readonly needsSecrets: boolean
}

function report(terminal: Terminal, { file, notes, problems, needsSecrets }: Report): void {
  terminal.print(`${terminal.style.added('✓')} ${file}`)
  for (const note of notes) terminal.print(`  ${terminal.style.warning('!')} ${note}`)
  if (problems) {
    reportError(problems, {})
    terminal.print('Fix these problems; `heropods validate` lists those that are left.')
    return
  }
  const changeFolder = dirname(file) === terminal.cwd ? '' : `cd ${dirname(file)} && `
  const asRoot = localHost.system.uid === 0 ? '' : 'sudo '
  const commands = [
    ...(needsSecrets ? [`sh ${secretsScript}`] : []),
    `${asRoot}heropods diff`,
    `${asRoot}heropods apply`,
    `${asRoot}heropods ps`,
  ]
  terminal.print(['Next:', ...commands.map((one, index) => `  ${index === 0 ? changeFolder : ''}${one}`)].join('\n'))
}

function listTemplates(terminal: Terminal, options: InitOptions): number {
  const all = templates().map((name) => ({ name, summary: templateSummary(templateText(name)) }))
  const width = Math.max(...all.map(({ name }) => name.length))
  if (options.json) terminal.print(JSON.stringify({ templates: all }))
  else for (const { name, summary } of all) terminal.print(`${name.padEnd(width)} ${summary}`)
  return ExitCode.done
}
