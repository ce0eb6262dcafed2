import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { Paths } from '../../src/host/files/paths.ts'
import { isResource, type Resource } from '../../src/model/desired.ts'
import type { ContainerActual } from '../../src/model/kinds/container.ts'
import type { ImageSpec } from '../../src/model/kinds/image.ts'
import type { OwnedOf } from '../../src/model/observation.ts'
import type { Plan } from '../../src/model/plan.ts'
import { parseResourceAddress, type ResourceAddress } from '../../src/model/resource-address.ts'
import { SensitiveValues } from '../../src/model/sensitive.ts'
import { linuxProviders } from '../../src/providers/linux/providers.ts'
import { resolve } from '../../src/providers/linux/resolve.ts'
import type { ReadContext } from '../../src/providers/provider.ts'
import { computePlan } from '../../src/reconciler/plan/plan.ts'
import { reasons } from '../../src/reconciler/plan/step-reason.ts'
import { renderPlan } from '../../src/report/plan-text.ts'
import { makeStyle, type Style } from '../../src/report/style.ts'
import { owned } from '../specs.ts'
import { loadIn } from '../stack/load.ts'

export const casesFolder = join(dirname(fileURLToPath(import.meta.url)), 'plans')

/** How the text of a plan is requested. `style`: `plain` (default), `tags` (`<red>` around red text) or `ansi`. */
interface View {
  readonly width?: number
  readonly full?: boolean
  readonly showValues?: boolean
  readonly style?: 'plain' | 'tags' | 'ansi'
}

/** Observed state of an object that differs from its record. */
type Actual = Partial<ContainerActual> & {
  readonly drift?: readonly unknown[]
  readonly missing?: boolean
  readonly unpacked?: boolean
}

/** A case: a stack before and after, in files of test/report/plans. */
export interface PlanCase {
  /** A sentence about what the plan should show. */
  readonly about: string
  /** The applied stack, without its first three lines. Absent: the host is empty. */
  readonly before?: string
  /** The stack now; absent: `before` with the replacements of `edit`. */
  readonly after?: string
  readonly edit?: readonly (readonly [string, string])[]
  readonly name?: string
  /** Files beside the stack, and their contents after the change. */
  readonly files?: Readonly<Record<string, string>>
  readonly filesAfter?: Readonly<Record<string, string>>
  readonly variables?: Readonly<Record<string, string>>
  /** Observed differences by the end of an address, as `container/web`. */
  readonly actual?: Readonly<Record<string, Actual>>
  /** Digests of images after the change, by reference. */
  readonly pulled?: Readonly<Record<string, string>>
  /** Images whose digest is not known before they are pulled. */
  readonly unknown?: readonly string[]
  /** Names of released volumes. */
  readonly released?: readonly string[]
  readonly destroy?: boolean
  readonly deleteData?: boolean
  /** Origins by the end of an address and a path: `container/web /mem_limit`. */
  readonly origins?: Readonly<Record<string, string>>
  readonly views?: readonly View[]
}

export const caseNames = (): readonly string[] =>
  readdirSync(casesFolder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace('.yaml', ''))
    .sort()

export const readCase = (name: string): PlanCase => parse(readFileSync(join(casesFolder, `${name}.yaml`), 'utf8'))

type Resources = ReadonlyMap<ResourceAddress, Resource>

const sensitive = new SensitiveValues(Buffer.alloc(32))

