import type { Writable } from 'node:stream'
import type { ConfigureParameters, ContainerNewParameters } from '../../heroscript/actions.ts'
import type { CommandResult, ScriptInstance } from '../../heroscript/run-actions.ts'
import { HeroPodsError, refusedError } from '../../model/errors.ts'
import { changedSettings, defaultSettings, type InstanceSettings } from '../../model/instance/settings.ts'
import { fullReference } from '../../model/kinds/images/reference.ts'
import { libraryOwner } from '../../model/ownership.ts'
import { stableJson } from '../../model/values/stable-json.ts'
import type { Container } from '../container.ts'
import { readDefinition } from '../definitions.ts'
import { HeroPods } from '../heropods.ts'
import type { ContainerImage } from '../image.ts'
import { Instance, type InstanceOptions } from '../instance.ts'
import { resetInstance } from '../instances/reset.ts'

/** Where the output of `container_exec` goes, and the end of a script. */
export interface ScriptStreams {
  /** Gets the standard output of commands as it comes. Default: it is in the results. */
  readonly stdout?: Writable
  /** Gets the standard error of commands as it comes. Default: it is in the results. */
  readonly stderr?: Writable
  /** Ends the running command, and starts no further action. */
  readonly signal?: AbortSignal
}

/** An instance for the actions of a HeroScript. */
export class LibraryInstance implements ScriptInstance {
  readonly #heropods: HeroPods
  readonly #instance: Instance

  constructor(
    options: InstanceOptions,
    private readonly streams: ScriptStreams,
  ) {
    this.#heropods = new HeroPods(options)
    this.#instance = new Instance(options)
  }

