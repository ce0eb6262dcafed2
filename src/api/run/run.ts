import type { Container as ContainerFields } from '../../generated/stack-file.ts'
import { refusedError } from '../../model/errors.ts'
import { argvOf, checked, collect, type ExecOptions, type ExecResult } from '../exec.ts'
import type { Instance } from '../instance.ts'
import { inFieldWords } from '../library-words.ts'
import { namedReference } from '../named-images.ts'
import { variablesOf } from '../objects/variables.ts'
import { loadStacks, type StackSource } from '../stacks.ts'
import { type RunPlaces, runAttached, sessionOptions } from './attached.ts'
import type { RunRequest } from './build.ts'

/** A command in a new container. Exactly one of `image` and `container` is set. */
export interface OneOffOptions extends ExecOptions {
  /** A built-in image such as `alpine_3_20`, a name that `imageNew` or `imageImport` has given, or a reference. */
  readonly image?: string
  /** NAME or STACK/NAME: the new container has the configuration of this one as it was applied last, without its published ports. */
  readonly container?: string
  /** Stacks with `container`, in place of the applied ones. The networks and volumes that it uses must exist. */
  readonly source?: StackSource
  /** A text is a command for `/bin/sh -c` in the container; a list is a program with its arguments. Default: that of the image or container. */
  readonly command?: string | readonly string[]
  /** Default: the name of the image or container and six random digits. */
  readonly name?: string
  /** Networks of stacks (NAME or STACK/NAME), `none`, `host` or `container:NAME`. Default: those of the container, or the instance's own. */
  readonly networks?: readonly string[]
  /** Publish the ports of `container` as well. Default: false. */
  readonly servicePorts?: boolean
  /** Remove the container afterwards. Default: true. */
  readonly remove?: boolean
  /** Further fields of a container in a stack file. Their text is literal: `$` has no meaning. */
  readonly fields?: Omit<ContainerFields, 'image' | 'command'>
}

/** Runs a command in a new container. Raises as `runAttached`, `exec-failed`, `interrupted`. */
export async function runOneOff(instance: Instance, options: OneOffOptions): Promise<ExecResult> {
  const { host } = instance
  const waiter = options.remove === false ? undefined : await host.processIdentity(host.system.pid)
  const { image } = options
  const request = {
    ...requestOf({ ...options, ...(image !== undefined && { image: await namedReference(instance, image) }) }),
    ...stacksOf(instance, options),
    ...(waiter && { removal: { waiter } }),
  }
  let result: ExecResult | undefined
  const places: RunPlaces = {
    write: (needs, act) => instance.write(act, undefined, sessionOptions(needs)),
    cwd: instance.cwd,
    signal: options.signal ?? new AbortController().signal,
  }
  const exitCode = await runAttached(places, request, false, async (prepared) => {
    result = await collect(host, prepared, options)
    return result.exitCode
  }).catch((error: unknown) => {
    throw inFieldWords(error, { image: 'image' })
  })
  if (result === undefined) throw new Error('the command has no result')
  const argv = options.command === undefined ? [request.target] : argvOf(options.command)
  return checked({ ...result, exitCode }, argv, `in a container of ${request.target}`, options)
}

const stacksOf = (instance: Instance, { source }: OneOffOptions): Pick<RunRequest, 'stacks'> =>
  source === undefined ? {} : { stacks: (engine) => loadStacks(instance, engine, source, {}) }

function requestOf(options: OneOffOptions): RunRequest {
  const { image, container, command, name, env, user, workingDir, networks = [], servicePorts = false } = options
  const target = image ?? container
  const isWrongSource = options.source !== undefined && container === undefined
  if (target === undefined || (image !== undefined && container !== undefined) || isWrongSource)
    throw refusedError({
      code: 'usage',
      message: isWrongSource ? '`source` is for a `container`.' : 'A run needs either `image` or `container`.',
      hint: 'Write e.g. `run({ image: "alpine_3_20", command: "id" })`.',
    })
  return {
    target,
    kind: image === undefined ? 'container' : 'image',
    ...(name !== undefined && { name }),
    fields: {
      ...options.fields,
      ...(command !== undefined && { command: [...argvOf(command)] }),
      ...(env && { environment: { ...variablesOf(options.fields?.environment), ...env } }),
      ...(user !== undefined && { user }),
      ...(workingDir !== undefined && { working_dir: workingDir }),
    },
    networks,
    servicePorts,
  }
}
