// Renders docs/messages.md: every text in src/ that users can read, so that a person can judge all of them in one go.
import { isStringLiteral, SyntaxKind } from 'typescript/unstable/ast'
import { nodesOf, visitSources } from './source-tree.mjs'

/** The areas of the page: a heading, and the folders whose texts it lists. The first match counts. */
const areas = [
  ['Help', ['src/cli/program/']],
  ['Commands', ['src/cli/']],
  ['Plans, tables and status', ['src/report/', 'src/reconciler/plan/']],
  ['HeroScript', ['src/heroscript/']],
  ['Stack files', ['src/stack/', 'src/model/kinds/', 'src/model/values/']],
  ['Plan and apply', ['src/reconciler/', 'src/providers/runtime.ts', 'src/model/']],
  ['Containers, images, networks and volumes', ['src/providers/']],
  ['The host', ['src/host/']],
  ['Records', ['src/state/']],
  ['Watch', ['src/watch/']],
  ['Pulumi', ['src/pulumi/']],
]

/** Files whose strings are scripts, stacks and rules for programs. */
const programs = new Set([
  'src/cli/completion/scripts.ts',
  'src/stack/starter/new-stack.ts',
  'src/providers/linux/network/names/render-hosts.ts',
])

/** The file of examples: pairs of a command and its effect. */
const examples = 'src/cli/program/examples.ts'
const isPair = (node) =>
  node.kind === SyntaxKind.ArrayLiteralExpression && node.elements.length === 2 && node.elements.every(isPlain)

/** Functions and methods whose arguments are commands, keys or parts of a string that is searched. */
const internalCalls =
  /^(memo|cached|includes|startsWith|endsWith|indexOf|split|ip|netns|run|spawn|execute|RegExp|join)$/

const isTemplate = ({ kind }) => kind === SyntaxKind.TemplateExpression
const isText = (node) => isPlain(node) || isTemplate(node)
const isPlain = (node) => isStringLiteral(node) || node.kind === SyntaxKind.NoSubstitutionTemplateLiteral
const notes = new Set([SyntaxKind.ImportDeclaration, SyntaxKind.ExportDeclaration, SyntaxKind.LiteralType])
const comparisons = new Set([SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken])

/** Methods that change only the form of a value. */
const formal = /^(join|slice|map|filter|flatMap|trim|split|at|replace|replaceAll|sort|to[A-Z]\w*|text|values|keys|get)$/

/** The name of a value that is filled in, or the texts that it chooses from. `inlined` gets the nodes of these texts. */
function placeholder(node, inlined) {
  switch (node?.kind) {
    case SyntaxKind.Identifier:
      return node.text
    case SyntaxKind.PropertyAccessExpression:
      return /^(length|size)$/.test(node.name.text) ? 'number' : node.name.text
    case SyntaxKind.CallExpression: {
      const { expression } = node
      if (expression.kind === SyntaxKind.PropertyAccessExpression && formal.test(expression.name.text))
        return placeholder(expression.expression, inlined)
      return node.arguments.length > 0 && !isPlain(node.arguments[0])
        ? placeholder(node.arguments[0], inlined)
        : placeholder(expression, inlined)
    }
    case SyntaxKind.ConditionalExpression:
      return `${placeholder(node.whenTrue, inlined)} / ${placeholder(node.whenFalse, inlined)}`
    case SyntaxKind.BinaryExpression:
      return placeholder(node.left, inlined)
    case SyntaxKind.ElementAccessExpression:
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.AwaitExpression:
    case SyntaxKind.NonNullExpression:
      return placeholder(node.expression, inlined)
    default:
      return node !== undefined && isText(node) ? textOf(node, inlined) : '...'
  }
}

function textOf(node, inlined) {
  inlined.add(node)
  if (isPlain(node)) return node.text
  return (
    node.head.text +
    node.templateSpans.map((span) => `{${placeholder(span.expression, inlined)}}${span.literal.text}`).join('')
  )
}

