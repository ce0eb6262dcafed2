import { basename } from 'node:path'
import type { Container as ContainerFields } from '../generated/stack-file.ts'
import { refusedError } from '../model/errors.ts'
import type { InstanceEvent } from '../model/event.ts'
import { imageCatalog } from '../model/kinds/images/catalog.ts'
import { parseResourceAddress, type ResourceAddress } from '../model/resource-address.ts'
import { stableJson } from '../model/values/stable-json.ts'
import { Container } from './container.ts'
import { type ContainerOptions, fieldsOf } from './containers/container-options.ts'
import { containerNamed } from './containers/named-container.ts'
import { definedNames, readDefinition, writeDefinition } from './definitions.ts'
import { type EventOptions, eventsOf } from './events.ts'
import { type ExecResult, execOnHost, hostProgram } from './exec.ts'
import { ContainerImage, type ImageImportOptions, type ImageOptions, imageFields } from './image.ts'
import { Instance, type InstanceOptions } from './instance.ts'
import { switchTo } from './instances/default-name.ts'
import type { DeleteOptions, NewOptions } from './instances/instances.ts'
import type { HeroPodsSettings } from './instances/settings.ts'
import { noNamedImage, requireNamedImage } from './named-images.ts'
import { Node } from './node.ts'
import { containerAddress, imageAddress, requireName } from './objects/library-stack.ts'
import type { OneOffOptions } from './run/run.ts'
import type { PlayOptions, PlayResult } from './script/play.ts'
import {
  type ApplyOptions,
  applyStacks,
  type DestroyOptions,
  destroyStacks,
  type PlanOptions,
  planStacks,
  type RollbackOptions,
  type RunResult,
  rollBack,
  type StackPlan,
  type StackSource,
} from './stacks.ts'
import { type WatchOptions, watchSource } from './watch.ts'

export interface GetOptions extends Omit<InstanceOptions, 'name'> {
  /** Make the instance if it does not exist. Default: false. */
  readonly create?: boolean
}

/** An instance of HeroPods: its containers, images and stacks on this host. */
export class HeroPods {
  readonly #instance: Instance

  /** Opens an instance. Nothing is read or changed. Raises `bad-instance`, `bad-folder` (refused). */
  constructor(options: InstanceOptions = {}) {
    this.#instance = new Instance(options)
  }

  /**
   * Runs a HeroScript, the language of the original HeroPods. All actions are checked before the first one runs; the first one that fails
   * ends the run. Raises all errors of the script (refused), the errors of an action with its place, and `interrupted`.
   */
  static async play(script: string, options: PlayOptions = {}): Promise<readonly PlayResult[]> {
    return (await import('./script/play.ts')).play(script, options)
  }

  /**
   * Records a new instance with its settings and returns it. Touches nothing else on the host. An existing instance is returned if it has
   * the given settings. Raises `already-exists` if it has others, and `bad-name`, `bad-subnet`, `bad-gateway`, `bad-address`,
   * `foreign-object` for settings that cannot be used (all refused).
   */
  static async new(options: NewOptions = {}): Promise<HeroPods> {
    const heropods = new HeroPods(options)
    await (await import('./instances/instances.ts')).newInstance({ ...options, name: heropods.name })
    return heropods
  }

  /** An existing instance. Default: the one that commands use. Raises `unknown-instance` (refused) unless `create` is set. */
  static async get(name?: string, options: GetOptions = {}): Promise<HeroPods> {
    const { create = false, ...places } = options
    const heropods = new HeroPods({ ...places, ...(name !== undefined && { name }) })
    await (await import('./instances/instances.ts')).findInstance({ ...places, name: heropods.name }, create)
    return heropods
  }

  /**
   * Changes the given settings of an instance; the others stay. The instance is made if it does not exist. The next start or apply uses
   * them. Raises `network-exists` (refused) if containers use the default network and its bridge, subnet or gateway would change.
   */
  static async set(options: InstanceOptions & HeroPodsSettings): Promise<HeroPods> {
    const heropods = new HeroPods(options)
    await (await import('./instances/instances.ts')).setInstance({ ...options, name: heropods.name })
    return heropods
  }

  /** True if an instance has data on this host. */
  static async exists(name?: string, places: Omit<InstanceOptions, 'name'> = {}): Promise<boolean> {
    const options = { ...places, ...(name !== undefined && { name }) }
    return (await import('./instances/instances.ts')).hasInstance(options)
  }

