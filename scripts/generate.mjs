// Makes src/generated (types and compiled validators), docs/reference.md and docs/errors.md from schemas/, docs/messages.md from src/, and the
// list of man pages in package.json from the table of commands. With --check it only reports files that are not up to date.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Ajv from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'
import addFormats from 'ajv-formats'
import { build } from 'esbuild'
import { compile } from 'json-schema-to-typescript'
import { loadCommandTable } from './command-table.mjs'
import { editorSchema } from './editor-schema.mjs'
import { renderErrorCodes, renderErrorsPage } from './error-catalogue.mjs'
import { manPageNames } from './man.mjs'
import { renderMessages } from './messages.mjs'
import { renderPulumiArgs } from './pulumi-args.mjs'
import { renderReference } from './reference.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const check = process.argv.includes('--check')
const banner = '// Generated from schemas/ by `npm run generate`. Do not edit.\n'

const readSchema = async (path) => JSON.parse(await readFile(join(root, 'schemas', path), 'utf8'))

/** Imports a module of src/ that needs nothing of Node. */
async function importSource(path) {
  const { outputFiles } = await build({ entryPoints: [join(root, path)], bundle: true, write: false, format: 'esm' })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`)
}

/** The kinds of text that the program itself knows: formats of the schema. */
const textKinds = async () => (await importSource('src/model/values/text.ts')).textKinds

/** The class of each field of the language that has one, by its path. */
async function fieldClasses() {
  const { languageFields } = await importSource('src/cli/commands/tools/language-fields.ts')
  return new Map(languageFields().flatMap((one) => (one.class === null ? [] : [[one.field, one.class]])))
}

/** One self-contained module: nothing of ajv is loaded at run time but what is in it. */
async function validator(schema) {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    inlineRefs: false,
    code: { source: true, esm: true, optimize: true },
  })
  addFormats(ajv, ['ipv4'])
  // For the reference.
  ajv.addVocabulary(['since'])
  for (const [name, { pattern }] of Object.entries(await textKinds())) ajv.addFormat(name, pattern)
  const source = standaloneCode(ajv, ajv.compile(schema))
  const bundled = await build({
    stdin: { contents: source, resolveDir: root, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  })
  return bundled.outputFiles[0].text
}

/** Without the free x- keys, which as TypeScript would loosen every map. */
const withoutFreeKeys = (part) =>
  Array.isArray(part)
    ? part.map(withoutFreeKeys)
    : part !== null && typeof part === 'object'
      ? Object.fromEntries(
          Object.entries(part).flatMap(([key, value]) =>
            key === 'patternProperties' || key === 'propertyNames' ? [] : [[key, withoutFreeKeys(value)]],
          ),
        )
      : part

/** The catalogue of error codes. Throws where it does not follow its schema. */
async function readErrors() {
  const errors = await readSchema('errors.json')
  const ajv = new Ajv({ allErrors: true, strict: true })
  if (ajv.validate(await readSchema('errors.schema.json'), errors)) return errors
  throw new Error(
    `schemas/errors.json does not follow errors.schema.json: ${ajv.errorsText(undefined, { separator: '\n' })}`,
  )
}

/** package.json with the list of the man pages. */
async function packageWithManPages() {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const { commands } = await loadCommandTable()
  const man = manPageNames(commands).map((name) => `./dist/man/${name}`)
  return `${JSON.stringify({ ...manifest, man }, undefined, 2)}\n`
}

const typedStack = await readSchema('stack.schema.json')
/** `tsType` is for the generated types only. */
const stack = JSON.parse(JSON.stringify(typedStack), (key, value) => (key === 'tsType' ? undefined : value))
const errors = await readErrors()
const outputs = {
  'src/generated/stack-file.ts':
    banner +
    (await compile(withoutFreeKeys(typedStack), 'StackFile', {
      bannerComment: '',
      style: { semi: false, singleQuote: true },
      unreachableDefinitions: false,
    })),
  'src/generated/validate-stack.js': banner + (await validator(stack)),
  'src/generated/validate-stack.d.ts': `${banner}import type { ErrorObject } from 'ajv'\n\ndeclare const validate: { (data: unknown): boolean; errors?: ErrorObject[] | null }\nexport default validate\n`,
  'src/generated/pulumi-args.ts': banner + renderPulumiArgs(typedStack),
  'src/generated/error-codes.ts': banner + renderErrorCodes(errors),
  'schemas/heropods.schema.json': `${JSON.stringify(editorSchema(stack), undefined, 2)}\n`,
  'docs/reference.md': renderReference(stack, await fieldClasses()),
  'docs/errors.md': renderErrorsPage(errors),
  'docs/messages.md': renderMessages(),
  'package.json': await packageWithManPages(),
}

let stale = 0
for (const [path, text] of Object.entries(outputs)) {
  const file = join(root, path)
  const before = await readFile(file, 'utf8').catch(() => undefined)
  if (before === text) continue
  if (check) {
    process.stderr.write(`${path} is not up to date: run \`npm run generate\`\n`)
    stale += 1
  } else {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    process.stdout.write(`${path}\n`)
  }
}
// Schemas of outputs are compiled too, so that a broken one is found here and not by a user.
for (const name of await readdir(join(root, 'schemas/output')).catch(() => [])) {
  new Ajv({ strict: true, allowUnionTypes: true }).compile(await readSchema(join('output', name)))
}
process.exitCode = stale > 0 ? 1 : 0
