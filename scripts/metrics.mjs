// Figures of src/: lengths of functions, casts, sizes of files and folders. Fails if one of them is above its limit.
// `--casts [PATH]` and `--long [PATH]` list the casts and the functions above the ninth decile.
import { dirname } from 'node:path'
import {
  isArrowFunction,
  isAsExpression,
  isFunctionDeclaration,
  isFunctionExpression,
  isVariableDeclaration,
  SyntaxKind,
} from 'typescript/unstable/ast'
import { lineAt, nodesOf, visitSources } from './source-tree.mjs'

const limits = {
  casts: 150,
  doubleCasts: 0,
  fileLines: 300,
  folderFiles: 20,
  medianFunction: 7,
  longFunction: 20,
}

/** A function with a name of its own: a declaration, a method, or the value of a variable. Its callbacks are a part of it. */
const isNamedFunction = (node) =>
  isFunctionDeclaration(node) ||
  [SyntaxKind.MethodDeclaration, SyntaxKind.Constructor, SyntaxKind.GetAccessor].includes(node.kind) ||
  ((isArrowFunction(node) || isFunctionExpression(node)) && isVariableDeclaration(node.parent))

const isConst = ({ type }) => type.kind === SyntaxKind.TypeReference && type.typeName.text === 'const'
const isDoubleCast = ({ expression }) =>
  isAsExpression(expression) && expression.type.kind === SyntaxKind.UnknownKeyword

const functions = []
const casts = []
const files = []
visitSources((file, tree) => {
  const place = (node) => ({ file, line: lineAt(tree.text, node.getStart(tree)) })
  files.push({ file, lines: tree.text.split('\n').length - 1 })
  for (const node of nodesOf(tree)) {
    if (isAsExpression(node) && !isConst(node))
      casts.push({
        ...place(node),
        isDouble: isDoubleCast(node),
        text: tree.text.slice(node.getStart(tree), node.end).replaceAll(/\s+/g, ' '),
      })
    if (isNamedFunction(node) && node.body) {
      const { line } = place(node)
      functions.push({
        file,
        line,
        lines: lineAt(tree.text, node.end) - line + 1,
        name: node.name?.text ?? node.parent.name?.text,
      })
    }
  }
})

// Functions of one line are left out: there are many, and they would hide long ones.
const lengths = functions
  .map(({ lines }) => lines)
  .filter((lines) => lines > 1)
  .sort((left, right) => left - right)
const quantile = (part) => lengths[Math.floor((lengths.length - 1) * part)]
const folders = files.map(({ file }) => dirname(file))
const filesIn = (folder) => folders.filter((one) => one === folder).length
const figures = {
  functions: lengths.length,
  medianFunction: quantile(0.5),
  longFunction: quantile(0.9),
  longest: lengths.at(-1),
  casts: casts.length,
  doubleCasts: casts.filter(({ isDouble }) => isDouble).length,
  fileLines: Math.max(...files.map(({ lines }) => lines)),
  folderFiles: Math.max(...new Set(folders.map(filesIn))),
}
console.log(
  `functions ${figures.functions}: median ${figures.medianFunction} lines, ninth decile ${figures.longFunction}, longest ${figures.longest}`,
)
console.log(
  `casts ${figures.casts}; largest file ${figures.fileLines} lines; largest folder ${figures.folderFiles} files`,
)

const [option, path = ''] = process.argv.slice(2)
const own = ({ file }) => file.startsWith(path)
if (option === '--casts') for (const { file, line, text } of casts.filter(own)) console.log(`${file}:${line}: ${text}`)
if (option === '--long')
  for (const { file, line, name, lines } of functions.filter(own).filter(({ lines }) => lines > limits.longFunction))
    console.log(`${file}:${line}: ${name} ${lines}`)

const exceeded = Object.entries(limits).filter(([name, limit]) => figures[name] > limit)
for (const [name, limit] of exceeded)
  console.error(`${name} is ${figures[name]}; the limit is ${limit} (scripts/metrics.mjs).`)
process.exitCode = exceeded.length > 0 ? 1 : 0