  /** All instances with data in the data folder, by name. */
  static async list(places: Omit<InstanceOptions, 'name'> = {}): Promise<readonly HeroPods[]> {
    const names = await (await import('./instances/instances.ts')).listInstances(places)
    return names.map((name) => new HeroPods({ ...places, name }))
  }

  /**
   * Removes an instance with its images, released volumes, records and settings. Raises `unknown-instance`, `watch-running`,
   * `volume-protected`, and `instance-in-use` if it has objects, unless `destroy` is set (all refused).
   */
  static async delete(name: string, options: DeleteOptions = {}): Promise<void> {
    const { destroy = false, ...places } = options
    await (await import('./instances/instances.ts')).deleteInstance({ ...places, name }, destroy)
  }

  /** Makes an instance the default of this process: of `new HeroPods()` and of the methods of this class without a name. */
  static switch(name: string): void {
    switchTo(new Instance({ name }).paths.instance)
  }

  /** References of common images of Docker Hub, the 21 of the original HeroPods. Each can be the `dockerUrl` of an image. */
  static listAvailableDockerImages(): readonly string[] {
    return imageCatalog
  }

  /** The name of the instance. */
  get name(): string {
    return this.#instance.paths.instance
  }

  /** Folder with the data of the instance. */
  get baseDir(): string {
    return this.#instance.paths.data
  }

