import type { ErrorCode } from '../generated/error-codes.ts'
import { own } from './values/own.ts'

/** What the kernel refused, for people. */
export interface SystemFault {
  readonly code: ErrorCode
  readonly message: string
  readonly hint: string
  readonly retryable: boolean
}

interface Known {
  readonly code: ErrorCode
  /** What is wrong, about the path; `it` where there is none. */
  readonly says: (path: string) => string
  readonly hint: string
  readonly retryable?: boolean
}

const roomHint =
  'Make room: `heropods destroy`, `rm`, `volume rm` and `image rm --unused` need none. Then run the command again.'

/** By the names of errno(3). Their codes never change. */
const faults: Readonly<Record<string, Known>> = {
  ENOSPC: { code: 'no-space', says: (path) => `No space is left for ${path}.`, hint: roomHint, retryable: true },
  EDQUOT: {
    code: 'quota-exceeded',
    says: (path) => `The disk quota is used up at ${path}.`,
    hint: roomHint,
    retryable: true,
  },
  EFBIG: {
    code: 'file-too-large',
    says: (path) => `${path} would become larger than this process may write.`,
    hint: 'Raise the limit of its caller (`ulimit -f unlimited`).',
  },
  EROFS: {
    code: 'read-only-file-system',
    says: (path) => `The file system of ${path} is read-only.`,
    hint: 'Mount it writable; after a fault of the disk the kernel itself does that (`dmesg`). Or set HEROPODS_DIR, HEROPODS_RUN_DIR to other folders.',
  },
  EIO: {
    code: 'disk-fault',
    says: (path) => `${path} cannot be read or written: the device reports a fault.`,
    hint: '`dmesg` says more. Check the disk before anything else.',
  },
  EACCES: {
    code: 'permission-denied',
    says: (path) => `Access to ${path} is denied.`,
    hint: 'Check owner and mode of it and of the folders above; SELinux and AppArmor may deny it to root too (`dmesg`).',
  },
  EPERM: {
    code: 'not-permitted',
    says: (path) => `The kernel does not permit this for ${path}.`,
    hint: 'It may be immutable (`lsattr -d`), on a network file system, or need a capability that this process lacks (`heropods doctor`).',
  },
  ENOENT: {
    code: 'not-found',
    says: (path) => `${path} does not exist.`,
    hint: 'Something took it away meanwhile, or a folder above it is missing. Check the path and run the command again.',
    retryable: true,
  },
  EEXIST: {
    code: 'already-exists',
    says: (path) => `${path} exists already, and is not what belongs there.`,
    hint: 'Move it away and run the command again.',
  },
  EISDIR: {
    code: 'is-a-folder',
    says: (path) => `${path} is a folder, where a file belongs.`,
    hint: 'Move it away, or name a file.',
  },
  ENOTDIR: {
    code: 'not-a-folder',
    says: (path) => `${path} leads through something that is not a folder.`,
    hint: 'Move that away, or name another folder.',
  },
  ENOTEMPTY: {
    code: 'folder-not-empty',
    says: (path) => `${path} is not empty.`,
    hint: 'Something wrote into it meanwhile: find it with `fuser -v` and run the command again.',
    retryable: true,
  },
  ENAMETOOLONG: {
    code: 'name-too-long',
    says: (path) =>
      `${path.length > 200 ? `${path.slice(0, 200)}...` : path} is longer than the kernel takes (255 bytes a name, 4096 a path).`,
    hint: 'Use shorter names or folders.',
  },
  ELOOP: {
    code: 'link-loop',
    says: (path) => `${path} leads through a link where none may be, or through links that lead to each other.`,
    hint: 'Name what the link should lead to, without the link. `namei` shows where each part of a path leads.',
  },
  EXDEV: {
    code: 'other-file-system',
    says: (path) => `${path} is on another file system than its new place.`,
    hint: 'Nothing may be mounted inside the folders of HeroPods.',
  },
  EBUSY: {
    code: 'in-use',
    says: (path) => `${path} is in use.`,
    hint: 'Find its user with `fuser -vm`, end it and run the command again.',
    retryable: true,
  },
  ETXTBSY: {
    code: 'in-use',
    says: (path) => `${path} is being run.`,
    hint: 'End the program and run the command again.',
    retryable: true,
  },
  ESRCH: {
    code: 'process-gone',
    says: (path) => `The process concerned has ended meanwhile (${path}).`,
    hint: 'Run the command again.',
    retryable: true,
  },
  EMFILE: {
    code: 'too-many-open-files',
    says: (path) => `This process may not open more files (at ${path}).`,
    hint: 'Raise the limit of its caller: `ulimit -n 1024`.',
    retryable: true,
  },
  ENFILE: {
    code: 'too-many-open-files',
    says: (path) => `The whole host may not open more files (at ${path}).`,
    hint: 'Raise `sysctl fs.file-max`, or find who holds them: `lsof | wc -l`.',
    retryable: true,
  },
  EAGAIN: {
    code: 'too-many-processes',
    says: (path) => `No more processes may be started (${path}).`,
    hint: 'Raise the limit of the caller (`ulimit -u`, TasksMax= of a service, pids.max of its cgroup), or end some.',
    retryable: true,
  },
  ENOMEM: {
    code: 'out-of-memory',
    says: (path) => `The kernel has no memory left for ${path}.`,
    hint: 'Free some, or raise the limit of this process (`ulimit -v`, memory.max of its cgroup).',
    retryable: true,
  },
}