  /** Stores settings that differ; `reset` forgets those of before. An instance that has the same settings is not touched. */
  async configure(parameters: ConfigureParameters): Promise<void> {
    if (parameters.reset) await resetInstance(this.#instance)
    const known = await this.#instance.read((engine) => engine.settings())
    const settings = settingsOf(parameters.reset ? {} : known, parameters)
    if (stableJson(settings) === stableJson(known)) return
    await this.#instance.write((engine) => engine.configure(settings))
  }

  /** An existing container from the same image stays as it is. */
  async create(parameters: ContainerNewParameters): Promise<void> {
    const { name, reset } = parameters
    const image = await this.image(parameters)
    const known = await this.own(name)
    if (known !== undefined && !reset && known.definition()?.image === image.name) return
    if (known !== undefined && !reset)
      throw refusedError({
        code: 'container-exists',
        message: `The container ${name} exists from another image: ${known.definition()?.image}, not ${image.name}.`,
        hint: 'Add `reset:true` to replace it, or delete it first with `!!heropods.container_delete`.',
      })
    if (known !== undefined) await known.delete()
    await this.#heropods.containerNew({ name, image: 'custom', customImageName: image.name })
  }

  /** The image under its own name. It is pulled or made if it is not here. */
  private async image({ image, custom_image_name: customName, docker_url: reference, reset }: ContainerNewParameters) {
    if (image !== 'custom') return this.obtained(image, { builtin: image }, reset)
    if (reference === '') return this.#heropods.imageGet(customName)
    return this.obtained(customName || nameOf(reference), { dockerUrl: reference }, reset)
  }

  private async obtained(
    name: string,
    source: Pick<Parameters<HeroPods['imageNew']>[0], 'dockerUrl' | 'builtin'>,
    reset: boolean,
  ): Promise<ContainerImage> {
    const existing = await readDefinition(this.#instance, 'images', name)
    if (existing?.ref !== undefined && source.dockerUrl !== undefined && !reset)
      requireSameReference(name, existing.ref, source.dockerUrl)
    if (existing === undefined && source.builtin !== 'busybox') await this.requirePodman(name)
    const isOther = existing !== undefined && existing.ref !== source.dockerUrl
    return this.#heropods.imageNew({ name, ...source, reset: reset && isOther })
  }

  private async requirePodman(name: string): Promise<void> {
    const { use_podman: usePodman = true } = await this.#instance.read((engine) => engine.settings())
    if (usePodman) return
    throw refusedError({
      code: 'image-missing',
      message: `The image ${name} is not here, and the instance ${this.#heropods.name} does not use podman to pull images.`,
      hint: `Set \`use_podman:true\`, or use the image \`busybox\`.`,
    })
  }

  /** A running container stays as it is. */
  async start(name: string, keepAlive: boolean): Promise<void> {
    const container = (await this.own(name)) ?? (await this.#heropods.get(name))
    if ((await container.status()) === 'running') return
    if (keepAlive && container.definition() === undefined)
      throw refusedError({
        code: 'owned-by-other',
        message: `The stack ${container.stack} defines the container ${name}.`,
        hint: 'Write `keep_alive: true` in the stack and apply it, or remove `keep_alive` here.',
      })
    await container.start({ keepAlive })
  }

  async exec(name: string, command: string, shows: boolean): Promise<CommandResult> {
    const container = (await this.own(name)) ?? (await this.#heropods.get(name))
    const { stdout, stderr, signal } = this.streams
    try {
      const result = await container.exec(command, {
        ...(shows && stdout && { stdout }),
        ...(shows && stderr && { stderr }),
        ...(signal && { signal }),
      })
      return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr }
    } catch (error) {
      throw withKeepAliveHint(error, container)
    }
  }

  async stop(name: string): Promise<void> {
    const container = (await this.own(name)) ?? (await this.#heropods.get(name))
    if ((await container.status()) !== 'stopped') await container.stop()
  }

  async delete(name: string): Promise<void> {
    await (await this.existing(name))?.delete()
  }

  /** A container by name; undefined: there is none. */
  private async existing(name: string): Promise<Container | undefined> {
    try {
      return (await this.own(name)) ?? (await this.#heropods.get(name))
    } catch (error) {
      if (error instanceof HeroPodsError && error.diagnostics[0]?.code === 'unknown-container') return undefined
      throw error
    }
  }

  /** The container that a script or a program has made; a stack may have one with the same name. */
  private async own(name: string): Promise<Container | undefined> {
    const isDefined = (await readDefinition(this.#instance, 'containers', name)) !== undefined
    return isDefined ? this.#heropods.get(`${libraryOwner}/${name}`) : undefined
  }
}

/** A container whose command ends at once, such as a shell, was started and has ended again before the command could run. */
function withKeepAliveHint(error: unknown, container: Container): unknown {
  const first = error instanceof HeroPodsError ? error.diagnostics[0] : undefined
  if (first?.code !== 'not-running' || container.definition()?.keep_alive) return error
  return refusedError({
    ...first,
    hint: 'Its own command has ended. Add `keep_alive:true` to `!!heropods.container_start`: it holds the container open.',
  })
}

/** The settings of an instance after `configure`. The default of `use_podman` is not stored. Pure. */
export function settingsOf(known: InstanceSettings, parameters: ConfigureParameters): InstanceSettings {
  const { bridge_name: bridge, subnet, gateway_ip: gateway, dns_servers: dns, use_podman: usePodman } = parameters
  const network = {
    ...(bridge !== undefined && { bridge }),
    ...(subnet !== undefined && { subnet }),
    ...(gateway !== undefined && { gateway }),
    ...(dns !== undefined && { dns }),
  }
  const isOther = usePodman !== (known.use_podman ?? defaultSettings.use_podman)
  return changedSettings(known, { network, ...(isOther && { use_podman: usePodman }) })
}

/** A name for an image without one, e.g. `docker_io_library_alpine_3_20`. Pure. */
export const nameOf = (reference: string): string =>
  reference
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .slice(-63)
    .replace(/^_+/, '')

function requireSameReference(name: string, existing: string, wanted: string): void {
  if (fullReference(existing) === fullReference(wanted)) return
  throw refusedError({
    code: 'image-exists',
    message: `The image ${name} exists from ${existing}, not from ${wanted}.`,
    hint: 'Use another `custom_image_name`, or add `reset:true` to replace it.',
  })
}
