// Refuses words and turns that only this project ever used, in comments and in texts that users read. `--all [PATH]` also checks the
// folders that are not enforced yet. Code in backticks and single-word strings (names, codes, options) are not checked.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lineAt, root, textsOf, visitSources } from './source-tree.mjs'

/** Folders and files whose texts are checked. */
const enforced = [
  'src/cli/',
  'src/heroscript/',
  'src/host/',
  'src/providers/',
  'src/reconciler/',
  'src/model/',
  'src/report/',
  'src/state/',
  'src/stack/',
  'src/watch/',
]

/** Pages of the documentation, and src/pulumi with its own docs. */
const enforcedPages = ['src/pulumi/', 'README.md', 'CONTRIBUTING.md', 'docs/']

/** A private word, and the field's word for it. */
const words = [
  [/\bmend(s|ed|ing|er|ers)?\b/i, 'heal or repair'],
  [/\b(tell|tells|told|telling)\b/i, 'report, show or print'],
  [/\b(say|says|said)\b/i, 'report, show, print or contain'],
  [/\b(stand|stands|stood|standing)\b(?! (for|alone|still)\b)/i, 'exist, be applied, be in'],
  [/\bwhole\b/i, 'complete, full or entire; a whole number is an integer'],
  [/\b(stated|states it|state it|restated)\b/i, 'declared, or given'],
  [/\bledgers?\b/i, 'event recorder'],
  [/\blanes?\b/i, 'executor'],
  [/\bbeacons?\b/i, 'status publisher'],
  [/\baudiences?\b/i, 'sinks'],
  [/\bincarnations?\b/i, 'run; the number of the run'],
  [/\bupkeep\b/i, 'maintenance'],
  [/\bforeign\b/i, 'unmanaged, or of another owner'],
  [/\b(whoever|whichever|whomever)\b/i, 'any user, the caller, the process'],
  [/\bby the way\b/i, 'leave it out'],
  [/\b(is|are|be|was|been|gets?|becomes?|become) (not )?well\b/i, 'healthy'],
  [/\bletGo\b/, 'start'],
  [/\b(wish|wishes|wished)\b/i, 'request'],
  [/\b(retires?|retired|retiring)\b/i, 'tear down, end'],
  [/\bspots?\b/i, 'location, path'],
  [/\b(seen|unseen)\b/i, 'observed, read'],
  [/(?<!\b(?:address|data|was) )\bkept\b/i, 'stored, tracked, preserved'],
  [
    /\b(a|one|each|every|next|last|this|the|of|first|second|another|two|per) looks?\b/i,
    'reconcile, observation, check',
  ],
  [/\btak(e|es|en|ing) up\b/i, 'track, start'],
  [/\b(lets?|left|letting) go\b/i, 'release, start'],
  [/\bat work\b/i, 'running'],
  [/\bunder way\b/i, 'running, in progress'],
  [/\b(rightly|wrongly)\b/i, 'valid, invalid'],
  [/\banew\b/i, 'again'],
  [/(?<!\bthere )\bis no (?!longer\b|more\b|other\b)[a-z]+/i, 'is not a'],
  [/(?<!\bthere )\bare no (?!longer\b|more\b|other\b)[a-z]+/i, 'are not'],
  [/\b(has|have) not the\b/i, 'does not have the'],
  [/\b(speaks?|spoken|spoke) (to|with|of)\b/i, 'connect, mention'],
  [/\bheard\b/i, 'received'],
]

/** A turn of a sentence, and the way to write it. Matched over the lines of one comment. */
const turns = [
  [/(?:^\s*|[.!:;]\s+)(?:What|Who)\b(?![^.?!]*\?)/, 'name the subject: "The files that ...", "A user who ..."'],
  [/(?:^\s*|[.!:;]\s+)Answers\b/, 'Returns'],
  [/\bwhat\b(?![^.!]*\?)/, 'name the thing'],
  [/\bwhether\b[^.]*, (?:who|what)\b/i, 'two sentences'],
]

const documents = ['README.md', 'CONTRIBUTING.md']
const folders = ['docs']

const problems = []
const blank = (text) => text.replaceAll(/[^\n]/g, ' ')
/** The words of a text at their own offsets: without code, links, titles of tests and the signs of comments. */
const wordsOf = (text) =>
  text
    .replaceAll(/`[\w/-]+\.test\.ts`: .*?(?=<br>| \|$)/gm, blank)
    .replaceAll(/```[\s\S]*?```|`[^`]*`|\]\([^)]*\)|<[^>\n]*>/g, blank)
    .replaceAll(/^[ \t]*(\/\*\*?|\/\/|\*\/|\*)|\*\/[ \t]*$/gm, blank)

/** Checks one text; `from` is its first line. */
function check(file, text, from) {
  const plain = wordsOf(text)
  for (const [pattern, better] of [...words, ...turns])
    for (const match of plain.matchAll(new RegExp(pattern, `${pattern.flags}g`)))
      problems.push({
        file,
        line: from + lineAt(plain, match.index + match[0].search(/\S/)) - 1,
        word: match[0].trim(),
        better,
      })
}

const isSentence = (text) => /[a-z]{2}.* .*[a-z]{2}/i.test(text)

const [option, ...paths] = process.argv.slice(2)
const all = option === '--all'
const isChecked = (file) =>
  all
    ? paths.length === 0 || paths.some((path) => file.startsWith(path))
    : [...enforced, ...enforcedPages].some((path) => file.startsWith(path))

visitSources((file, tree) => {
  if (!isChecked(file)) return
  const { comments, strings } = textsOf(tree)
  const texts = [...comments, ...strings.filter(({ text }) => isSentence(text))]
  for (const { offset, text } of texts) check(file, text, lineAt(tree.text, offset))
})
const pages = (
  await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(root, folder), { recursive: true })).map((name) => join(folder, name)),
    ),
  )
).flat()
// The sources of docs/messages.md are checked themselves.
for (const file of [...documents, ...pages].filter((name) => name.endsWith('.md') && name !== 'docs/messages.md'))
  if (isChecked(file)) check(file, await readFile(join(root, file), 'utf8'), 1)

for (const { file, line, word, better } of problems.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line))
  console.error(`${file}:${line}: "${word}": write ${better}`)
if (problems.length > 0)
  console.error(`${problems.length} places. The words and the better ones are in scripts/words.mjs.`)
process.exitCode = problems.length > 0 ? 1 : 0