/** Strings of words that no user reads. */
const notForPeople = [
  // Paths, options and parts of pages.
  /^\s*[<{]\//,
  /^(-|\/|\{\w+\}[/.=])/,
  /=>|charset=/,
  // Commands, settings and the output of programs.
  /redis\.call|\bnetns\b/,
  /^(link|address|route) \w+ (dev|name|\{|default)/,
  /^(spawn|overlay|nameserver|search|options|tar lists|remote|gpg|protocol|http|apply destroy) /,
  /^Max [a-z]|^NAME=|^\^?version https/,
  // Keys of caches.
  /^(archive content|unpacked|root|image-config|user|cwd|seccomp|archive|stat|blob|differences|network|container) \{/,
  // Headers of HTTP.
  /^text\/|^default-src|^HTTP\/|^(Connection|Authorization):|^(Basic|Bearer) /,
]

/** A text that a person reads: words, not a name, a path, a format or a command line of a program. */
const isForPeople = (text) =>
  /[a-z]{2,}[,;:]? [\w"'`{(]/i.test(text) && !notForPeople.some((pattern) => pattern.test(text))

const isProse = (text) => /^["'`{A-Z]/.test(text) && /[.:?!)]$|\.\{\w+\}$/.test(text.trim())

const property = (object, name) =>
  object.properties?.find((one) => one.kind === SyntaxKind.PropertyAssignment && one.name.getText() === name)

const calleeName = ({ expression }) => expression?.name?.text ?? expression?.text ?? ''

const isCall = ({ kind }) => kind === SyntaxKind.CallExpression || kind === SyntaxKind.NewExpression

/** Whether a string is a key, or is compared or searched: no user reads it. */
function isInternal(node) {
  const { parent } = node
  if (notes.has(parent.kind) || parent.name === node) return true
  if (parent.kind === SyntaxKind.BinaryExpression) return comparisons.has(parent.operatorToken.kind)
  return isCall(parent) && internalCalls.test(calleeName(parent))
}

const partNode = (object, name) => object.properties?.find((one) => one.name?.text === name)

/** The object of an error that a text belongs to, with the name of its property; undefined: of none. */
function errorOf(node) {
  for (let one = node; one.parent !== undefined; one = one.parent) {
    if (one.kind === SyntaxKind.Block) return undefined
    const { parent } = one
    if (one.kind !== SyntaxKind.PropertyAssignment || !/^(message|hint)$/.test(one.name.text)) continue
    const code = property(parent, 'code')?.initializer
    return code === undefined && partNode(parent, 'hint') === undefined
      ? undefined
      : { object: parent, part: one.name.text, code }
  }
  return undefined
}

/** The function or the constant around a text. */
function placeOf(node) {
  for (let one = node.parent; one !== undefined; one = one.parent) {
    const isFunction = one.kind === SyntaxKind.FunctionDeclaration || one.kind === SyntaxKind.MethodDeclaration
    const isConstant =
      one.kind === SyntaxKind.VariableDeclaration && one.parent?.parent?.parent?.kind === SyntaxKind.SourceFile
    if ((isFunction || isConstant) && one.name !== undefined) return one.name.text
  }
  return undefined
}

const rowKey = ({ code, message, hint, text }) => JSON.stringify([code, message, hint, text])

/** The cell of a part of an error: its texts. A part that the code computes elsewhere is `(computed)`. */
const partOf = (object, name, texts) =>
  texts.length === 0 && partNode(object, name) !== undefined ? ['(computed)'] : texts

/** The errors and texts of a file. */
function textsOf(file, tree) {
  const inlined = new Set()
  const errors = new Map()
  const texts = []
  for (const node of nodesOf(tree)) {
    if (file === examples && isPair(node))
      texts.push({ file, text: node.elements.map((one) => textOf(one, inlined)).join(': ') })
    if (!isText(node) || inlined.has(node) || isInternal(node)) continue
    const text = textOf(node, inlined)
    if (!isForPeople(text)) continue
    const owner = errorOf(node) ?? complaintOf(node)
    if (owner === undefined) texts.push({ file, text, place: placeOf(node), prose: isProse(text) })
    else {
      const entry = errors.get(owner.object) ?? { file, code: owner.code?.text ?? '', message: [], hint: [] }
      entry[owner.part].push(text)
      errors.set(owner.object, entry)
    }
  }
  const complete = [...errors].map(([object, error]) => ({
    ...error,
    message: partOf(object, 'message', error.message),
    hint: partOf(object, 'hint', error.hint),
  }))
  return { errors: complete, texts }
}

/** A call such as `bad(field, 'Message.', 'Hint.')`: its last text is the hint. */
function complaintOf(node) {
  const { parent } = node
  if (!isCall(parent)) return undefined
  const prose = parent.arguments.filter((one) => isText(one) && isProse(textOf(one, new Set())))
  if (prose.length < 2 || !prose.includes(node)) return undefined
  const code = parent.arguments.find(
    (one) => isPlain(one) && /^[a-z]+(-[a-z]+)*$/.test(one.text) && calleeName(parent) === 'add',
  )
  return { object: parent, part: node === prose.at(-1) ? 'hint' : 'message', code }
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

const shortPath = (file) => file.replace(/^src\//, '').replace(/\.ts$/, '')
const placesOf = (rows) =>
  [...new Set(rows.map(({ file, place }) => shortPath(file) + (place ? `: ${place}` : '')))].join(', ')

/** A table with one row for each text, with all its places. */
function table(title, head, rows, cellsOf) {
  if (rows.length === 0) return []
  const lines = [...groupBy(rows, rowKey).values()].map(
    (same) => `| ${[...cellsOf(same[0]), placesOf(same)].join(' | ')} |`,
  )
  return [`### ${title}\n\n| ${head.join(' | ')} |\n|${'---|'.repeat(head.length)}\n${lines.join('\n')}\n`]
}

function section(title, errors, texts) {
  return [
    `## ${title}\n`,
    ...table('Errors and warnings', ['code', 'message', 'hint', 'where'], errors, ({ code, message, hint }) => [
      code && `\`${code}\``,
      ...[message, hint].map((parts) => parts.map(cell).join(' ⏐ ')),
    ]),
    ...table(
      'Sentences',
      ['text', 'where'],
      texts.filter(({ prose }) => prose).map(({ file, text }) => ({ file, text })),
      ({ text }) => [cell(text)],
    ),
    ...table(
      'Labels and parts of sentences',
      ['text', 'where'],
      texts.filter(({ prose }) => !prose),
      ({ text }) => [cell(text)],
    ),
  ].join('\n')
}

const isIn =
  (folders) =>
  ({ file }) =>
    areas.find(([, own]) => own.some((folder) => file.startsWith(folder)))?.[1] === folders

const intro = `<!-- Generated from src/ by \`npm run generate\`. Do not edit. -->

# All messages

Every text of the program that a user can read, once in each area. \`{name}\` is a value that is filled in, \`{one / two}\` one of
several texts. Errors are listed with their code ([errors.md](errors.md) explains each) and hint; \` ⏐ \` separates the forms of one
message. Parts of sentences are listed last, each with the function that completes them. Files are below src/.
`

/** docs/messages.md. */
export function renderMessages() {
  const errors = []
  const texts = []
  visitSources((file, tree) => {
    if (programs.has(file)) return
    const found = textsOf(file, tree)
    errors.push(...found.errors)
    texts.push(...found.texts)
  })
  return [
    intro,
    ...areas.map(([title, folders]) => section(title, errors.filter(isIn(folders)), texts.filter(isIn(folders)))),
  ].join('\n')
}
