import { describe, expect, it } from 'vitest'
import { stackFolder } from './support.ts'

const { load, problems } = stackFolder()
const longest = 131_071
const x = (count: number): string => 'x'.repeat(count)
const a = (fields: string): string => `containers:\n  a: { image: busybox, ${fields} }\n`

describe('texts that Linux hands to no program are refused where they stand', () => {
  it.each([
    ['an argument', a(`command: [echo, "${x(longest + 1)}"]`), '2:40: `containers.a.command.1` has 131072 bytes'],
    ['one of a line', a(`command: "echo ${x(longest + 1)}"`), '2:33: `containers.a.command` has 131072 bytes'],
    ['a program', a(`entrypoint: ["${x(longest + 1)}"]`), '2:37: `containers.a.entrypoint.0` has 131072 bytes'],
    [
      'a variable',
      a(`environment: { AB: "${x(longest - 2)}" }`),
      '2:43: `containers.a.environment.AB` has 131072 bytes',
    ],
    [
      'a check',
      a(`healthcheck: { test: "${x(longest + 1)}" }`),
      '2:45: `containers.a.healthcheck.test` has 131072 bytes',
    ],
    [
      'a sensitive value',
      `variables: { v: { default: "${x(longest)}", sensitive: true } }\n${a('command: [echo, "-${v}"]')}`,
      '3:40: `containers.a.command.1` has 131072 bytes',
    ],
    [
      'many together',
      a(`ulimits: { stack: { soft: 1048576, hard: -1 } }, command: [${`"${x(100_000)}",`.repeat(3)}]`),
      '2:3: Command and environment of "a" together have 300027 bytes, but Linux allows at most 262144: a quarter of the stack limit',
    ],
  ])('%s', async (_, yaml, message) => {
    const [problem = '', ...more] = await problems(yaml)
    expect(more).toEqual([])
    expect(problem).toContain(`argument-too-long at ${message}`)
    expect(problem).toMatch(/-> .*config/)
  })

  it('a variable of an env_file', async () => {
    const beside = { 'big.env': `BIG=${x(longest)}\n` }
    expect(await problems(a('env_file: big.env'), { beside })).toHaveLength(1)
  })

  it('the longest ones are taken', async () => {
    await load(a(`command: ["${x(longest)}"], environment: { AB: "${x(longest - 3)}" }`))
  })
})
