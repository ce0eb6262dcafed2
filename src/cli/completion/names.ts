import { dirname, join } from 'node:path'
import { instancePaths } from '../../host/files/paths.ts'
import { localReference } from '../../model/kinds/images/reference.ts'
import { libraryOwner } from '../../model/ownership.ts'
import { object, parseAs, type Shape, text } from '../../model/values/shape.ts'
import { readCopy } from '../../state/copy.ts'
import { localHost } from '../local-host.ts'
import type { NameKind, ReadNames } from './candidates.ts'

/** Reads names from the folders of an instance: no lock, no Redis, no command. An instance that cannot be read has none. */
export const readNames: ReadNames = async (kind, instance) => {
  try {
    return await namesOf(kind, instancePaths(localHost.environment, instance || undefined))
  } catch {
    return []
  }
}

type Paths = ReturnType<typeof instancePaths>

async function namesOf(kind: NameKind, paths: Paths): Promise<readonly string[]> {
  const readers: Readonly<Record<NameKind, () => Promise<readonly string[]>>> = {
    container: async () => bothForms(await containersIn(paths)),
    stack: () => stacksIn(paths),
    generation: async () => Object.keys((await readCopy(localHost, paths))?.fields.generations ?? {}).reverse(),
    volume: async () => bothForms(await objectsIn(join(paths.data, 'volumes'))),
    network: async () => bothForms(await objectsIn(join(paths.data, 'networks'))),
    image: async () => [...(await imageNamesIn(paths)), ...(await digestsIn(join(paths.data, 'images')))],
    'built-in': async () => (await import('../../stack/normalise/images.ts')).builtinImages,
    instance: async () => (await localHost.readSubfolders(dirname(paths.data))).filter((name) => !name.startsWith('.')),
    field: async () => fieldNames((await import('../commands/tools/language-fields.ts')).languageFields()),
    error: async () =>
      (await (await import('../commands/tools/error-entries.ts')).errorEntries()).map(({ code }) => code),
    reason: async () => (await import('../commands/tools/condition-reasons.ts')).reasonNames,
    shell: async () => ['bash', 'zsh', 'fish'],
    template: async () => (await import('../commands/tools/templates.ts')).templates(),
  }
  return readers[kind]()
}

/** Each as NAME and as STACK/NAME. */
const bothForms = (names: readonly string[]): readonly string[] => [
  ...names.map((name) => name.slice(name.indexOf('/') + 1)),
  ...names,
]

/** STACK/NAME of the entries two levels below a folder, without `.json` and without hidden ones. */
async function objectsIn(folder: string): Promise<readonly string[]> {
  const stacks = await localHost.readSubfolders(folder)
  const names = await Promise.all(stacks.map((stack) => localHost.readDir(join(folder, stack))))
  return stacks.flatMap((stack, index) =>
    (names[index] ?? [])
      .filter((name) => !name.startsWith('.'))
      .map((name) => `${stack}/${name.replace(/\.json$/, '')}`),
  )
}

/** Fields of containers also without `containers.`, as `explain` takes them. */
const fieldNames = (fields: readonly { readonly field: string }[]): readonly string[] =>
  fields.flatMap(({ field }) =>
    field.startsWith('containers.') ? [field.slice('containers.'.length), field] : [field],
  )

/** STACK/NAME of the containers, also of those that a program has defined and not created; `~2` marks a second run of one container during an update. */
async function containersIn({ data }: Paths): Promise<readonly string[]> {
  const existing = (await objectsIn(join(data, 'containers'))).map((name) => name.replace(/~\d+$/, ''))
  const defined = (await localHost.readDir(join(data, 'library/containers')))
    .filter((file) => file.endsWith('.json'))
    .map((file) => `${libraryOwner}/${file.slice(0, -'.json'.length)}`)
  return withFirstReplicas([...new Set([...existing, ...defined])])
}

/** The first replica of several has the folder of the only one: `app` beside `app.2` is `app.1`. Pure. */
export function withFirstReplicas(names: readonly string[]): readonly string[] {
  const replicated = new Set(names.flatMap((name) => /^(.*)\.\d+$/.exec(name)?.[1] ?? []))
  return names.map((name) => (replicated.has(name) ? `${name}.1` : name))
}

/** The stacks with objects. A destroyed stack may leave empty folders. */
async function stacksIn({ data }: Paths): Promise<readonly string[]> {
  const objects = await Promise.all(['containers', 'networks', 'volumes'].map((name) => objectsIn(join(data, name))))
  return [...new Set(objects.flat().map((name) => name.slice(0, name.indexOf('/'))))].sort()
}

/** The references of the images that stacks use, and of those that were pulled, imported or named by a program. */
async function imageNamesIn({ data }: Paths): Promise<readonly string[]> {
  const claims = join(data, 'images/claims')
  const folders = [
    join(data, 'images/names'),
    ...(await localHost.readSubfolders(claims)).map((one) => join(claims, one)),
  ]
  const files = await Promise.all(
    folders.map(async (one) => (await localHost.readDir(one)).map((file) => join(one, file))),
  )
  const texts = await Promise.all(files.flat().map((file) => localHost.readFile(file).catch(() => undefined)))
  const ofPrograms = (await localHost.readDir(join(data, 'library/images'))).flatMap(
    (file) => localReference(file.replace(/\.json$/, '')) ?? [],
  )
  return [...new Set([...texts.flatMap((json) => (json === undefined ? [] : referenceIn(json))), ...ofPrograms])].sort()
}

const tag: Shape<{ readonly ref: string }> = object({ ref: text })
const claim: Shape<{ readonly spec: { readonly source: { readonly ref: string } } }> = object({
  spec: object({ source: object({ ref: text }) }),
})

/** The reference in the record of a tag or of a stack's use of an image; none of a built-in image or an archive. */
const referenceIn = (json: string): readonly string[] => {
  const ref = parseAs(tag, json).value?.ref ?? parseAs(claim, json).value?.spec.source.ref
  return ref === undefined ? [] : [ref]
}

const digestsIn = async (folder: string): Promise<readonly string[]> =>
  (await localHost.readSubfolders(folder)).filter((name) => /^(sha256:)?[0-9a-f]{64}$/.test(name))
