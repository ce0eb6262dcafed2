import type { Place } from '../model/errors.ts'

/** Creates or opens an instance. */
export interface ConfigureParameters {
  /** Name of the instance; default `default`. */
  readonly name: string
  /** Destroy all objects of the instance first; default false. */
  readonly reset: boolean
  /** Pull images with podman; default true. */
  readonly use_podman: boolean
  /** Bridge of the default network; default `heropods0`. */
  readonly bridge_name?: string
  /** Subnet of the default network; default 10.10.0.0/24. */
  readonly subnet?: string
  /** Address of the bridge; default 10.10.0.1. */
  readonly gateway_ip?: string
  /** Name servers of the containers; default 8.8.8.8 and 8.8.4.4. */
  readonly dns_servers?: readonly string[]
}

/** Connects the containers of the instance to Mycelium. */
export interface EnableMyceliumParameters {
  /** The expected version of the daemon. */
  readonly version?: string
  /** The range of overlay addresses. */
  readonly ipv6_range?: string
  /** The private key of the node. A leading `~/` is the home folder. */
  readonly key_path?: string
  /** Nodes to connect to, e.g. `tcp://10.0.0.1:9651`. */
  readonly peers?: readonly string[]
}

/** The built-in images of HeroScript, and `custom` for any other image. */
export const heroImages = ['alpine_3_20', 'ubuntu_24_04', 'ubuntu_25_04', 'busybox', 'custom'] as const
export type HeroImage = (typeof heroImages)[number]

/** Declares a container. It is not started. */
export interface ContainerNewParameters {
  readonly name: string
  /** Default `alpine_3_20`. */
  readonly image: HeroImage
  /** Name of a custom image; default empty. */
  readonly custom_image_name: string
  /** Reference of a custom image; default empty. */
  readonly docker_url: string
  /** Replace a container of this name that has other settings; default false. */
  readonly reset: boolean
}

/** Starts a container. */
export interface ContainerStartParameters {
  readonly name: string
  /** Hold the container open for `exec` after its command has exited with 0; default false. */
  readonly keep_alive: boolean
}

/** Runs a command in a container with `/bin/sh -c`. */
export interface ContainerExecParameters {
  readonly name: string
  readonly cmd: string
  /** Print the output of the command; default true. */
  readonly stdout: boolean
}

/** Names a container, to stop or to delete it. */
export interface ContainerNameParameters {
  readonly name: string
}

/** The name of an action without `heropods.`. */
export type HeroActionName =
  | 'configure'
  | 'enable_mycelium'
  | 'container_new'
  | 'container_start'
  | 'container_exec'
  | 'container_stop'
  | 'container_delete'

/** The parameters of each action, with all defaults. */
export interface HeroParameters extends Readonly<Record<HeroActionName, object>> {
  readonly configure: ConfigureParameters
  readonly enable_mycelium: EnableMyceliumParameters
  readonly container_new: ContainerNewParameters
  readonly container_start: ContainerStartParameters
  readonly container_exec: ContainerExecParameters
  readonly container_stop: ContainerNameParameters
  readonly container_delete: ContainerNameParameters
}

/** An action with its parameters. `action` is its name without `heropods.` and selects the type of `parameters`. */
export type HeroCall = {
  readonly [Name in HeroActionName]: { readonly action: Name; readonly parameters: HeroParameters[Name] }
}[HeroActionName]

/** A checked action of a HeroScript. */
export type HeroAction = HeroCall & {
  /** Name of the instance from `heropods:`. Undefined: the instance that an earlier action names. */
  readonly heropods?: string
  /** The first `!` of the action. */
  readonly place: Place
  /** The keys of the parameters that the script contains. */
  readonly places: Readonly<Record<string, Place>>
}
