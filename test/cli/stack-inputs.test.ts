import { expect, it } from 'vitest'
import { planInputs, requireNoUrl } from '../../src/cli/stack-inputs.ts'
import { HeroPodsError } from '../../src/model/errors.ts'

const problem = (file: string) => {
  try {
    requireNoUrl(file)
    return undefined
  } catch (error) {
    if (!(error instanceof HeroPodsError)) throw error
    return error.diagnostics[0]
  }
}

it.each([
  ['https://git.example.org/team/infra.git', 'infra'],
  ['git@git.example.org:team/infra.git', 'infra'],
  ['ssh://git@git.example.org/infra', 'infra'],
])('the repository %s is refused with the commands that read it', (url, folder) => {
  expect(problem(url)).toMatchObject({ code: 'usage', message: expect.stringContaining(url) })
  expect(problem(url)?.hint).toBe(
    `For a plan: \`git clone ${url} ${folder} && heropods diff ${folder}\`. To follow it: \`heropods watch --git ${url}\`.`,
  )
  expect(() => planInputs([url], {})).toThrow(HeroPodsError)
  expect(planInputs([url], {}, { acceptsUrl: true }).files).toEqual([url])
})

it.each(['heropods.yaml', './a:b.yaml', '/srv/stacks', '@37', 'plan.json'])('%s is a file', (file) =>
  expect(problem(file)).toBeUndefined(),
)
