import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { blocksOf, fileOf, readPage, top } from '../docs-pages.ts'

const page = 'docs/guide/library.md'
const examples = 'examples/original'

it('the programs of the guide and of the examples have correct types', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hp-guide-'))
  const programs = readdirSync(join(top, examples)).filter((name) => name.endsWith('.ts'))
  try {
    for (const block of blocksOf(page, readPage(page))) {
      const file = fileOf(block)
      if (file !== undefined) writeFileSync(join(folder, file.replace('.mjs', '.mts')), block.text)
    }
    for (const name of programs)
      writeFileSync(join(folder, name.replace('.ts', '.mts')), readPage(join(examples, name)))
    const config = {
      extends: join(top, 'tsconfig.json'),
      compilerOptions: {
        paths: { heropods: [join(top, 'src/api/index.ts')] },
        typeRoots: [join(top, 'node_modules/@types')],
      },
      include: ['*.mts'],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(top, 'node_modules/typescript/bin/tsc')
    execFileSync(process.execPath, [tsc, '--noEmit', '-p', folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'inherit', 'inherit'],
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 120_000)

it('the reference of the library has every exported name', () => {
  const exported = [...readFileSync(join(top, 'src/api/index.ts'), 'utf8').matchAll(/export (?:type )?\{([^}]*)\}/g)]
    .flatMap(([, names = '']) => names.split(','))
    .map((name) => name.trim().split(' as ').at(-1) ?? '')
    .filter((name) => name !== '')
  const reference = readPage('docs/api.md')
  const headings = [...reference.matchAll(/^###+ (\w+)/gm)].map(([, name]) => name)
  expect(exported.filter((name) => !headings.includes(name))).toEqual([])
})

it('the table of the reference leads to the methods that it names', () => {
  const reference = readPage('docs/api.md')
  const links = [...reference.matchAll(/^\|.*\|$/gm)]
    .filter(([row]) => row.includes('`') && !row.includes('<a id'))
    .slice(0, 17)
    .flatMap(([row]) => [...row.matchAll(/\[`(?:new )?(?:\w+\.)?(\w+)`\]\(#([\w-]+)\)/g)])
  expect(links.length).toBeGreaterThan(25)
  const wrong = links.filter(([, name, anchor]) => {
    const heading = new RegExp(`<a id="${anchor}"></a>\\n\\n#+ (\\w+)`).exec(reference)?.[1]
    return heading !== name && !(name === 'HeroPods' && heading === 'Constructor')
  })
  expect(wrong.map(([text]) => text)).toEqual([])
})
