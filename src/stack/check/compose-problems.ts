import { basename } from 'node:path'
import type { Diagnostic } from '../../model/errors.ts'

/** True if a map or a list has an entry. Pure. */
export const hasField = (node: unknown, name: string): node is Readonly<Record<string, unknown>> =>
  node !== null && typeof node === 'object' && Object.hasOwn(node, name)

/** True for documents with services, and without the header of a stack. Pure. */
export const isCompose = (all: readonly { readonly data: unknown }[]): boolean =>
  all.some(({ data }) => hasField(data, 'services')) && !all.some(({ data }) => hasField(data, 'apiVersion'))

/** Problems of a Compose file that its missing header explains. */
const headerProblem = /^The stack needs `(apiVersion|kind|metadata)`|^Unknown key "(version|name)" in the stack/

/** The problems of a Compose file: first the command that converts it, in place of each problem of its header. Pure. */
export function asComposeProblems(all: readonly Diagnostic[], files: readonly string[]): readonly Diagnostic[] {
  const [file = 'FILE'] = files
  const missing = all.flatMap(({ message }) => headerProblem.exec(message)?.[1] ?? []).map((name) => `\`${name}\``)
  const place = all.find((one) => headerProblem.test(one.message) && one.place !== undefined)?.place
  const first: Diagnostic = {
    code: 'invalid',
    message: `This seems to be a Compose file: ${inWords(missing)} missing.`,
    hint: `\`heropods init --from ${basename(file)}\` converts it. By hand: add \`apiVersion: heropods/v1\`, \`kind: Stack\` and \`metadata: { name: my-stack }\`, and remove \`version\` and \`name\`.`,
    ...(place && { place }),
  }
  return [first, ...all.filter(({ message }) => !headerProblem.test(message))]
}

/** `a`, `b` and `c` are; `a` is. Pure. */
const inWords = (names: readonly string[]): string =>
  names.length === 1 ? `${names[0]} is` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are`
