import * as pulumi from '@pulumi/pulumi'
import type {
  ContainerArgs,
  DependencyArgs,
  ImageArgs,
  NetworkArgs,
  NetworkAttachmentArgs,
  NetworkReference,
  VolumeArgs,
} from './args.ts'

type Kind = 'Network' | 'Image' | 'Volume' | 'Container'

/**
 * The code that Pulumi keeps in its state for a resource and runs later, in whatever version of HeroPods is installed then. It must
 * never change: a changed text is a changed resource.
 */
const providerText = (kind: Kind): string =>
  `exports.handler = () => { const call = (verb) => async (...given) => (await import("heropods/pulumi/provider")).${kind}[verb](...given); return { check: call("check"), diff: call("diff"), create: call("create"), read: call("read"), update: call("update"), delete: call("delete") } }`

const providerKey = '__provider'

/** The owner of the objects of this program. Each object on the host has it as a label. */
const owner = (): string => `pulumi/${pulumi.getProject()}/${pulumi.getStack()}`

abstract class HeroPodsResource extends pulumi.CustomResource {
  /** The address on the host, `STACK/KIND/NAME`. Other resources refer to it. */
  declare readonly address: pulumi.Output<string>

  protected constructor(
    kind: Kind,
    name: string,
    args: object,
    outputs: readonly string[],
    options?: pulumi.CustomResourceOptions,
  ) {
    const undetermined = Object.fromEntries(['address', ...outputs].map((output) => [output, undefined]))
    super(
      `pulumi-nodejs:dynamic/heropods:${kind}`,
      name,
      { ...undetermined, ...args, resourceName: name, owner: owner(), [providerKey]: providerText(kind) },
      // Names, ports and addresses must be unique on the host.
      { deleteBeforeReplace: true, ...options },
    )
  }
}

/** A bridge with a gateway, addresses for its containers, and NAT to the uplink unless it is internal. */
export class Network extends HeroPodsResource {
  declare readonly subnet: pulumi.Output<string>
  declare readonly gateway: pulumi.Output<string>
  /** Interface on the host. */
  declare readonly bridge: pulumi.Output<string>

  constructor(name: string, args: NetworkArgs = {}, options?: pulumi.CustomResourceOptions) {
    super('Network', name, args, ['subnet', 'gateway', 'bridge'], options)
  }
}

/** An image, unpacked once and shared read-only: exactly one of `ref`, `builtin`, `archive`. */
export class Image extends HeroPodsResource {
  /** `sha256:...`. */
  declare readonly digest: pulumi.Output<string>

  constructor(name: string, args: ImageArgs, options?: pulumi.CustomResourceOptions) {
    super('Image', name, args, ['digest'], options)
  }
}

/** Data that outlives its containers. */
export class Volume extends HeroPodsResource {
  /** Folder on the host. */
  declare readonly path: pulumi.Output<string>
  /** Its name for `volumes` of a container: `volumes: [pulumi.interpolate`${data.name}:/data`]`. */
  declare readonly name: pulumi.Output<string>

  constructor(name: string, args: VolumeArgs = {}, options?: pulumi.CustomResourceOptions) {
    super('Volume', name, args, ['path', 'name'], options)
  }
}

/** A container: a process with limits, mounts, networks and published ports. */
export class Container extends HeroPodsResource {
  declare readonly name: pulumi.Output<string>
  /** Address on its first network; empty without networks. */
  declare readonly ip: pulumi.Output<string>
  /** Addresses by network. */
  declare readonly ips: pulumi.Output<Readonly<Record<string, string>>>
  /** MAC on its first network. */
  declare readonly mac: pulumi.Output<string>
  /** Process on the host; 0 while none runs. */
  declare readonly pid: pulumi.Output<number>
  /** Digest of the image it runs. */
  declare readonly digest: pulumi.Output<string>
  /** `running`, `completed`, `exited` ... */
  declare readonly state: pulumi.Output<string>

  constructor(name: string, args: ContainerArgs, options?: pulumi.CustomResourceOptions) {
    const { image, networks, networkMode, dependsOn, ...rest } = args
    const given = {
      ...rest,
      sensitive: secretFieldNames(args),
      image: image instanceof Image ? { resource: image.address } : image,
      ...(networks && { networks: networks.map(attachment) }),
      ...(networkMode && {
        networkMode: networkMode instanceof Container ? { container: networkMode.address } : networkMode,
      }),
      ...(dependsOn && { dependsOn: dependsOn.map(dependency) }),
    }
    super('Container', name, given, ['name', 'ip', 'ips', 'mac', 'pid', 'digest', 'state'], options)
  }
}

/** Names of the fields that hold secrets, so that their values are not in readable files of the host either. */
const secretFieldNames = (args: ContainerArgs): pulumi.Output<string[]> => {
  const { environment, command, entrypoint, configs } = args
  const variables: [string, unknown][] =
    typeof environment === 'object' && !Array.isArray(environment) && !pulumi.Output.isInstance(environment)
      ? Object.entries(environment).map(([name, value]) => [`environment.${name}`, value])
      : [['environment', environment]]
  const fields = [...variables, ['command', command], ['entrypoint', entrypoint], ['configs', configs]] as const
  return pulumi.output(
    Promise.all(
      fields.map(async ([name, value]) => ((await pulumi.isSecret(pulumi.output(value))) ? [String(name)] : [])),
    ).then((found) => found.flat()),
  )
}

const referenceOf = (network: NetworkReference): pulumi.Input<string> =>
  network instanceof Network ? network.address : network

const isAttachment = (one: NetworkReference | NetworkAttachmentArgs): one is NetworkAttachmentArgs =>
  typeof one === 'object' && one !== null && 'network' in one && !pulumi.Output.isInstance(one)

const attachment = (one: NetworkReference | NetworkAttachmentArgs): object =>
  isAttachment(one) ? { ...one, network: referenceOf(one.network) } : { network: referenceOf(one) }

const dependency = (one: Container | DependencyArgs): object => {
  if (one instanceof Container) return { container: one.address }
  const { container, ...rest } = one
  return { ...rest, container: container instanceof Container ? container.address : container }
}
