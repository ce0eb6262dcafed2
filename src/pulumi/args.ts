import type * as pulumi from '@pulumi/pulumi'
import type { ContainerFields, ImageFields, NetworkFields, VolumeFields } from '../generated/pulumi-args.ts'
import type { Container, Image, Network } from './resources.ts'

/** Arguments of every resource. */
export interface CommonArgs {
  /**
   * Name on the host. Default: the name of the resource in the program when it was created. Letters, digits, `-` and `_`. A new name
   * replaces the object: the old one is deleted first.
   */
  name?: pulumi.Input<string>
  /**
   * Takes over an object of this kind and name that a stack file manages, without a restart. If there is none, it is created. The stack
   * file can no longer change it. @default false
   */
  adopt?: pulumi.Input<boolean>
}

export interface NetworkArgs extends CommonArgs, NetworkFields {}

export interface ImageArgs extends CommonArgs, ImageFields {}

export interface VolumeArgs extends CommonArgs, VolumeFields {
  /**
   * Erase the data when the resource is deleted. Otherwise the volume is released, and a volume of the same name uses it again.
   * @default false
   */
  deleteData?: pulumi.Input<boolean>
}

/** A config or secret of a container: exactly one of `file`, `content`. */
export interface FileArgs {
  /** The name. The default target is derived from it: /NAME for a config, /run/secrets/NAME for a secret. */
  name: pulumi.Input<string>
  /** The file with the content, relative to the folder of the program. Its hash is an input, so new content is a change. */
  file?: pulumi.Input<string>
  content?: pulumi.Input<string>
  /** Path inside the container. */
  target?: pulumi.Input<string>
  /** Octal permissions. @default "0444" */
  mode?: pulumi.Input<string>
  /** Owner. Default: the user of the container. */
  uid?: pulumi.Input<number>
  /** Group. Default: the group of the container. */
  gid?: pulumi.Input<number>
}

/** A network: a resource, a name in this program, or an address (`STACK/network/NAME`) of another stack. */
export type NetworkReference = Network | pulumi.Input<string>

export interface NetworkAttachmentArgs {
  network: NetworkReference
  /** Additional names for the other members. */
  aliases?: pulumi.Input<pulumi.Input<string>[]>
  /** A fixed address. */
  ipv4Address?: pulumi.Input<string>
}

export interface DependencyArgs {
  container: Container | pulumi.Input<string>
  /** The condition to wait for. @default "service_started" */
  condition?: pulumi.Input<'service_started' | 'service_completed_successfully' | 'service_healthy'>
}

export interface ContainerArgs extends CommonArgs, ContainerFields {
  /** An image resource, a built-in name (`busybox`, `alpine_3_20` ...) or a reference. */
  image: Image | pulumi.Input<string>
  /**
   * Networks in the order of eth0, eth1 ... The first one that is not internal provides default route and DNS. Default: the default
   * network of the instance.
   */
  networks?: (NetworkReference | NetworkAttachmentArgs)[]
  /** `bridge`, `none`, `host`, or a container whose network it shares. @default "bridge" */
  networkMode?: Container | pulumi.Input<'bridge' | 'none' | 'host'>
  /** Containers that must be started (or completed) before; `dependsOn` in the resource options orders resources of all kinds. */
  dependsOn?: (Container | DependencyArgs)[]
  configs?: FileArgs[]
  secrets?: FileArgs[]
}
