import type { Container as ContainerFields, MountFlag } from '../../generated/stack-file.ts'
import { refusedError } from '../../model/errors.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { containerAddress } from '../objects/library-stack.ts'
import { variablesOf } from '../objects/variables.ts'

/** Kinds of mounts for `addMount`. */
export type MountType = 'bind' | 'tmpfs'

export interface MountOptions {
  /** Default: false. */
  readonly readOnly?: boolean
  /** Flags of the mount, e.g. `noexec`. Default: none; a tmpfs has noexec, nosuid and nodev. */
  readonly options?: readonly MountFlag[]
  /** Largest size of a tmpfs: bytes, or e.g. `64m` or `50%`. Default: half of the memory. */
  readonly size?: number | string
  /** Octal permissions of a tmpfs. Default: `1777`. */
  readonly mode?: string
}

/** The definition of a container. Its methods change only this object. Each raises `owned-by-other` (refused) if a stack defines it. */
export class ConfigurableContainer {
  /** @internal undefined: a stack defines the container. */
  protected fields: ContainerFields | undefined

  /** @internal */
  constructor(
    readonly address: ResourceAddress,
    fields: ContainerFields | undefined,
  ) {
    this.fields = fields
  }

  /** The name in its stack, e.g. `web`. */
  get name(): string {
    return parseResourceAddress(this.address).name
  }

  /** The stack, or `heropods-library` for a container that a program has made. */
  get stack(): string {
    return parseResourceAddress(this.address).stack
  }

  /** The definition in the words of stack files; undefined: a stack defines the container. */
  definition(): Readonly<ContainerFields> | undefined {
    return this.fields && structuredClone(this.fields)
  }

  /** Hard limit of memory, MiB. */
  setMemoryLimit(limitMb: number): this {
    return this.change({ mem_limit: `${limitMb}m` })
  }

  /** `period` and `quota` in microseconds: 100,000 and 50,000 are half a CPU. `shares` is the weight; 1024 is the default. */
  setCpuLimits(period: number, quota: number, shares: number): this {
    return this.change({ cpu_period: period, cpu_quota: quota, cpu_shares: shares })
  }

  /** Mounts a host path (`bind`, the default) or an empty file system in memory (`tmpfs`, where `source` is not used). */
  addMount(source: string, target: string, type: MountType = 'bind', options: MountOptions = {}): this {
    const mount = mountFields(source, target, type, options)
    return this.change({ volumes: [...(this.own().volumes ?? []), mount] })
  }

  /** A capability with or without `CAP_`, e.g. `NET_ADMIN`. */
  addCapability(capability: string): this {
    const { cap_add = [], cap_drop = [] } = this.own()
    return this.change({
      cap_add: [...without(cap_add, capability), capability],
      cap_drop: without(cap_drop, capability),
    })
  }

  /** The opposite of `addCapability`. */
  removeCapability(capability: string): this {
    const { cap_add = [], cap_drop = [] } = this.own()
    return this.change({
      cap_add: without(cap_add, capability),
      cap_drop: [...without(cap_drop, capability), capability],
    })
  }

  /** Sets a variable of the environment. The value is literal. */
  addEnv(name: string, value: string): this {
    return this.change({ environment: { ...variablesOf(this.own().environment), [name]: value } })
  }

  /** The folder in which the command starts. */
  setWorkingDir(dir: string): this {
    return this.change({ working_dir: dir })
  }

  protected change(fields: Partial<ContainerFields>): this {
    this.fields = { ...this.own(), ...fields }
    return this
  }

  protected own(): ContainerFields {
    this.requireOwn()
    return this.fields ?? {}
  }

  protected requireOwn(): void {
    if (this.address === containerAddress(this.name)) return
    throw refusedError({
      code: 'owned-by-other',
      message: `The stack ${this.stack} defines the container ${this.name}.`,
      hint: 'Change it in the stack, and apply the stack.',
    })
  }
}

type Mount = NonNullable<ContainerFields['volumes']>[number]

function mountFields(source: string, target: string, type: MountType, options: MountOptions): Mount {
  const { readOnly = false, options: flags = [], size, mode } = options
  const common = { target, read_only: readOnly }
  if (type === 'bind') return { type, source, ...common, bind: { options: [...flags] } }
  return {
    type,
    ...common,
    tmpfs: { options: [...flags], ...(size !== undefined && { size }), ...(mode !== undefined && { mode }) },
  }
}

const without = (list: readonly string[], capability: string): string[] => {
  const bare = (one: string): string => one.toUpperCase().replace(/^CAP_/, '')
  return list.filter((one) => bare(one) !== bare(capability))
}