/** The fields of Node's errors of the system. */
interface SystemError {
  readonly code: string
  readonly syscall: string
  readonly path?: string
  readonly dest?: string
  readonly message: string
}

const isSystemError = (error: unknown): error is SystemError => {
  const { code, syscall } = (error ?? {}) as Partial<SystemError>
  return typeof code === 'string' && typeof syscall === 'string' && /^E[A-Z0-9]+$/.test(code)
}

/** What the kernel's answer means, with the path and a way out; undefined for whatever is not an error of the system. Pure. */
export function systemFault(error: unknown): SystemFault | undefined {
  if (!isSystemError(error)) return undefined
  const { code, syscall, path, dest } = error
  const known = Object.hasOwn(faults, code) ? faults[code] : undefined
  const about = path === undefined ? `\`${syscall}\`` : dest === undefined ? path : `${path} -> ${dest}`
  if (code === 'ENOENT' && syscall.startsWith('spawn'))
    return {
      code: 'tool-missing',
      message: `The program ${syscall.slice('spawn '.length) || path} is not installed.`,
      hint: '`heropods doctor` says how to install what is missing.',
      retryable: false,
    }
  if (known)
    return { code: known.code, message: known.says(about), hint: known.hint, retryable: known.retryable ?? false }
  return {
    code: 'system-call-failed',
    message: `The system refused \`${syscall}\`${path === undefined ? '' : ` of ${path}`}: ${error.message.replace(/\.$/, '')}.`,
    hint: '`errno(3)` explains the name; `dmesg` may say more.',
    retryable: false,
  }
}

const texts: Readonly<Record<string, string>> = {
  'No space left on device': 'ENOSPC',
  'Disk quota exceeded': 'EDQUOT',
  'File too large': 'EFBIG',
  'Read-only file system': 'EROFS',
  'Too many open files in system': 'ENFILE',
  'Too many open files': 'EMFILE',
  'Resource temporarily unavailable': 'EAGAIN',
  'Cannot allocate memory': 'ENOMEM',
  'Input/output error': 'EIO',
}

/** A program that the kernel ended, since it had used up what its caller lets it have. */
const endings: Readonly<Record<string, string>> = { SIGXFSZ: 'EFBIG' }

/** The same for what a program wrote, or was ended by, when the kernel refused it something that is nobody's fault but the host's. Pure. */
export function faultOfProgram(said: string, signal?: string): Pick<SystemFault, 'code' | 'hint'> | undefined {
  const named = /\bspawn \S+ (E[A-Z0-9]+)$/m.exec(said)?.[1]
  const name = named ?? own(endings, signal ?? '') ?? Object.entries(texts).find(([text]) => said.includes(text))?.[1]
  const known = name !== undefined && Object.hasOwn(faults, name) ? faults[name] : undefined
  return known && { code: known.code, hint: known.hint }
}