  /**
   * Defines a container and returns it; it is neither created nor started. An existing definition is returned if it has the same fields.
   * Raises `already-exists` if it has others, unless `reset` is set, `record-damaged`, `unknown-object` for a `customImageName` that is not
   * a named image, and `invalid` for a wrong name (all refused).
   */
  async containerNew(options: ContainerOptions): Promise<Container> {
    const name = requireName('container', options.name)
    const fields = fieldsOf(options)
    const { customImageName } = options
    if (customImageName !== undefined && fields.image === customImageName)
      await requireNamedImage(this.#instance, customImageName)
    const known = options.reset ? undefined : await readDefinition(this.#instance, 'containers', name)
    if (known !== undefined && isSame(withoutStartOptions(known, fields), fields))
      return this.container(containerAddress(name), known)
    if (known !== undefined)
      throw refusedError({
        code: 'already-exists',
        message: `The container ${name} exists with other fields.`,
        hint: 'Use `get` and change it, or set `reset: true`: the next `start` then gives it a new process.',
      })
    const container = this.container(containerAddress(name), fields)
    await container.saveConfig()
    return container
  }

  /**
   * Runs a command in a new container and removes it afterwards. The container is of an image, or has the configuration of a container of
   * a stack. Raises the errors of `heropods apply`, `exec-failed` for another exit code than 0 unless `check` is false, and `interrupted`.
   */
  async run(options: OneOffOptions): Promise<ExecResult> {
    return (await import('./run/run.ts')).runOneOff(this.#instance, options)
  }

  /**
   * A container by name: `web`, `web.2`, or STACK/NAME where two stacks have the same name. Raises `unknown-container`,
   * `ambiguous-name` (refused).
   */
  async get(name: string): Promise<Container> {
    return this.definedContainer(containerNamed(await this.containerAddresses(), name))
  }

  /** All containers of the instance: those of stacks, and those that programs have defined. */
  async list(): Promise<readonly Container[]> {
    return Promise.all((await this.containerAddresses()).map((address) => this.definedContainer(address)))
  }

  private async containerAddresses(): Promise<readonly ResourceAddress[]> {
    const [{ observations }, names] = await Promise.all([
      this.#instance.observe(),
      definedNames(this.#instance, 'containers'),
    ])
    const observed = [...observations.keys()].filter((one) => parseResourceAddress(one).kind === 'container')
    return [...new Set([...observed, ...names.map(containerAddress)])].sort()
  }

  private async definedContainer(address: ResourceAddress): Promise<Container> {
    const { name } = parseResourceAddress(address)
    const isOwn = address === containerAddress(name)
    return this.container(address, isOwn ? await readDefinition(this.#instance, 'containers', name) : undefined)
  }

  private container(address: ResourceAddress, fields: ConstructorParameters<typeof Container>[2]): Container {
    return new Container(this.#instance, address, fields)
  }

  /**
   * Pulls or unpacks an image under a name. It is the `customImageName` of containers and the `image` of `run`; stacks and commands of this
   * instance use it as `localhost/NAME`. An existing one is returned, unless `reset` is set. Raises `image-pull-failed` and the errors of
   * archives.
   */
  async imageNew(options: ImageOptions): Promise<ContainerImage> {
    const name = requireName('image', options.name)
    const known = options.reset ? undefined : await readDefinition(this.#instance, 'images', name)
    const image = new ContainerImage(this.#instance, imageAddress(name))
    if (known !== undefined && (await image.exists())) return image
    const fields = imageFields(options)
    await image.obtain(fields)
    await writeDefinition(this.#instance, 'images', name, fields)
    return image
  }

  /** A named image. Raises `unknown-object` (refused). */
  async imageGet(name: string): Promise<ContainerImage> {
    const image = new ContainerImage(this.#instance, imageAddress(requireName('image', name)))
    if (await image.exists()) return image
    throw await noNamedImage(this.#instance, name)
  }

  /** Unpacks an archive under the name of its file without `.tgz`, `.tar.gz` or `.tar`. Raises as `imageNew`. */
  imageImport(options: ImageImportOptions): Promise<ContainerImage> {
    const { sourcePath, name, reset } = options
    const fromFile = basename(sourcePath)
      .replace(/\.(tgz|tar\.gz|tar)$/, '')
      .replaceAll(/[^A-Za-z0-9_-]/g, '_')
    return this.imageNew({ name: name ?? fromFile, archive: sourcePath, ...(reset !== undefined && { reset }) })
  }

  /** All images of the instance: those of stacks, of containers, and named ones. */
  async imagesList(): Promise<readonly ContainerImage[]> {
    const { observations } = await this.#instance.observe()
    return [...observations.keys()]
      .filter((one) => parseResourceAddress(one).kind === 'image')
      .sort()
      .map((address) => new ContainerImage(this.#instance, address))
  }

  /** The changes that `apply` would make. Changes nothing. Raises all problems of the stacks (refused). */
  plan(source: StackSource, options: PlanOptions = {}): Promise<StackPlan> {
    return planStacks(this.#instance, source, options)
  }

  /**
   * Creates, updates and removes objects until the host matches the stacks. Raises the problems of the stacks, `plan-stale` (refused),
   * the errors of the steps that failed, and `interrupted`.
   */
  apply(source: StackSource | StackPlan, options: ApplyOptions = {}): Promise<RunResult> {
    return applyStacks(this.#instance, source, options)
  }

  /**
   * Removes the objects of stacks. The data of volumes stays unless `deleteData` is set. Raises `unknown-stack` (refused) for a name that no
   * stack of the instance has or had, and `in-use` (refused) if others use an object.
   */
  destroy(stacks: string | readonly string[], options: DestroyOptions = {}): Promise<RunResult> {
    return destroyStacks(this.#instance, typeof stacks === 'string' ? [stacks] : stacks, options)
  }

  /** Applies the state of an earlier generation. Raises `unknown-generation`, `nothing-earlier` (refused). */
  rollback(options: RollbackOptions = {}): Promise<RunResult> {
    return rollBack(this.#instance, options)
  }

  /** Keeps the host equal to a folder of stacks until `signal` is aborted. Containers then keep running. Raises `watch-running` (refused). */
  watch(folder: string, options: WatchOptions): Promise<void> {
    return watchSource(this.#instance, folder, options)
  }

  /** Commands, files and folders of the host itself. */
  node(): Node {
    const { host } = this.#instance
    return new Node(
      (command, options = {}) => execOnHost(this.#instance, command, options),
      (argv) => host.interactive({ ...hostProgram(argv), stdin: true, terminal: process.stdin.isTTY ?? false }),
      'on this host',
    )
  }

  /**
   * The events of the instance, oldest first, until the signal is aborted. Programs and commands report the start and the end of each apply,
   * and commands such as `heropods stop` their change. All others, e.g. `container.exited`, `container.unhealthy` and `stack.drifted`, are
   * found by `watch` and come only while one runs: to learn of an exit without it, use `Container.wait`.
   */
  events(options: EventOptions = {}): AsyncGenerator<InstanceEvent> {
    return eventsOf(this.#instance, options)
  }
}

const isSame = (left: object, right: object): boolean => stableJson(left) === stableJson(right)

/** `start({ keepAlive })` stores that option in the definition. It makes no difference if the program runs again. */
const withoutStartOptions = ({ keep_alive: keepAlive, ...known }: ContainerFields, given: ContainerFields) =>
  given.keep_alive === undefined ? known : { ...known, keep_alive: keepAlive }