async function load(
  text: string,
  files: PlanCase['files'],
  { name = 'shop', variables = {} }: PlanCase,
): Promise<Resources> {
  const folder = mkdtempSync('/tmp/hp-plan-')
  try {
    writeFileSync(
      join(folder, 'heropods.yaml'),
      `apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: ${name} }\n${text}`,
    )
    for (const [file, content] of Object.entries(files ?? {})) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), content)
    }
    const { stacks } = await loadIn(folder, { sensitive, variables })
    return new Map(stacks.flatMap((stack) => [...stack.resources]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A host without links and routes, which cannot be asked for anything else. */
const emptyHost = {
  paths: { id: '00000000' } as Paths,
  once: async (key: string) => {
    if (key === 'links') return new Map()
    if (key === 'routes') return []
    throw new Error(`a plan of a test asks the host for ${key}`)
  },
} as unknown as ReadContext

const refOf = ({ source }: ImageSpec): string => (source.type === 'ref' ? source.ref : source.type)
const digestOf = (spec: ImageSpec, pulled: PlanCase['pulled'] = {}): string =>
  `sha256:${createHash('sha256')
    .update(pulled[refOf(spec)] ?? refOf(spec))
    .digest('hex')}`

/** The declared resources with addresses, members and digests, as the host would resolve them. */
async function resolved(
  declared: Resources,
  existing: ReadonlyMap<ResourceAddress, OwnedOf>,
  { pulled, unknown = [] }: Pick<PlanCase, 'pulled' | 'unknown'>,
  removes: (address: ResourceAddress) => boolean,
) {
  const images = [...declared.values()].flatMap((one): (Resource & { kind: 'image' })[] => {
    if (!isResource(one, 'image')) return []
    return [
      unknown.includes(refOf(one.spec)) ? one : { ...one, spec: { ...one.spec, digest: digestOf(one.spec, pulled) } },
    ]
  })
  const known = images.filter(({ spec }) => spec.digest !== undefined)
  const resources = new Map([...existing, ...known.map((one) => [one.address, ownedNow(one)] as const)])
  const unresolved = images.filter(({ spec }) => spec.digest === undefined)
  const desired = new Map([...declared].filter(([, one]) => one.kind !== 'image'))
  for (const one of unresolved) resources.set(one.address, { ...ownedNow(one), spec: undefined } as OwnedOf)
  const found = await resolve(emptyHost, {
    desired,
    snapshot: { observations: resources, state: { leases: [] } },
    removes,
  })
  if (found.errors.length > 0) throw new Error(found.errors.map(({ message }) => message).join('\n'))
  return {
    desired: new Map([...found.desired, ...images.map((one) => [one.address, one] as const)]),
    removes: found.removes,
  }
}

function ownedNow(one: Resource, actual: Actual = {}): OwnedOf {
  const found = owned(one)
  const digest = one.kind === 'image' ? { digest: one.spec.digest ?? '' } : {}
  return { ...found, actual: { ...found.actual, ...digest, ...actual } } as OwnedOf
}

const endOf = (address: ResourceAddress): string => {
  const { kind, name } = parseResourceAddress(address)
  return `${kind}/${name}`
}

/** The plan of a case, made as `heropods diff` makes it. */
export async function planOf(one: PlanCase): Promise<Plan> {
  const before = one.before === undefined ? new Map() : await load(one.before, one.files, one)
  const applied = await resolved(before, new Map(), {}, () => false)
  const existing = new Map(
    [...applied.desired.values()].map((resource) => [
      resource.address,
      ownedNow(resource, one.actual?.[endOf(resource.address)]),
    ]),
  )
  const after = one.destroy ? new Map() : await load(afterText(one), { ...one.files, ...one.filesAfter }, one)
  const { desired, removes } = await resolved(after, existing, one, () => true)
  const inventory = new Map([...existing.keys()].map((address) => [address, { address, specHash: '', generation: 1 }]))
  const stack = one.name ?? 'shop'
  return computePlan(
    {
      desired,
      declared: desired,
      snapshot: { observations: existing, state: { inventory, leases: [], generation: 1, pending: [] } },
      removes,
      deleteData: one.deleteData ?? false,
      removalReason: one.destroy ? reasons.removalAsked : reasons.notDeclared,
      failedCreations: new Map(),
      released: new Set((one.released ?? []).map((name) => `${stack}/volume/${name}` as const)),
    },
    linuxProviders({ heropodsCommand: [] }),
  )
}

function afterText({ before = '', after, edit = [] }: PlanCase): string {
  if (after !== undefined) return after
  return edit.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the stack does not contain ${from}`)
    return text.replaceAll(from, to)
  }, before)
}

const tag = (name: string) => (text: string) => (text === '' ? '' : `<${name}>${text}</${name}>`)
const tags: Style = {
  added: tag('green'),
  changed: tag('yellow'),
  removed: tag('red'),
  dim: tag('dim'),
  bold: tag('bold'),
  error: tag('red'),
  warning: tag('yellow'),
  series: tag('cyan'),
}
const styles = { plain: makeStyle(false), tags, ansi: makeStyle(true) } as const

const now = Date.parse('2026-11-28T12:00:00Z')

/** The texts of a case, one for each view. */
export async function textsOf(one: PlanCase): Promise<string> {
  const plan = await planOf(one)
  const views = one.views ?? [{}]
  const texts = views.map(({ width = 80, full, showValues, style = 'plain' }) =>
    renderPlan(plan, {
      style: styles[style],
      width,
      full,
      showValues,
      now,
      ...(one.origins && { originOf: (address, path) => one.origins?.[`${endOf(address)} ${path}`.trim()] }),
    }).replace(/^\n/, ''),
  )
  const heading = (view: View): string =>
    `==== ${Object.entries({ width: 80, ...view })
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')} ====\n`
  return `${texts.map((text, index) => (views.length > 1 ? heading(views[index] ?? {}) : '') + text).join('\n\n')}\n`
}
