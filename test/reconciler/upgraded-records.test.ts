import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/model/change.ts'
import { specsOf } from '../../src/model/desired.ts'
import { showable } from '../../src/model/diff/showable.ts'
import type { ContainerSpec, InjectedFile } from '../../src/model/kinds/container.ts'
import { ownedSpecs } from '../../src/model/observation.ts'
import { SensitiveValues } from '../../src/model/sensitive.ts'
import { secretsResolved } from '../../src/model/tokens.ts'
import { contentBytes, contentSummary } from '../../src/model/values/content.ts'
import { diffContainer } from '../../src/providers/linux/container/diff.ts'
import { upgradedObservations, upgradedResources } from '../../src/reconciler/plan/upgraded-records.ts'
import { renderSteps } from '../../src/report/plan-text.ts'
import { makeStyle } from '../../src/report/style.ts'
import { ownedContainer, planStep } from '../specs.ts'
import { stackFolder } from '../stack/support.ts'
import { testProviders } from './fixtures.ts'

const { container } = stackFolder()
const { providers } = testProviders()

const stack =
  'configs: { page: { file: ./page } }\nsecrets: { key: { file: ./page } }\ncontainers: { a: { image: busybox, configs: [page], secrets: [key] } }'
const sensitive = new SensitiveValues(Buffer.alloc(32))
const withPage = (page: string | Buffer) => container(stack, { beside: { page }, sensitive })
const reveal = (text: string): string => secretsResolved(text, sensitive.byToken)
const of = ({ files }: ContainerSpec, kind: InjectedFile['kind']): InjectedFile =>
  files.find((file) => file.kind === kind) as InjectedFile
const changesOf = (before: ContainerSpec, after: ContainerSpec): readonly Change[] => {
  const diff = diffContainer(after, ownedContainer(before))
  return 'changes' in diff ? diff.changes : []
}
/** The lines of a plan below its first line, without their indentation. */
const inWords = (before: ContainerSpec, after: ContainerSpec): readonly string[] => {
  const step = planStep('test/container/a', 'recreate', changesOf(before, after), { spec: after })
  const text = renderSteps([step], { style: makeStyle(false) })
  return text
    .split('\n')
    .slice(2)
    .map((line) => line.slice(6))
    .filter(Boolean)
}

describe('a config from a file', () => {
  it('is readable in a plan, which shows the lines that differ', async () => {
    const before = await withPage('one\ntwo\nthree\n')
    expect(of(before, 'config').content).toBe('text:one\ntwo\nthree\n')
    expect(inWords(before, await withPage('one\n2\nthree\nfour\n')).slice(0, 7)).toEqual([
      '~ config page (/page): content changed',
      '    line 1',
      '     one',
      '    -two',
      '    +2',
      '     three',
      '    +four',
    ])
    expect(inWords(before, await withPage('one\ntwo\nand\nthree\n')).slice(0, 6)).toEqual([
      '~ config page (/page): content changed',
      '    line 1',
      '     one',
      '     two',
      '    +and',
      '     three',
    ])
  })

  it('is summed up where it is binary, long, or holds what would be filled in', async () => {
    for (const page of [
      Buffer.from([0, 1, 2]),
      Buffer.from([0xff, 0xfe]),
      'x'.repeat(20_000),
      '\u0001sensitive:0\u0002',
      '\u0001ref:test/container/a#ip\u0002',
    ]) {
      const file = of(await withPage(page), 'config')
      expect(contentSummary(file.content)).toMatch(/^file of \d+ bytes, sha256 [0-9a-f]{12}$/)
      expect(showable(file).content).toBe(contentSummary(file.content))
      expect(contentBytes(file.content, reveal)).toEqual(Buffer.from(page))
    }
  })

  it('reaches the container byte for byte', async () => {
    for (const page of ['', '\ufeffa\r\nb', 'größe', 'a'.repeat(16 * 1024), '${x} $$'])
      expect(contentBytes(of(await withPage(page), 'config').content, reveal)).toEqual(Buffer.from(page))
  })
})

it('a secret from a file stays hidden', async () => {
  const [before, after] = [await withPage('first secret'), await withPage('second secret')]
  expect(JSON.stringify(showable(of(before, 'secret')))).not.toContain('first')
  expect(inWords(before, after).at(-1)).toBe('~ secret key (/run/secrets/key): content changed')
  expect(contentBytes(of(after, 'secret').content, reveal).toString()).toBe('second secret')
})

describe('a config that an older version recorded as a token', () => {
  const older = async (page: string): Promise<ContainerSpec> => {
    const spec = await withPage(page)
    const token = sensitive.redact(Buffer.from(page).toString('base64'))
    return { ...spec, files: spec.files.map((file) => (file.kind === 'config' ? { ...file, content: token } : file)) }
  }
  const observed = (spec: ContainerSpec): ContainerSpec => {
    const found = new Map([['test/container/a', ownedContainer(spec)] as const])
    return (
      ownedSpecs(upgradedObservations(providers, found, sensitive.byToken), 'container').get('test/container/a') ?? spec
    )
  }

  it('is no change while its file has the same content', async () => {
    for (const page of ['a page', 'x'.repeat(20_000), 'a\0b'])
      expect(changesOf(observed(await older(page)), await withPage(page))).toEqual([])
  })

  it('is one when it has another', async () => {
    const record = await older('a page')
    expect(inWords(observed(record), await withPage('another page'))).toContain(
      '    +another page (no line break at the end)',
    )
  })

  it('is readable where its file has another by now', async () => {
    const { files, ...rest } = await withPage('unknown')
    const record = { ...rest, files: files.map((file) => ({ ...file, content: '\u0001sensitive:0\u0002' })) }
    const [change] = changesOf(observed(record), await withPage('a page'))
    expect(change).toMatchObject({ path: '/files/0/content', after: 'text:a page' })
  })

  it('is brought back by a rollback without a change', async () => {
    const now = await withPage('a page')
    const recorded = { kind: 'container', address: 'test/container/a', spec: await older('a page') } as const
    const desired = upgradedResources(providers, new Map([[recorded.address, recorded]]), sensitive.byToken)
    expect([...specsOf(desired, 'container').values()].map((spec) => changesOf(now, spec))).toEqual([[]])
  })

  it('and secrets are left as they are', async () => {
    const spec = await older('a page')
    expect(of(observed(spec), 'secret')).toEqual(of(spec, 'secret'))
  })
})
