import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LocalHost } from '../../src/host/local.ts'
import type { Desired, Resource } from '../../src/model/desired.ts'
import { makePlan } from '../../src/reconciler/reconcile.ts'
import { openSession, type Session } from '../../src/reconciler/session.ts'
import { renderPlan } from '../../src/report/plan-text.ts'
import { makeStyle } from '../../src/report/style.ts'
import { type Finding, memoryInUse, mutatedStack, tryStack } from '../fuzz/fuzz-stacks.ts'
import { archiveCorpus, mutateArchive } from '../fuzz/mutate-archive.ts'
import { Random } from '../fuzz/random.ts'
import { hostState } from './support.ts'

/** `npm run fuzz` sets these; here is a short run. The seed of a finding with a count of 1 makes it again. */
const first = Number(process.env.HEROPODS_FUZZ_SEED ?? 1)
const stacks = Number(process.env.HEROPODS_FUZZ_STACKS ?? 12)
const archives = Number(process.env.HEROPODS_FUZZ_ARCHIVES ?? 6)
/** What may be kept after thousands of inputs: compiled code, caches of a bounded size. */
const mostGrowth = 64 * 2 ** 20

const folder = mkdtempSync('/tmp/hp-fuzz-')
const before = hostState()
let session: Session

beforeAll(async () => {
  session = await openSession({
    host: new LocalHost({
      environment: { HEROPODS_DIR: join(folder, 'data'), HEROPODS_RUN_DIR: join(folder, 'run') },
    }),
    write: false,
    command: 'heropods diff',
    heropodsCommand: [],
  })
})
afterAll(async () => {
  await session.close()
  rmSync(folder, { recursive: true, force: true })
  expect(hostState()).toBe(before)
})

/** Registries are not asked: what a stack names would be looked for in the world. */
const offline = (resource: Resource): Resource =>
  resource.kind === 'image' ? { ...resource, spec: { ...resource.spec, pull_policy: 'never' } } : resource

async function diff(desired: Desired): Promise<void> {
  const offlineStacks = desired.stacks.map((stack) => ({
    ...stack,
    resources: new Map([...stack.resources].map(([address, resource]) => [address, offline(resource)])),
  }))
  const { plan } = await makePlan(session, { ...desired, stacks: offlineStacks })
  renderPlan(plan, { style: makeStyle(false) })
}

/** Runs all inputs and tells what went wrong with which seed, and how much memory they have left in use. */
async function run(count: number, act: (seed: number) => Promise<string | undefined>) {
  const findings: Finding[] = []
  let used = Number.POSITIVE_INFINITY
  for (let seed = first; seed < first + count; seed += 1) {
    // Everything has been loaded and compiled by then.
    if (seed === first + Math.floor(count / 4)) used = memoryInUse()
    const what = await act(seed)
    if (what !== undefined) findings.push({ seed, what, input: '' })
  }
  return { findings, growth: Math.max(0, memoryInUse() - used) }
}

it(`${stacks} mutated stacks from seed ${first}: validate, config and diff answer, or refuse in words`, async () => {
  const { findings, growth } = await run(stacks, (seed) => tryStack(folder, mutatedStack(seed), diff))
  expect(findings).toEqual([])
  expect(growth).toBeLessThan(mostGrowth)
}, 7_200_000)

it(`${archives} mutated archives from seed ${first}: the same`, async () => {
  const corpus = archiveCorpus(folder)
  const text =
    'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: test }\nimages: { i: { archive: ./mutated.tar } }\ncontainers: { a: { image: i } }\n'
  const { findings, growth } = await run(archives, async (seed) => {
    const random = new Random(seed)
    writeFileSync(join(folder, 'mutated.tar'), mutateArchive(random, random.pick(corpus)))
    return tryStack(folder, text, diff)
  })
  expect(findings).toEqual([])
  expect(growth).toBeLessThan(mostGrowth)
}, 7_200_000)
