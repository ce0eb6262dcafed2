import { describe, expect, it } from 'vitest'
import { completionOf, type NameKind } from '../../src/cli/completion/candidates.ts'
import { withFirstReplicas } from '../../src/cli/completion/names.ts'
import { buildProgram } from '../../src/cli/program/program.ts'

const program = buildProgram(() => async () => undefined)
const names: Readonly<Partial<Record<NameKind, readonly string[]>>> = {
  container: ['web', 'shop/web'],
  stack: ['shop', 'blog'],
  generation: ['3', '2', '1'],
  instance: ['default', 'other'],
  volume: ['data'],
  field: ['containers', 'containers.NAME.image'],
  error: ['lock-held'],
  reason: ['CrashLoop'],
  network: ['lan'],
  template: ['web', 'wordpress'],
  image: ['localhost/tools:latest'],
  'built-in': ['busybox'],
}
const asked: (string | undefined)[] = []
const complete = async (...words: string[]) => {
  const { candidates, paths } = await completionOf(program, words, async (kind, instance) => {
    asked.push(instance)
    return names[kind] ?? []
  })
  return { texts: candidates.map(({ text }) => text), paths }
}

describe('completion', () => {
  it('of commands and subcommands', async () => {
    expect((await complete('')).texts).toEqual(expect.arrayContaining(['apply', 'watch', 'completion']))
    expect((await complete('des')).texts).toEqual(['destroy'])
    expect((await complete('volume', '')).texts).toEqual(['ls', 'rm'])
    expect((await complete('watch', 'un')).texts).toEqual(['uninstall'])
  })

  it('of options, of one command', async () => {
    expect((await complete('logs', '--ti')).texts).toEqual(['--timestamps'])
    expect((await complete('ps', '--ti')).texts).toEqual([])
    expect((await complete('ps', '--he')).texts).toEqual(['--help'])
  })

  it.each([
    [['destroy', ''], ['shop', 'blog'], 'file'],
    [['logs', ''], ['web', 'shop/web', 'shop', 'blog'], undefined],
    [['logs', '-f', 'sh'], ['shop/web', 'shop'], undefined],
    [['logs', 'shop', 's'], ['shop/web'], undefined],
    [['logs', '--tail', '5', 'w'], ['web'], undefined],
    [['rollback', ''], ['3', '2', '1'], undefined],
    [['rollback', '3', ''], [], undefined],
    [['diff', '@'], ['@3', '@2', '@1'], 'file'],
    [['diff', ''], [], 'file'],
    [['diff', '@1', '@'], ['@3', '@2'], 'file'],
    [['explain', 'lock'], ['lock-held'], undefined],
    [['explain', 'Crash'], ['CrashLoop'], undefined],
    [['explain', 'containers.'], ['containers.NAME.image'], undefined],
    [['exec', 'web', ''], [], undefined],
    [['run', ''], ['web', 'shop/web', 'localhost/tools:latest', 'busybox'], undefined],
    [['run', '--rm', 'bu'], ['busybox'], undefined],
    [['image', 'rm', ''], ['localhost/tools:latest'], undefined],
    [['apply', '--instance', 'o'], ['other'], undefined],
    [['apply', '--instance=o'], ['--instance=other'], undefined],
    [['apply', '-f', ''], [], 'file'],
    [['watch', '--path', ''], [], 'folder'],
    [['volume', 'rm', ''], ['data'], undefined],
    [['nosuch', ''], [], undefined],
    [['why', ''], ['web', 'shop/web', 'lan', 'data'], undefined],
    [['why', 'web', ''], [], undefined],
    [['fmt', ''], [], 'file'],
    [['fmt', '--ch'], ['--check'], undefined],
    [['init', ''], [], 'folder'],
    [['init', '--template', ''], ['web', 'wordpress'], undefined],
    [['init', '--from', ''], [], 'file'],
    [['schema', '--in'], ['--instance'], undefined],
    [['schema', ''], [], undefined],
  ] as const)('of %j', async (words, texts, paths) => {
    expect(await complete(...words)).toEqual({ texts, paths })
  })

  it('reads the names of the instance that is given', async () => {
    asked.length = 0
    await complete('logs', '--instance', 'other', '')
    await complete('logs', '--instance=third', '')
    expect(asked).toEqual(['other', 'other', 'third', 'third'])
  })
})

describe('names of replicas', () => {
  it('are those of `ps`: the first one has a number once there are several', () => {
    expect(withFirstReplicas(['t/app', 't/app.2', 't/db', 'u/app'])).toEqual(['t/app.1', 't/app.2', 't/db', 'u/app'])
    expect(withFirstReplicas(['t/app'])).toEqual(['t/app'])
  })
})
