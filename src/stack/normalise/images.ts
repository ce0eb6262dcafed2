import type { Container, Image } from '../../generated/stack-file.ts'
import type { ImageSpec } from '../../model/kinds/image.ts'
import { platformText } from '../../model/kinds/images/platform.ts'
import { pullPolicy, stricterPolicy } from '../../model/kinds/images/pull-policy.ts'
import { fullReference } from '../../model/kinds/images/reference.ts'
import { type ResourceAddress, resourceAddress } from '../../model/resource-address.ts'
import { ownValue } from '../../model/values/own-value.ts'
import { didYouMean, knownNames } from '../check/suggest.ts'
import type { Path } from '../read/position.ts'
import { type Context, labels, namesOf } from './context.ts'

/** The built-in images of the original HeroPods. */
const builtins: Readonly<Record<string, ImageSpec['source']>> = {
  busybox: { type: 'builtin', name: 'busybox' },
  alpine_3_20: { type: 'ref', ref: 'docker.io/library/alpine:3.20' },
  ubuntu_24_04: { type: 'ref', ref: 'docker.io/library/ubuntu:24.04' },
  ubuntu_25_04: { type: 'ref', ref: 'docker.io/library/ubuntu:25.04' },
}

/** The names of the built-in images. */
export const builtinImages: readonly string[] = Object.keys(builtins)

/** The source of an image by the text of `image:`; undefined: it is neither a built-in image nor a reference. Pure. */
export function imageSource(text: string): ImageSpec['source'] | undefined {
  const ref = fullReference(text)
  return ownValue(builtins, text) ?? (ref === undefined ? undefined : { type: 'ref', ref })
}

/** The images of the stack. Images that containers use by reference are added when they are used. */
export class Images {
  readonly specs = new Map<ResourceAddress, ImageSpec>()

  constructor(private readonly context: Context) {
    for (const [name, image] of Object.entries(context.data.images ?? {})) {
      if (name.startsWith('x-')) continue
      const source = this.sourceOf(name, image)
      const spec = {
        pull_policy: pullPolicy(image.pull_policy),
        ...this.platformOf(image.platform, source, ['images', name]),
        labels: labels(context, ['images', name, 'labels'], image.labels),
      }
      if (source) this.specs.set(resourceAddress(context.stack, 'image', name), { source, ...spec })
    }
  }

  private sourceOf(name: string, image: Image): ImageSpec['source'] | undefined {
    const { problems } = this.context
    const path = ['images', name]
    const declared = (['ref', 'builtin', 'archive'] as const).filter((key) => image[key] !== undefined)
    if (declared.length !== 1) {
      const which = declared.length === 0 ? 'none' : declared.join(' and ')
      problems.add(
        'invalid',
        path,
        `The image "${name}" has ${which} of \`ref\`, \`builtin\`, \`archive\`.`,
        'Set exactly one of them.',
      )
      return undefined
    }
    if (image.builtin !== undefined) return builtins[image.builtin]
    if (image.archive !== undefined) return { type: 'archive', path: image.archive }
    const ref = fullReference(image.ref ?? '')
    if (ref === undefined)
      problems.add(
        'bad-reference',
        [...path, 'ref'],
        `"${image.ref}" is not an image reference.`,
        'Write it as registry/repository:tag, in lower case.',
      )
    return ref === undefined ? undefined : { type: 'ref', ref }
  }

  /** Only a registry has an image for several platforms. */
  private platformOf(
    declared: string | undefined,
    source: ImageSpec['source'] | undefined,
    path: Path,
  ): Pick<ImageSpec, 'platform'> {
    const platform = declared === undefined ? undefined : platformText(declared)
    if (platform === undefined) return {}
    if (source === undefined || source.type === 'ref') return { platform }
    this.context.problems.add(
      'no-effect',
      [...path, 'platform'],
      `\`platform\` chooses an image of a registry; this one is ${source.type === 'builtin' ? 'made from this host' : 'in an archive'}.`,
      'Remove `platform`.',
    )
    return {}
  }

  /** The address of the image of a container at `containerPath`. */
  use(container: Pick<Container, 'image' | 'pull_policy' | 'platform'>, containerPath: Path): ResourceAddress {
    const { stack, problems } = this.context
    const declared = container.image ?? 'busybox'
    const path = [...containerPath, 'image']
    const address = resourceAddress(stack, 'image', declared)
    const policy = pullPolicy(container.pull_policy)
    if (ownValue(this.context.data.images, declared) !== undefined) return address
    const builtin = ownValue(builtins, declared)
    if (builtin !== undefined) {
      const platform = this.platformOf(container.platform, builtin, containerPath)
      return this.add(address, { source: builtin, pull_policy: policy, ...platform, labels: {} }, containerPath)
    }
    const ref = fullReference(declared)
    if (ref === undefined) {
      problems.addLater(() => {
        const known = [...namesOf(this.context.data.images), ...Object.keys(builtins)]
        return {
          code: 'bad-reference',
          message: `"${declared}" is neither an entry of \`images:\`, a built-in image, nor a reference.${didYouMean(declared, known)}`,
          hint: knownNames(known),
          location: { path },
        }
      })
      return address
    }
    const source = { type: 'ref', ref } as const
    const spec = {
      source,
      pull_policy: policy,
      ...this.platformOf(container.platform, source, containerPath),
      labels: {},
    }
    return this.add(resourceAddress(stack, 'image', ref), spec, containerPath)
  }

  /** Adds an image. If several containers use it, the strictest pull policy applies. */
  private add(address: ResourceAddress, spec: ImageSpec, containerPath: Path): ResourceAddress {
    const known = this.specs.get(address)
    if (known !== undefined && known.platform !== spec.platform)
      this.context.problems.add(
        'invalid',
        [...containerPath, 'platform'],
        `Another container uses the same image for ${known.platform ?? 'the platform of the host'}, and this one for ${spec.platform ?? 'the platform of the host'}.`,
        'Write an entry under `images:` for each platform, with `ref` and `platform`, and name it in `image:`.',
      )
    const pull_policy = known === undefined ? spec.pull_policy : stricterPolicy(known.pull_policy, spec.pull_policy)
    if (pull_policy !== known?.pull_policy) this.specs.set(address, { ...spec, pull_policy })
    return address
  }
}
