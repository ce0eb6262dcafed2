import type { ErrorCode } from '../generated/error-codes.ts'
import { ownValue } from './values/own-value.ts'
import { fieldOf } from './values/unknown.ts'

/** The texts for users about an error of the system. */
export interface SystemFault {
  readonly code: ErrorCode
  readonly message: string
  readonly hint: string
  readonly retryable: boolean
}

interface FaultEntry {
  readonly code: ErrorCode
  /** `path` is the path, or the system call in backticks. */
  readonly message: (path: string) => string
  readonly hint: string
  readonly retryable?: boolean
}

const roomHint =
  'Free space, e.g. with `heropods image rm --unused`, and run the command again. `destroy`, `rm` and `volume rm` work without free space.'

/** Texts by the names of errno(3). The codes never change. */
const faults: Readonly<Record<string, FaultEntry>> = {
  ENOSPC: { code: 'no-space', message: (path) => `No space is left for ${path}.`, hint: roomHint, retryable: true },
  EDQUOT: {
    code: 'quota-exceeded',
    message: (path) => `The disk quota is used up at ${path}.`,
    hint: roomHint,
    retryable: true,
  },
  EFBIG: {
    code: 'file-too-large',
    message: (path) => `${path} would become larger than this process may write.`,
    hint: 'Raise the limit of its caller (`ulimit -f unlimited`).',
  },
  EROFS: {
    code: 'read-only-file-system',
    message: (path) => `The file system of ${path} is read-only.`,
    hint: 'Mount it writable; after a disk error the kernel makes it read-only (`dmesg`). Or set HEROPODS_DIR, HEROPODS_RUN_DIR to other folders.',
  },
  EIO: {
    code: 'disk-fault',
    message: (path) => `${path} cannot be read or written: the device reports an error.`,
    hint: '`dmesg` shows details. Check the disk first.',
  },
  EACCES: {
    code: 'permission-denied',
    message: (path) => `Access to ${path} is denied.`,
    hint: 'Run the command with sudo. If root may not access it either, look for SELinux and AppArmor in `dmesg`.',
  },
  EPERM: {
    code: 'not-permitted',
    message: (path) => `The kernel does not permit this for ${path}.`,
    hint: 'It may be immutable (`lsattr -d`), on a network file system, or need a capability that this process lacks (`heropods doctor`).',
  },
  ENOENT: {
    code: 'not-found',
    message: (path) => `${path} does not exist.`,
    hint: 'It was removed in the meantime, or a folder above it is missing. Check the path and run the command again.',
    retryable: true,
  },
  EEXIST: {
    code: 'already-exists',
    message: (path) => `${path} exists already, with other content than expected.`,
    hint: 'Move it away and run the command again.',
  },
  EISDIR: {
    code: 'is-a-folder',
    message: (path) => `${path} is a folder, but a file is expected.`,
    hint: 'Move it away, or use a file.',
  },
  ENOTDIR: {
    code: 'not-a-folder',
    message: (path) => `A part of ${path} is not a folder.`,
    hint: 'Move that part away, or use another folder.',
  },
  ENOTEMPTY: {
    code: 'folder-not-empty',
    message: (path) => `${path} is not empty.`,
    hint: 'Another process wrote into it in the meantime: find it with `fuser -v` and run the command again.',
    retryable: true,
  },
  ENAMETOOLONG: {
    code: 'name-too-long',
    message: (path) =>
      `${path.length > 200 ? `${path.slice(0, 200)}...` : path} is longer than the kernel allows (255 bytes a name, 4096 a path).`,
    hint: 'Use shorter names or folders.',
  },
  ELOOP: {
    code: 'link-loop',
    message: (path) => `${path} contains a symbolic link where none is allowed, or a loop of links.`,
    hint: 'Use the target of the link instead. `namei` shows the links in a path.',
  },
  EXDEV: {
    code: 'other-file-system',
    message: (path) => `${path} is on another file system than its target.`,
    hint: 'Nothing may be mounted inside the folders of HeroPods.',
  },
  EBUSY: {
    code: 'in-use',
    message: (path) => `${path} is in use.`,
    hint: 'Find the process with `fuser -vm`, end it and run the command again.',
    retryable: true,
  },
  ETXTBSY: {
    code: 'in-use',
    message: (path) => `${path} is being run.`,
    hint: 'End the program and run the command again.',
    retryable: true,
  },
  ESRCH: {
    code: 'process-gone',
    message: (path) => `The process has ended in the meantime (${path}).`,
    hint: 'Run the command again.',
    retryable: true,
  },
  EMFILE: {
    code: 'too-many-open-files',
    message: (path) => `This process has reached its limit of open files (at ${path}).`,
    hint: 'Raise the limit of its caller: `ulimit -n 1024`.',
    retryable: true,
  },
  ENFILE: {
    code: 'too-many-open-files',
    message: (path) => `The host has reached its limit of open files (at ${path}).`,
    hint: 'Raise `sysctl fs.file-max`, or find the processes with many open files: `lsof | wc -l`.',
    retryable: true,
  },
  EAGAIN: {
    code: 'too-many-processes',
    message: (path) => `The limit of processes is reached (${path}).`,
    hint: 'Raise the limit of the caller (`ulimit -u`, TasksMax= of a service, pids.max of its cgroup), or end some processes.',
    retryable: true,
  },
  ENOMEM: {
    code: 'out-of-memory',
    message: (path) => `The kernel has no memory left for ${path}.`,
    hint: 'Free memory, or raise the limit of this process (`ulimit -v`, memory.max of its cgroup).',
    retryable: true,
  },
}

