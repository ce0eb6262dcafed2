// The syntax trees of src/, from the compiler that also checks types.
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isStringLiteral, isTemplateLiteralToken, SyntaxKind } from 'typescript/unstable/ast'
import { API } from 'typescript/unstable/sync'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Calls `visit` with the path and the tree of each file of src/ that is not generated. */
export function visitSources(visit) {
  const api = new API({ cwd: root })
  try {
    const [project] = api.updateSnapshot({ openProjects: [join(root, 'tsconfig.json')] }).getProjects()
    const names = project.rootFiles.map((file) => relative(root, file)).sort()
    for (const file of names.filter((name) => name.startsWith('src/') && !name.startsWith('src/generated/')))
      visit(file, project.program.getSourceFile(join(root, file)))
  } finally {
    api.close()
  }
}

/** Every node below a node, and the node itself. */
export function* nodesOf(node) {
  yield node
  const children = []
  node.forEachChild((child) => void children.push(child))
  for (const child of children) yield* nodesOf(child)
}

const isText = (node) =>
  isStringLiteral(node) || isTemplateLiteralToken(node) || node.kind === SyntaxKind.RegularExpressionLiteral

/** Texts of a file, each with its offset: comments, and string literals (the parts of a template one by one). */
export function textsOf(tree) {
  const literals = [...nodesOf(tree)]
    .filter(isText)
    .map((node) => ({ start: node.getStart(tree), end: node.end, node }))
    .sort((left, right) => left.start - right.start)
  const strings = literals
    .filter(({ node }) => node.kind !== SyntaxKind.RegularExpressionLiteral && !isModuleName(node))
    .map(({ start, end }) => ({ offset: start, text: tree.text.slice(start, end) }))
  return { comments: commentsOf(tree.text, literals), strings }
}

const isModuleName = ({ parent }) =>
  parent?.kind === SyntaxKind.ImportDeclaration || parent?.kind === SyntaxKind.ExportDeclaration

/** Comments outside of literals. Lines of one comment stay together, without the signs around them. */
function commentsOf(text, literals) {
  let code = text
  for (const { start, end } of literals) code = `${code.slice(0, start)}${' '.repeat(end - start)}${code.slice(end)}`
  return [...code.matchAll(/\/\*[\s\S]*?\*\/|(?:\/\/[^\n]*\n?[ \t]*)+/g)].map(({ index, 0: found }) => ({
    offset: index,
    text: text.slice(index, index + found.length),
  }))
}

/** Number of the line with an offset, from 1. */
export const lineAt = (text, offset) => text.slice(0, offset).split('\n').length
