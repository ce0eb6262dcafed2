import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const top = join(import.meta.dirname, '..')

/** Paths of all files below a folder, from the top of the tree. */
const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))

const pages = ['README.md', 'CONTRIBUTING.md', ...filesOf('docs').filter((name) => name.endsWith('.md'))]
const sources = ['src', 'test', 'scripts', 'bench'].flatMap(filesOf)

/** Links to other files of the tree, as paths from its top. */
const linksOf = (page: string, text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^\w+:/.test(target))
    .map((target) => join(dirname(page), target))

/** Names in code spans: whole paths of the tree, and names of source files by the end of their path. */
const namesOf = (text: string): readonly string[] =>
  [...text.matchAll(/`([\w./-]+)`/g)]
    .map(([, name = '']) => name)
    .filter((name) => /^src\/|^docs\/|\.m?ts$|\.mjs$/.test(name))

/** Paths of source files and pages in comments. */
const namesInComments = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => /^\s*(?:\/\/|\/?\*)/.test(line))
    .flatMap((line) => [...line.matchAll(/(?<![\w./-])(?:[\w-]+\/)+[\w.-]+\.(?:ts|mjs|md)\b/g)].map(([name]) => name))

const isThere = (name: string): boolean =>
  existsSync(join(top, name)) || sources.some((path) => path.endsWith(`/${name}`))

describe('the documentation', () => {
  it.each(pages)('%s links to files that exist', (page) => {
    const links = linksOf(page, readFileSync(join(top, page), 'utf8'))
    expect(links.filter((target) => !existsSync(join(top, target)))).toEqual([])
  })

  it.each(pages)('%s names source files that exist', (page) => {
    const names = namesOf(readFileSync(join(top, page), 'utf8'))
    expect(names.filter((name) => !isThere(name))).toEqual([])
  })

  it('is named in comments by paths that exist', () => {
    const comments = sources
      .filter((path) => path.startsWith('src/') && path.endsWith('.ts'))
      .flatMap((path) => namesInComments(readFileSync(join(top, path), 'utf8')).map((name) => ({ path, name })))
    expect(comments.length).toBeGreaterThan(0)
    expect(comments.filter(({ name }) => !isThere(name))).toEqual([])
  })
})
