import { describe, expect, it } from 'vitest'
import type { Plan, Step } from '../../src/model/plan.ts'
import { diffColoured, planMarkdown } from '../../src/report/plan-markdown.ts'
import { renderPlan } from '../../src/report/plan-text.ts'
import { makeStyle } from '../../src/report/style.ts'
import { change, planStep } from '../specs.ts'

const nothing = { create: 0, update: 0, recreate: 0, delete: 0, keep: 2 }
const planOf = (steps: readonly Step[], more: Partial<Plan> = {}): Plan => ({
  formatVersion: 1,
  steps,
  summary: { ...nothing, recreate: steps.length },
  warnings: [],
  ...more,
})
const place = { host: 'host-1', instance: 'default' }
const render = (plan: Plan): string => renderPlan(plan, { style: makeStyle(false) })
const changed = (address: Step['address'], ...changes: Step['changes']): Step => planStep(address, 'recreate', changes)

describe('a plan as Markdown', () => {
  it('has a heading, a summary and a section for each stack', () => {
    const text = planMarkdown(
      planOf([
        changed('shop/container/web', change('/hostname', { before: 'a', after: 'b' })),
        changed('mail/container/mx', change('/hostname', { before: 'a', after: 'b' })),
      ]),
      place,
      render,
    )
    expect(text).toMatch(
      /^<!-- heropods diff host-1 default -->\n### HeroPods plan: default on host-1\n\n\*\*2 to restart; 2 unchanged\.\*\* web, mx restart: each is down for about 1 s\.\n/,
    )
    expect(
      text.match(/<details><summary><code>(shop|mail)<\/code>: 1 to restart<\/summary>\n\n```diff\n/g),
    ).toHaveLength(2)
    expect(text.match(/\n```\n\n<\/details>\n/g)).toHaveLength(2)
    expect(text).toMatch(/^! .*shop\/container\/web/m)
  })

  it('has a mark of its own for each instance and host, which no name can end', () => {
    const headOf = (host: string): string =>
      planMarkdown(planOf([]), { host, instance: 'two' }, render).split('\n### ')[0] ?? ''
    expect(headOf('a.example')).toBe('<!-- heropods diff a.example two -->')
    expect(headOf('a--> <b>')).toBe('<!-- heropods diff a____b_ two -->')
  })

  it('without changes has one sentence', () =>
    expect(planMarkdown(planOf([], { summary: nothing }), place, render)).toBe(
      '<!-- heropods diff host-1 default -->\n### HeroPods plan: default on host-1\n\n**No changes.** The host matches the files (2 objects).\n',
    ))

  it('names the commit of the files, and no text of it has a meaning in Markdown', () => {
    const commit = { id: '292d8de801f6b7a8', subject: 'Fix <b>*x* @me', author: 'Ada', time: '2026-11-28T11:00:00Z' }
    expect(planMarkdown(planOf([]), { ...place, commit }, render).split('\n')).toContain(
      'Files of commit 292d8de "Fix &#60;b&#62;&#42;x&#42; &#64;me" by Ada',
    )
  })

  it('of many new objects does not name an option that its reader cannot use', () => {
    const steps = Array.from({ length: 6 }, (_, index) => ({
      ...planStep(`s/volume/v${index}`, 'create'),
      reason: `reason ${index}`,
    }))
    const short = (hints: boolean): string =>
      planMarkdown(planOf(steps), place, (plan) => renderPlan(plan, { style: makeStyle(false), hints }))
    expect(short(true)).toContain('--full')
    expect(short(false)).not.toContain('--full')
  })

  it('hides the values of environment variables', () => {
    const text = planMarkdown(
      planOf([changed('shop/container/web', change('/environment/PASSWORD', { before: 'hunter2', after: 'hunter3' }))]),
      place,
      render,
    )
    expect(text).toContain('PASSWORD')
    expect(text).not.toContain('hunter')
  })

  it('shows warnings, and no text can end its block', () => {
    const warnings = [{ code: 'x', message: 'Odd:\n```\n</details> ````' }]
    const text = planMarkdown(planOf([], { summary: nothing, warnings }), place, render)
    expect(text).toContain('<summary>Warnings: 1</summary>\n\n`````diff\n')
  })

  it.each([1, 400])('of %s stacks with 400 changes in all is cut at 65,000 characters', (stacks) => {
    const steps = Array.from({ length: 400 }, (_, index) =>
      changed(`s${index % stacks}/container/c${index}`, change(`/labels/${'l'.repeat(200)}${index}`)),
    )
    const text = planMarkdown(planOf(steps), place, render)
    expect(text.length).toBeLessThanOrEqual(65_000)
    expect(text.length).toBeGreaterThan(60_000)
    expect(text).toMatch(/more lines: run heropods diff/)
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length)
    if (stacks > 1) expect(text).toMatch(/\n\d+ more sections do not fit here: run `heropods diff`\.\n$/)
  })
})

it.each([
  ['  + shop/container/web  create', '+  shop/container/web  create'],
  ['  - shop/container/web  delete', '-  shop/container/web  delete'],
  ['  ~ shop/container/web  update', '!  ~ shop/container/web  update'],
  ['  -/+ shop/container/web', '!  -/+ shop/container/web'],
  ['      because it changed', '      because it changed'],
  ['Plan: 1 to create', ' Plan: 1 to create'],
])('"%s" is coloured as "%s"', (line, expected) => expect(diffColoured(line)).toBe(expected))