/** An error of a system call in Node.js. */
interface SystemError {
  readonly code: string
  readonly syscall: string
  readonly path?: string
  readonly dest?: string
  readonly message: string
}

const isSystemError = (error: unknown): error is SystemError => {
  const code = fieldOf(error, 'code')
  return typeof code === 'string' && typeof fieldOf(error, 'syscall') === 'string' && /^E[A-Z0-9]+$/.test(code)
}

/** Explains an error of a system call, with its path and a hint; undefined for any other value. Pure. */
export function systemFault(error: unknown): SystemFault | undefined {
  if (!isSystemError(error)) return undefined
  const { code, syscall, path, dest } = error
  const known = Object.hasOwn(faults, code) ? faults[code] : undefined
  const about = path === undefined ? `\`${syscall}\`` : dest === undefined ? path : `${path} -> ${dest}`
  if (code === 'ENOENT' && syscall.startsWith('spawn'))
    return {
      code: 'tool-missing',
      message: `The program ${syscall.slice('spawn '.length) || path} is not installed.`,
      hint: '`heropods doctor` shows how to install missing programs.',
      retryable: false,
    }
  if (known)
    return { code: known.code, message: known.message(about), hint: known.hint, retryable: known.retryable ?? false }
  return {
    code: 'system-call-failed',
    message: `The system refused \`${syscall}\`${path === undefined ? '' : ` of ${path}`}: ${error.message.replace(/\.$/, '')}.`,
    hint: '`errno(3)` explains the name; `dmesg` may show more.',
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

/** Signals with which the kernel ends a program that exceeds a limit. */
const signalFaults: Readonly<Record<string, string>> = { SIGXFSZ: 'EFBIG' }

/** The error of the system in the output of a program, or behind the signal that ended it; undefined: none is found. Pure. */
export function faultOfProgram(output: string, signal?: string): Pick<SystemFault, 'code' | 'hint'> | undefined {
  const named = /\bspawn \S+ (E[A-Z0-9]+)$/m.exec(output)?.[1]
  const name =
    named ?? ownValue(signalFaults, signal ?? '') ?? Object.entries(texts).find(([text]) => output.includes(text))?.[1]
  const known = name !== undefined && Object.hasOwn(faults, name) ? faults[name] : undefined
  return known && { code: known.code, hint: known.hint }
}
