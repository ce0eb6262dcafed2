import * as pulumi from '@pulumi/pulumi'
import type { ContainerArgs } from './args.ts'
import type { ExpandedContainer, ExpandedStack, Part, Target } from './expand.ts'
import { Container, Image, Network, Volume } from './resources.ts'

export interface StackArgs {
  /** The stack file, relative to the folder of the program; several are merged in order, overlays last. */
  file: string | readonly string[]
  /** Values of variables. If one is unknown in a preview, the preview does not show the children of the stack. */
  variables?: Readonly<Record<string, pulumi.Input<string | number | boolean>>>
  /** Active profiles. */
  profiles?: readonly string[]
}

/** Children by `KIND/KEY`, e.g. `container/web` (`container/web.2` for a replica). */
export type StackChildren = Readonly<Record<string, Network | Image | Volume | Container>>

/**
 * A stack file as a component resource. Each of its objects is a child named NAME-KEY. Containers resolve each other by key, as in the
 * file. Raises the problems of the file with positions.
 */
export class Stack extends pulumi.ComponentResource<StackChildren> {
  readonly children: pulumi.Output<StackChildren>
  /** Addresses of the containers, by key. */
  readonly ips: pulumi.Output<Readonly<Record<string, string>>>

  constructor(name: string, args: StackArgs, options?: pulumi.ComponentResourceOptions) {
    // Pulumi stores these inputs in its state: the name `called` must not change.
    super('heropods:index:Stack', name, { ...args, called: name }, options)
    this.children = pulumi.output(this.getData())
    this.ips = this.children.apply((children) =>
      pulumi.output(
        Object.fromEntries(
          Object.entries(children).flatMap(([key, one]) =>
            one instanceof Container ? [[key.slice('container/'.length), one.ip]] : [],
          ),
        ),
      ),
    ) as pulumi.Output<Readonly<Record<string, string>>>
  }

  protected override async initialize(args: pulumi.Inputs): Promise<StackChildren> {
    const { file, variables = {}, profiles = [], called: stackName } = args as StackArgs & { called: string }
    const given = await Promise.all(Object.entries(variables).map(resolvedVariable))
    const { expandStack, textOfError } = await import('./expand.ts')
    const expanded = await expandStack({
      files: [file].flat(),
      variables: Object.fromEntries(given.map(({ name, value }) => [name, value])),
      secretVariables: given.filter(({ secret }) => secret).map(({ name }) => name),
      profiles,
    }).catch((error: unknown) => {
      // Pulumi prints this error without a stack trace, which would not help users.
      throw new pulumi.RunError(textOfError(error))
    })
    return new ChildBuilder(stackName, expanded, this).children
  }
}

async function resolvedVariable([name, input]: [string, pulumi.Input<string | number | boolean>]) {
  const output = pulumi.output(input)
  const value = await new Promise<string>((resolve) => {
    output.apply((found) => resolve(String(found)))
  })
  return { name, value, secret: await pulumi.isSecret(output) }
}

/** Creates the children of a stack, each after those to which it refers. */
class ChildBuilder {
  readonly children: Record<string, Network | Image | Volume | Container> = {}
  private readonly options: pulumi.CustomResourceOptions

  constructor(
    private readonly stackName: string,
    private readonly stack: ExpandedStack,
    parent: pulumi.ComponentResource,
  ) {
    this.options = { parent }
    for (const { key, args } of stack.networks)
      this.children[`network/${key}`] = new Network(this.resourceName(key), this.asInput(args), this.options)
    for (const { key, args } of stack.images)
      this.children[`image/${key}`] = new Image(this.resourceName(key), this.asInput(args), this.options)
    for (const { key, args } of stack.volumes)
      this.children[`volume/${key}`] = new Volume(this.resourceName(key), this.asInput(args), this.options)
    for (const one of stack.containers) this.children[`container/${one.key}`] = this.container(one)
  }

  private resourceName(key: string): string {
    return `${this.stackName}-${key.replaceAll('.', '-')}`
  }

  private container(one: ExpandedContainer): Container {
    const { image, networks, networkMode, dependsOn, mounts } = one
    return new Container(
      this.resourceName(one.key),
      {
        ...this.asInput(one.args),
        image:
          typeof image === 'string' ? (this.asInput(image) as pulumi.Input<string>) : this.child<Image>('image', image),
        ...(networks.length > 0 && {
          networks: networks.map(({ to, ...rest }) => ({
            ...(this.asInput(rest) as object),
            network: 'address' in to ? to.address : this.child<Network>('network', to),
          })),
        }),
        ...(networkMode !== undefined && {
          networkMode:
            typeof networkMode === 'string' ? (networkMode as 'host') : this.child<Container>('container', networkMode),
        }),
        ...(dependsOn.length > 0 && {
          dependsOn: dependsOn.map(({ key, condition }) => ({
            container: this.child<Container>('container', { key }),
            condition: condition as 'service_started',
          })),
        }),
        ...(mounts.length > 0 && {
          volumes: mounts.map(({ volume, mount }) => {
            const mountInput = this.asInput(mount)
            const source = volume === undefined ? undefined : (this.children[`volume/${volume}`] as Volume).address
            return source === undefined ? mountInput : { ...(mountInput as object), source }
          }) as NonNullable<ContainerArgs['volumes']>,
        }),
      },
      this.options,
    )
  }

  /** A child that was created before. */
  private child<T>(kind: string, target: Target): T {
    return this.children[`${kind}/${'key' in target ? target.key : target.address}`] as T
  }

  /** A value in which references are outputs of the children, and secrets are secrets of Pulumi. */
  private asInput<T>(value: T): T {
    if (typeof value === 'string') return this.textInput(value) as T
    if (Array.isArray(value)) return value.map((one) => this.asInput(one)) as T
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.asInput(one)])) as T
  }

  private textInput(text: string): pulumi.Input<string> {
    const parts = this.stack.parts(text)
    if (parts.every((partInput) => partInput.type === 'text'))
      return parts.map((part) => part.type === 'text' && part.text).join('')
    return pulumi.all(parts.map((part) => this.part(part))).apply((all) => all.join(''))
  }

  private part(part: Part): pulumi.Input<string> {
    if (part.type === 'text') return part.text
    if (part.type === 'secret') return pulumi.secret(part.text)
    const child = this.children[`${part.kind}/${part.key}`] as Container & Network & Image
    const [first, network] = part.output.split('.')
    if (first === 'networks') return child.ips.apply((ips) => ips[this.resourceName(network ?? '')] ?? '')
    return child[part.output as 'ip']
  }
}
