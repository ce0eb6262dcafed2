import { join } from 'node:path'
import { readJson } from '../../../../host/files/json.ts'
import { type Paths, shortHash } from '../../../../host/files/paths.ts'
import { object, type Shape, text } from '../../../../model/values/shape.ts'
import type { InstanceReader, InstanceWriter } from '../../../provider.ts'
import type { RegistryDigest } from '../../../runtime.ts'
import { isUnpacked } from '../store.ts'

const record: Shape<RegistryDigest> = object({ ref: text, digest: text, askedAt: text })

const answerPath = (paths: Paths, ref: string): string =>
  join(paths.data, 'images', 'answers', `${shortHash(ref, 32)}.json`)

/** Records the answers of registries: images with a time-based pull policy are not asked for again until it has passed. */
export async function recordAnswers(
  { host, paths }: InstanceWriter,
  answers: readonly RegistryDigest[],
): Promise<void> {
  for (const answer of answers) await host.writeFile(answerPath(paths, answer.ref), JSON.stringify(answer))
}

/**
 * The digest that a registry gave for a reference within the last `periodMs`, if its image is unpacked. undefined: the registry must be
 * asked again.
 */
export async function recentAnswer(
  { host, paths }: InstanceReader,
  ref: string,
  periodMs: number,
): Promise<string | undefined> {
  const answer = await readJson(host, answerPath(paths, ref), record)
  if (answer === undefined || answer.ref !== ref) return undefined
  const ageMs = Date.now() - Date.parse(answer.askedAt)
  // A clock that was set back would otherwise stop the questions.
  if (!(ageMs >= 0 && ageMs < periodMs)) return undefined
  return (await isUnpacked(host, paths, answer.digest)) ? answer.digest : undefined
}
