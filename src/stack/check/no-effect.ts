import type { StackFile } from '../../generated/stack-file.ts'
import { ownValue } from '../../model/values/own-value.ts'
import { isRecord } from '../../model/values/unknown.ts'
import type { Path } from '../read/position.ts'
import type { Problems } from './problem.ts'

type Data = Readonly<Record<string, unknown>>

const maps = (value: unknown): [string, Data][] =>
  isRecord(value) ? Object.entries(value).filter((entry): entry is [string, Data] => isRecord(entry[1])) : []
const valueAt = (data: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((node, part) => (isRecord(node) ? ownValue(node, part) : undefined), data)

type Refuse = (path: Path, why: string, hint: string) => void

/** Refuses fields of Compose that have no effect here, alone or together with others, with positions. */
export function checkNoEffect(stack: StackFile, problems: Problems): void {
  const refuse: Refuse = (path, why, hint) => problems.add('no-effect', path, why, hint, true)
  for (const [name, network] of maps(stack.networks))
    if (network.name !== undefined && network.external !== true)
      refuse(
        ['networks', name, 'name'],
        `The network "${name}" has a \`name\` and is not external: the name of a network is its key.`,
        'Add `external: true` to join the network of another stack, or remove `name`.',
      )
  for (const [name, container] of maps(stack.containers)) {
    const images = isRecord(stack.images) ? stack.images : {}
    inDependencies(container, ['containers', name], refuse)
    inDeploy(container, ['containers', name], refuse)
    inContainer(container, images, ['containers', name], refuse)
  }
}

function inDependencies(container: Data, path: Path, refuse: Refuse): void {
  for (const [other, { restart }] of maps(container.depends_on))
    if (restart === true)
      refuse(
        [...path, 'depends_on', other, 'restart'],
        'A container is not restarted with its dependencies.',
        `Remove \`restart\`, and restart both: \`heropods restart ${other} ${path.at(-1)}\`.`,
      )
}

function inDeploy(container: Data, path: Path, refuse: Refuse): void {
  const policy = valueAt(container, 'deploy', 'restart_policy')
  for (const [field, why] of [
    ['delay', 'The delay between restarts is not configurable: it doubles from 100 ms to a minute.'],
    ['window', 'The window of a restart policy is not configurable: a run of 10 s resets the delays.'],
  ] as const)
    if (valueAt(policy, field) !== undefined)
      refuse([...path, 'deploy', 'restart_policy', field], why, `Remove \`${field}\`.`)
  for (const field of ['cpus', 'pids'])
    if (valueAt(container, 'deploy', 'resources', 'reservations', field) !== undefined)
      refuse(
        [...path, 'deploy', 'resources', 'reservations', field],
        `Only memory can be reserved: \`${field}\` would have no effect.`,
        field === 'cpus' ? 'Remove it. To give the container a larger share, set `cpu_shares`.' : 'Remove it.',
      )
}

function inContainer(container: Data, images: Data, path: Path, refuse: Refuse): void {
  if (valueAt(container, 'logging', 'driver') === 'none')
    refuse(
      [...path, 'logging', 'driver'],
      'Logs cannot be switched off: they are written to files, which never use more than `max-size` times `max-file`.',
      'Remove `driver`. To store little, set `options: { max-size: 64k, max-file: 1 }`.',
    )
  const image = ownValue(images, String(container.image))
  if (container.pull_policy !== undefined && isRecord(image) && policy(container) !== policy(image))
    refuse(
      [...path, 'pull_policy'],
      `The image "${container.image}" is an entry of \`images:\`, whose own pull policy is ${policy(image)}.`,
      `Write \`pull_policy\` under \`images.${container.image}\`.`,
    )
  if (container.platform !== undefined && isRecord(image) && container.platform !== image.platform)
    refuse(
      [...path, 'platform'],
      `The image "${container.image}" is an entry of \`images:\`, with its own platform.`,
      `Write \`platform\` under \`images.${container.image}\`.`,
    )
  const reaction = container.on_unhealthy
  for (const field of ['limit', 'window'])
    if (valueAt(reaction, field) !== undefined && valueAt(reaction, 'action') !== 'restart')
      refuse(
        [...path, 'on_unhealthy', field],
        `\`${field}\` has no effect while \`action\` is not \`restart\`.`,
        'Add `action: restart`.',
      )
}

const policy = ({ pull_policy = 'missing' }: Data): unknown =>
  pull_policy === 'if_not_present' ? 'missing' : pull_policy
