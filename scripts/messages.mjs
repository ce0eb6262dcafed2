// Renders docs/messages.md: every text in src/ that users can read, so that a person can judge all of them in one go.
import { isStringLiteral, SyntaxKind } from 'typescript/unstable/ast'
import { nodesOf, visitSources } from './source-tree.mjs'

/** The areas of the page: a heading, and the folders whose texts it lists. The first match counts. */
const areas = [
  ['Help', ['src/cli/program/']],
  ['Commands', ['src/cli/']],
  ['Plans, tables and status', ['src/report/', 'src/reconciler/plan/']],
  ['Stack files', ['src/stack/', 'src/model/kinds/', 'src/model/values/']],
  ['Plan and apply', ['src/reconciler/', 'src/providers/runtime.ts', 'src/model/']],
  ['Containers, images, networks and volumes', ['src/providers/']],
  ['The host', ['src/host/']],
  ['Records', ['src/state/']],
  ['Watch', ['src/watch/']],
  ['Pulumi', ['src/pulumi/']],
]

const isTemplate = ({ kind }) => kind === SyntaxKind.TemplateExpression
const isPlain = (node) => isStringLiteral(node) || node.kind === SyntaxKind.NoSubstitutionTemplateLiteral
const notes = new Set([SyntaxKind.ImportDeclaration, SyntaxKind.ExportDeclaration, SyntaxKind.LiteralType])

/** The name of a placeholder: the last name of its expression. */
const placeholder = (expression, tree) => `{${/(\w+)\W*$/.exec(expression.getText(tree))?.[1] ?? '...'}}`

function textOf(node, tree) {
  if (isPlain(node)) return node.text
  return (
    node.head.text + node.templateSpans.map((span) => placeholder(span.expression, tree) + span.literal.text).join('')
  )
}

/** A text that a person reads: a sentence, not a name, a path, a format or a command line of a program. */
const isSentence = (text) =>
  /[a-z]{2,}[,;:]? [a-z"'`{(]/i.test(text) &&
  !/^\s*[<{]\//.test(text) &&
  !/^(-|\/|\{\w+\}[/.=])/.test(text) &&
  !/=>|redis\.call|\bnetns\b.*\bdev\b|^(link|address|route) \w+ (dev|name)|^Max [a-z]/.test(text)

const property = (object, name) =>
  object.properties?.find((one) => one.kind === SyntaxKind.PropertyAssignment && one.name.getText() === name)

/** The code and the part of an error that a text belongs to. */
function roleOf({ parent }) {
  let node = parent
  while (node !== undefined && node.kind !== SyntaxKind.PropertyAssignment) {
    if (node.kind === SyntaxKind.ArrowFunction || node.kind === SyntaxKind.Block) return {}
    node = node.parent
  }
  if (node === undefined) return {}
  const code = property(node.parent, 'code')?.initializer
  return { part: node.name.text, ...(code !== undefined && isPlain(code) && { code: code.text }) }
}

function textsOf(file, tree) {
  const rows = []
  for (const node of nodesOf(tree)) {
    if (!isPlain(node) && !isTemplate(node)) continue
    if (notes.has(node.parent?.kind)) continue
    const text = textOf(node, tree)
    if (isSentence(text)) rows.push({ file, text, ...roleOf(node) })
  }
  return rows
}

/** The items of a list by a key, in the order of the list. */
function groupBy(items, keyOf) {
  const groups = new Map()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

const cell = (text) =>
  text
    .trim()
    .replaceAll('\\', '\\\\')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, (sign) =>
      sign === '\n' ? sign : `\\u${sign.codePointAt(0).toString(16).padStart(4, '0')}`,
    )
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll(/[[\]]/g, String.raw`\$&`)
    .replaceAll(/\s*\n\s*/g, ' ⏎ ')

const kindOf = ({ code, part }) =>
  code !== undefined ? `\`${code}\`${part === 'hint' ? ' hint' : ''}` : part === 'hint' ? 'hint' : ''

function section([title], rows) {
  const files = groupBy(rows, ({ file }) => file)
  const parts = [...files].map(([file, own]) => {
    const lines = [...new Set(own.map((row) => `| ${cell(row.text)} | ${kindOf(row)} |`))]
    return `### ${file}\n\n| text | of |\n|---|---|\n${lines.join('\n')}\n`
  })
  return `## ${title}\n\n${parts.join('\n')}`
}

const areaOf = ({ file }) => areas.find(([, folders]) => folders.some((folder) => file.startsWith(folder)))

const intro = `<!-- Generated from src/ by \`npm run generate\`. Do not edit. -->

# All messages

Every text of the program that a user can read, by area and file. \`{name}\` is a value that is filled in. Errors are listed with their
code ([errors.md](errors.md) explains each), hints with the error they belong to.
`

/** docs/messages.md. */
export function renderMessages() {
  const rows = []
  visitSources((file, tree) => rows.push(...textsOf(file, tree)))
  const byArea = groupBy(rows, areaOf)
  return [intro, ...areas.flatMap((area) => (byArea.has(area) ? [section(area, byArea.get(area))] : []))].join('\n')
}
