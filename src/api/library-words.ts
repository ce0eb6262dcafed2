import type { ErrorCode } from '../generated/error-codes.ts'
import { type Diagnostic, HeroPodsError } from '../model/errors.ts'

/** What to do about an error, as calls of the library, where the engine's own hint names a command of the command line. */
const hints: Partial<Record<ErrorCode, string>> = {
  'image-missing': 'Make it with `imageNew` or `imageImport`, or build it with `heropods image build`.',
  'image-unknown': 'Apply its stack with `apply`, or call `start()` of a container of a program.',
  'inactive-dependency': 'Activate it with `profiles`, or remove the profile.',
  'instance-in-use': 'Destroy its stacks first, or use `HeroPods.delete(NAME, { destroy: true })`.',
  'needs-apply': 'Apply its stack with `apply`, or call `start()` of a container of a program.',
  'network-exists': 'Remove the containers that use it first: `list()` has them.',
  'nothing-earlier': '`rollback({ to })` goes to any stored generation; `heropods history` lists them.',
  'plan-stale': 'Call `plan` again, and apply the new plan.',
  'podman-off':
    'Use an archive of a root file system or the image `busybox`. Or turn podman on: `HeroPods.set({ name, usePodman: true })`.',
  'replaced-under-others':
    'Apply its stack in the same call: `apply(["a.yaml", "b.yaml"])`. A container of a program is deleted first.',
  'unknown-container': '`list()` has all containers.',
  'unknown-image': '`imagesList()` has all images.',
  'unknown-instance': '`HeroPods.list()` has all instances; `HeroPods.new({ name })` makes one.',
  'volume-protected':
    'Declare each with `protect: false` in a stack of its name and apply it, then delete the instance again.',
}

const namesCommand = ({ hint = '' }: Diagnostic): boolean => /`heropods |--[a-z]/.test(hint)

/** The error with hints for callers of the library; any other value as it is. Pure. */
export const inLibraryWords = (error: unknown): unknown =>
  reworded(error, (one) => {
    const hint = namesCommand(one) ? hintFor(one) : undefined
    return hint === undefined ? one : { ...one, hint }
  })

function hintFor({ code, message }: Diagnostic): string | undefined {
  // No method of the library unpauses a container.
  if (code === 'not-running') return /paused/.test(message) ? undefined : '`start()` starts it.'
  return hints[code]
}

/** The options of a method behind fields of a stack: the option for `image` of a container. */
interface FieldWords {
  readonly image: string
}

/**
 * The error with the options of the library in place of the fields of the stack that the library has made of them, e.g. `fields.mem_limit`
 * for `containers.web.mem_limit`. Pure.
 */
export const inFieldWords = (error: unknown, { image }: FieldWords): unknown =>
  reworded(error, (one) => {
    const hint = one.code === 'bad-mount' && one.hint?.includes('under `volumes:`') ? ofStackVolumes : one.hint
    return { ...one, message: fieldWords(one.message, image), ...(hint !== undefined && { hint }) }
  })

/** What to do about a named volume: a container of a program has none. */
const ofStackVolumes =
  'Mount a folder of the host, e.g. `/srv/data:/data`. Or define the container in a stack that declares the volume, and `apply` it.'

const fieldWords = (message: string, image: string): string =>
  message
    .replace(/\bcontainers\.[\w-]+\.image\b/g, image)
    .replace(/\bcontainers\.[\w-]+/g, 'fields')
    .replace(/\bimages\.[\w-]+\.ref\b/g, 'dockerUrl')
    .replace(/\bimages\.[\w-]+\./g, '')

function reworded(error: unknown, change: (one: Diagnostic) => Diagnostic): unknown {
  if (!(error instanceof HeroPodsError)) return error
  const diagnostics = error.diagnostics.map(change)
  const isSame = diagnostics.every((one, index) => one === error.diagnostics[index])
  return isSame ? error : new HeroPodsError(diagnostics, { refused: error.refused, cause: error.cause })
}
