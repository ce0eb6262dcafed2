/** A platform of images: `linux/amd64`, `linux/arm64`, `linux/arm/v7`. */
export interface Platform {
  readonly os: string
  readonly architecture: string
  /** Only some architectures have variants: `v7` of `arm`. */
  readonly variant?: string
}

/** Architectures with their number in ELF files (e_machine) as hexadecimal digits, in the order of bytes of the architecture. */
const machines: Readonly<Record<string, string>> = {
  amd64: '3e00',
  arm64: 'b700',
  arm: '2800',
  386: '0300',
  ppc64le: '1500',
  s390x: '0016',
  riscv64: 'f300',
  loong64: '0201',
  mips64le: '0800',
}

/** Names of Node.js for architectures. */
const ofNode: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le', mipsel: 'mips64le' }

/** Other architectures whose programs a processor runs. */
const alsoRuns: Readonly<Record<string, readonly string[]>> = { amd64: ['386'], arm64: ['arm'] }

/** The canonical text of a platform; undefined: it is not one. Pure. */
export function platformText(text: string): string | undefined {
  const { os, architecture, variant } = parsePlatform(text.trim())
  if (os !== 'linux' || !Object.hasOwn(machines, architecture)) return undefined
  // The only variant of arm64.
  return formatPlatform({ os, architecture, ...(variant !== undefined && architecture === 'arm' && { variant }) })
}

/** Parses the canonical text of a platform. Pure. */
export function parsePlatform(text: string): Platform {
  const [os = '', architecture = '', variant] = text.split('/')
  return { os, architecture, ...(variant !== undefined && { variant }) }
}

export const formatPlatform = ({ os, architecture, variant }: Platform): string =>
  [os, architecture, ...(variant === undefined ? [] : [variant])].join('/')

/** The architecture of a host, from Node's name of it. Pure. */
export const hostArchitecture = (node: string): string => ofNode[node] ?? node

/** True if a host of this architecture runs programs of the platform without an emulator. Pure. */
export const runsNatively = (host: string, { architecture }: Platform): boolean =>
  architecture === host || (alsoRuns[host] ?? []).includes(architecture)

/** Bytes 18 and 19 of an ELF file are its architecture (elf(5)). */
const machineDigits = { from: 36, to: 40 }

/**
 * True if a file of /proc/sys/fs/binfmt_misc is an enabled interpreter for programs of an architecture that also works inside a container
 * (flag F: the kernel opened the interpreter when it was registered). Pure.
 */
export function interprets(text: string, { architecture }: Platform): boolean {
  const magic = /^magic ([0-9a-f]+)$/m.exec(text)?.[1] ?? ''
  const flags = /^flags: (\w*)$/m.exec(text)?.[1] ?? ''
  const isElf = magic.startsWith('7f454c46')
  return (
    /^enabled$/m.test(text) &&
    flags.includes('F') &&
    isElf &&
    magic.slice(machineDigits.from, machineDigits.to) === machines[architecture]
  )
}

/** The one of these platforms that an image for `desired` has; undefined: none. Without a variant the newest one counts. Pure. */
export function matchingPlatform<T extends Partial<Platform>>(all: readonly T[], desired: Platform): T | undefined {
  const same = all.filter(({ os, architecture }) => os === desired.os && architecture === desired.architecture)
  if (desired.variant !== undefined) return same.find(({ variant }) => variant === desired.variant)
  const newestFirst = [...same].sort((left, right) => ((left.variant ?? 'w') < (right.variant ?? 'w') ? 1 : -1))
  return newestFirst[0]
}

/** A reference together with a platform, as a key of records. Pure. */
export const platformReference = (ref: string, platform: string | undefined): string =>
  platform === undefined ? ref : `${ref} ${platform}`
