import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { redactorOf } from '../../../../model/sensitive.ts'
import { isSensitive, sensitiveNames, tokenParts } from '../../../../model/tokens.ts'
import { contentToken, readableText } from '../../../../model/values/content.ts'
import type { ReadContext } from '../../../provider.ts'
import { containerLayout } from '../layout.ts'
import { readConfig } from '../oci/read-config.ts'
import { injectedPath } from '../rootfs/files.ts'

type Reader = Pick<ReadContext, 'host' | 'paths'>

interface RecordedContainer {
  readonly owner: ResourceAddress
  readonly spec: ContainerSpec
}

/**
 * A text of a container with `(sensitive)` in place of the secret values that the container has in variables and files. Its spec has
 * tokens in their place; the values are read from the host.
 */
export const secretsHidden = async (read: Reader, container: RecordedContainer, text: string): Promise<string> =>
  text === '' ? text : (await secretsHider(read, container))(text)

/** A function that hides the secret values of a container in its texts, as `secretsHidden` does. */
export async function secretsHider(
  read: Reader,
  { owner, spec }: RecordedContainer,
): Promise<(text: string) => string> {
  if (sensitiveNames(JSON.stringify(spec)).size === 0) return (text) => text
  const values = [...(await secretVariables(read, owner, spec)), ...(await secretFiles(read, owner, spec))]
  // A check may print one line of a file.
  const lines = values.flatMap((value) => [value, ...value.split('\n')]).map((value) => value.trim())
  return redactorOf(new Map(lines.map((value) => [value, value])))
}

async function secretVariables(
  read: Reader,
  container: ResourceAddress,
  spec: ContainerSpec,
): Promise<readonly string[]> {
  const lines = (await readConfig(read, container))?.process.env ?? []
  return lines.flatMap((line) => {
    const end = line.indexOf('=')
    return secretParts(spec.environment[line.slice(0, end)] ?? '', line.slice(end + 1))
  })
}

async function secretFiles(read: Reader, container: ResourceAddress, spec: ContainerSpec): Promise<readonly string[]> {
  const secret = spec.files.filter(({ content }) => isSensitive(content))
  const found = await Promise.all(
    secret.map(async (file) => {
      const text = await read.host.readFile(injectedPath(containerLayout(read.paths, container).files, file))
      return secretParts(readableText(file.content) ?? contentToken(file.content), text ?? '')
    }),
  )
  return found.flat()
}

/** The parts of a value at the places of the tokens of its template; the complete value if it does not match the template. Pure. */
export function secretParts(template: string, value: string): readonly string[] {
  if (!isSensitive(template)) return []
  const pattern = tokenParts(template).map((part) => (part.type === 'text' ? escaped(part.text) : '([^]*)'))
  return new RegExp(`^${pattern.join('')}$`).exec(value)?.slice(1) ?? [value]
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
