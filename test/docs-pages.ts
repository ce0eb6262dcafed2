import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The top of the tree. */
export const top = join(import.meta.dirname, '..')

/** Paths of all pages of the documentation, from the top of the tree. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'examples/original/README.md',
  'stacks/README.md',
  ...readdirSync(join(top, 'stacks'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /^[^/]+\/README\.md$/.test(name))
    .map((name) => join('stacks', name)),
  ...readdirSync(join(top, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

export const readPage = (page: string): string => readFileSync(join(top, page), 'utf8')

/** A fenced block of a page. */
export interface Block {
  readonly page: string
  /** Line of its first fence, from 1. */
  readonly line: number
  readonly language: string
  /** Words after the language: `run` for commands that a live test runs, `file=NAME` for a file that it writes. */
  readonly marks: readonly string[]
  readonly text: string
}

export function blocksOf(page: string, markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    page,
    line: markdown.slice(0, match.index).split('\n').length,
    language: match[1] ?? '',
    marks: (match[2] ?? '').trim().split(/\s+/).filter(Boolean),
    text: match[3] ?? '',
  }))
}

/** The name after `file=`. */
export const fileOf = ({ marks }: Block): string | undefined =>
  marks.find((one) => one.startsWith('file='))?.slice('file='.length)
