import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pages, readPage, top } from './docs-pages.ts'

/** Paths of all files below a folder, from the top of the tree. */
const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))

const sources = ['src', 'test', 'scripts', 'bench'].flatMap(filesOf)

/** Links to other files of the tree, as paths from its top. */
const linksOf = (page: string, text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^\w+:/.test(target))
    .map((target) => join(dirname(page), target))

/** Links with a heading, as the page (from the top of the tree) and the heading. */
const headingLinksOf = (page: string, text: string): readonly (readonly [string, string])[] =>
  [...text.matchAll(/\]\(([^)#\s:]*)#([^)\s]+)\)/g)].map(([, target = '', heading = '']) => [
    target === '' ? page : join(dirname(page), target),
    heading,
  ])

/** The names by which GitHub links the headings of a page, and its own anchors. A repeated heading gets a number. */
function headingsOf(page: string): readonly string[] {
  const text = readPage(page)
  const counts = new Map<string, number>()
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => {
    const name = title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
    const before = counts.get(name) ?? 0
    counts.set(name, before + 1)
    return before === 0 ? name : `${name}-${before}`
  })
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]
}

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
    const links = linksOf(page, readPage(page))
    expect(links.filter((target) => !existsSync(join(top, target)))).toEqual([])
  })

  it.each(pages)('%s links to headings that exist', (page) => {
    const links = headingLinksOf(page, readPage(page))
    expect(links.filter(([target, heading]) => !headingsOf(target).includes(heading))).toEqual([])
  })

  it('can be reached from the map', () => {
    const reached = linksOf('docs/README.md', readPage('docs/README.md'))
    const own = pages.filter((page) => page.startsWith('docs/') && !page.startsWith('docs/decisions/'))
    expect(own.filter((page) => page !== 'docs/README.md' && !reached.includes(page))).toEqual([])
  })

  it.each(pages)('%s names source files that exist', (page) => {
    const names = namesOf(readPage(page))
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
