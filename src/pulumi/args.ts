import type * as pulumi from '@pulumi/pulumi'
import type { ContainerFields, ImageFields, NetworkFields, VolumeFields } from '../generated/pulumi-args.ts'
import type { Container, Image, Network } from './resources.ts'

/** What every resource takes. */
export interface CommonArgs {
  /**
   * Name on the host. Default: the resource's name in the program, as it was at its creation. Letters, digits, `-` and `_`.
   * Another name is another object: the old one is deleted first.
   */
  name?: pulumi.Input<string>
  /**
   * Takes over an object of this kind and name that a stack file manages now, as it stands and without a restart. Where there is
   * none it is made. The stack file can no longer change it. @default false
   */
  adopt?: pulumi.Input<boolean>
}

export interface NetworkArgs extends CommonArgs, NetworkFields {}

export interface ImageArgs extends CommonArgs, ImageFields {}

export interface VolumeArgs extends CommonArgs, VolumeFields {
  /** Erase the data when the resource is deleted; else it is released, and taken up again by the same name. @default false */
  deleteData?: pulumi.Input<boolean>
}

/** A config or secret of a container: exactly one of `file`, `content`. */
export interface FileArgs {
  /** Its name; the target follows from it: /NAME for a config, /run/secrets/NAME for a secret. */
  name: pulumi.Input<string>
  /** File whose content it is, relative to the program's folder. Hashed: another content is a change. */
  file?: pulumi.Input<string>
  content?: pulumi.Input<string>
  /** Path inside the container. */
  target?: pulumi.Input<string>
  /** Octal permissions. @default "0444" */
  mode?: pulumi.Input<string>
  /** Owner. Default: the container's user. */
  uid?: pulumi.Input<number>
  /** Group. Default: the container's group. */
  gid?: pulumi.Input<number>
}

/** A network by resource, by name in this program, or by address (`STACK/network/NAME`) where another stack has it. */
export type NetworkReference = Network | pulumi.Input<string>

export interface NetworkAttachmentArgs {
  network: NetworkReference
  /** More names under which the others find it. */
  aliases?: pulumi.Input<pulumi.Input<string>[]>
  /** A fixed address. */
  ipv4Address?: pulumi.Input<string>
}

export interface DependencyArgs {
  container: Container | pulumi.Input<string>
  /** What to wait for. @default "service_started" */
  condition?: pulumi.Input<'service_started' | 'service_completed_successfully' | 'service_healthy'>
}

export interface ContainerArgs extends CommonArgs, ContainerFields {
  /** An image resource, a built-in name (`busybox`, `alpine_3_20` ...) or a reference. */
  image: Image | pulumi.Input<string>
  /**
   * Networks in the order of eth0, eth1 ...; default route and DNS come from the first that is not internal. Default: the instance's
   * default network.
   */
  networks?: (NetworkReference | NetworkAttachmentArgs)[]
  /** `bridge`, `none`, `host`, or a container whose network it shares. @default "bridge" */
  networkMode?: Container | pulumi.Input<'bridge' | 'none' | 'host'>
  /** Containers that must have been started (or have completed) before; `dependsOn` among the options orders resources of all kinds. */
  dependsOn?: (Container | DependencyArgs)[]
  configs?: FileArgs[]
  secrets?: FileArgs[]
}
