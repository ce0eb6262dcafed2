import { describe, expect, it } from 'vitest'
import type { StackRecord } from '../../src/model/generation.ts'
import { generationDiff } from '../../src/reconciler/history/generation-diff.ts'
import { renderGenerationDiff } from '../../src/report/generation-diff-text.ts'
import { makeStyle } from '../../src/report/style.ts'
import { containerSpec, networkSpec } from '../specs.ts'

const shared = 'default/network/heropods0'
const moment = (generation: number, stacks: Readonly<Record<string, StackRecord['resources']>>) => ({
  generation,
  document: new Map(
    Object.entries(stacks).map(([name, resources]) => [name, { desiredHash: String(generation), resources }]),
  ),
})
const lines = (diff: ReturnType<typeof generationDiff>): string[] =>
  diff.steps.map((step) => `${step.action} ${step.address} (${step.reason})`)

describe('what differs between two generations', () => {
  it('is told object by object and as a patch', () => {
    const diff = generationDiff(
      moment(1, { s: { 's/container/a': containerSpec({ command: ['x'] }), 's/network/n': networkSpec() } }),
      moment(2, { s: { 's/container/a': containerSpec({ command: ['y'] }), 's/container/b': containerSpec() }, t: {} }),
    )
    expect(lines(diff)).toEqual([
      'recreate s/container/a (command changed)',
      'create s/container/b (only in generation 2)',
      'delete s/network/n (only in generation 1)',
    ])
    expect(diff.stacks).toEqual(['s', 't'])
    expect(diff.patch).toContainEqual({
      op: 'replace',
      path: '/stacks/s/resources/s~1container~1a/command/0',
      value: 'y',
    })
  })

  it('shows no sensitive value, and that one has changed', () => {
    const token = (name: string) => `\u0001sensitive:${name.repeat(64)}\u0002`
    const secret = (name: string) => ({ s: { 's/container/a': containerSpec({ environment: { P: token(name) } }) } })
    const diff = generationDiff(moment(1, secret('a')), moment(2, secret('b')))
    expect(diff.patch).toEqual([
      { op: 'replace', path: '/stacks/s/resources/s~1container~1a/environment/P', value: '(sensitive)' },
    ])
  })

  it('takes the default network as one, whoever is on it', () => {
    const on = { [shared]: networkSpec() }
    const one = { a: { 'a/container/x': containerSpec(), ...on } }
    expect(
      lines(generationDiff(moment(1, one), moment(2, { ...one, b: { 'b/container/y': containerSpec(), ...on } }))),
    ).toEqual(['create b/container/y (only in generation 2)'])
  })

  it('is nothing where only files have changed', () => {
    const same = { s: { 's/container/a': containerSpec() } }
    expect(generationDiff(moment(1, same), moment(2, same))).toMatchObject({ stacks: [], patch: [], steps: [] })
  })

  it('runs a job again whose end another container waits for, and counts no outage of it', () => {
    const at = (command: string) => ({
      s: {
        's/container/migrate': containerSpec({ command: [command] }),
        's/container/app': containerSpec({
          depends_on: [{ container: 's/container/migrate', condition: 'service_completed_successfully' }],
        }),
      },
    })
    const diff = generationDiff(moment(1, at('a')), moment(2, at('b')))
    const text = renderGenerationDiff(diff, { style: makeStyle(false) })
    expect(text).toContain('~ s/container/migrate  runs again')
    expect(text).not.toContain('down for')
  })

  it('replaces the containers of a network with a new subnet, as a plan does', () => {
    const at = (subnet: string, ip: string) => ({
      s: {
        's/network/n': networkSpec({ subnet }),
        's/container/a': containerSpec({
          networks: [{ network: 's/network/n', ipv4_address: ip, aliases: [], mac: '', static: false }],
        }),
        's/container/b': containerSpec(),
      },
    })
    const diff = generationDiff(moment(1, at('10.1.0.0/24', '10.1.0.2')), moment(2, at('10.2.0.0/24', '10.2.0.2')))
    expect(diff.steps.map((step) => [step.address, step.class, step.reason])).toEqual([
      ['s/network/n', 'replace', 'subnet changed'],
      ['s/container/a', 'replace', 's/network/n is replaced'],
    ])
    expect(renderGenerationDiff(diff, { style: makeStyle(false) })).toBe(
      [
        '',
        '  -/+ s/network/n  replace: delete, then create',
        '      ~ subnet: 10.1.0.0/24 -> 10.2.0.0/24',
        '',
        '  -/+ s/container/a  replace: delete, then create (s/network/n is replaced)',
        '      ~ networks.n: 10.1.0.2 -> 10.2.0.2',
        '',
        'From 1 to 2: 0 added, 2 changed, 0 removed.',
        'When these changes are applied, a is replaced: down for a few seconds.',
      ].join('\n'),
    )
  })
})
