import { basename } from 'node:path'
import type { Diagnostic, Place } from '../../model/errors.ts'
import type { Problem, ProblemKey } from './problem.ts'

/** True if a map or a list has an entry. Pure. */
export const hasField = (node: unknown, name: string): node is Readonly<Record<string, unknown>> =>
  node !== null && typeof node === 'object' && Object.hasOwn(node, name)

/** True for documents with services, and without the header of a stack. Pure. */
export const isCompose = (all: readonly { readonly data: unknown }[]): boolean =>
  all.some(({ data }) => hasField(data, 'services')) && !all.some(({ data }) => hasField(data, 'apiVersion'))

/** Keys of the top level that a stack needs and a Compose file does not have, and those that only a Compose file has. */
const headerKeys: Readonly<Record<ProblemKey['fault'], readonly string[]>> = {
  missing: ['apiVersion', 'kind', 'metadata'],
  unknown: ['version', 'name'],
}

/** True for a problem of the top level that a Compose file has because it is not a stack. Pure. */
export const isHeaderProblem = ({ key, location }: Pick<Problem, 'key' | 'location'>): boolean =>
  key !== undefined && location.path.length <= 1 && headerKeys[key.fault].includes(key.name)

/** A problem of the header, with its place. */
type HeaderProblem = Pick<Problem, 'key'> & { readonly place: Place | undefined }

/** The problem that takes the place of all problems of the header: the command that converts a Compose file. Pure. */
export function composeFileProblem(header: readonly HeaderProblem[], files: readonly string[]): Diagnostic {
  const [file = 'FILE'] = files
  const missing = header.flatMap(({ key }) => (key?.fault === 'missing' ? [`\`${key.name}\``] : []))
  const place = header.find((one) => one.place !== undefined)?.place
  return {
    code: 'invalid',
    message: `This seems to be a Compose file: ${inWords(missing)} missing.`,
    hint: `\`heropods init --from ${basename(file)}\` converts it. By hand: add \`apiVersion: heropods/v1\`, \`kind: Stack\` and \`metadata: { name: my-stack }\`, and remove \`version\` and \`name\`.`,
    ...(place && { place }),
  }
}

/** `a`, `b` and `c` are; `a` is. Pure. */
const inWords = (names: readonly string[]): string =>
  names.length === 1 ? `${names[0]} is` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are`
