import type { StackWord } from '../../../model/status.ts'
import { conditionReason } from '../../../model/values/condition-reason.ts'
import type { ErrorEntry } from './error-entries.ts'

/** One reason of a condition of a stack, or of a source that cannot be read, as in `heropods status`. */
export interface ConditionReason {
  readonly reason: string
  readonly meaning: string
  readonly fix: string
}

const nothing = 'Nothing has to be done.'
const logs = 'See `heropods logs` of the container in the message.'

const reasons: Readonly<Record<string, readonly [meaning: string, fix: string]>> = {
  Applied: ['The files are applied, and all containers are ready.', nothing],
  NotApplied: ['The files are not applied yet.', 'Wait, or run `heropods apply`.'],
  AsStated: ['No fault was found.', nothing],
  Settled: ['No change is in progress.', nothing],
  Active: ['The stack is not suspended.', nothing],
  Suspended: ['A user has suspended the stack: watch changes and repairs nothing.', 'Run `heropods resume STACK`.'],
  Applying: ['Another command applies a change.', 'Wait.'],
  Proving: ['A change is applied, and watch checks that all containers stay healthy.', 'Wait.'],
  Pulling: ['The images of a change are being pulled.', 'Wait.'],
  Waiting: ['Containers wait for the containers in their `depends_on`.', 'Wait, or see `heropods why NAME`.'],
  Invalid: ['The files have an error. The last good version stays in place.', 'Correct the place in the message.'],
  Drifted: [
    'The host differs from the applied state.',
    'Run `heropods apply`, or `heropods why NAME` to see the difference.',
  ],
  ContainerExited: ['A container has exited, and its restart policy does not start it again.', logs],
  Restarting: ['A container has exited and waits for its restart.', logs],
  CrashLoop: ['A container was started several times and does not stay up.', logs],
  Unhealthy: ['The health check of a container fails.', '`heropods status STACK` shows the command and its output.'],
  OutOfMemory: [
    'The kernel killed a process of a container for lack of memory.',
    'Raise `mem_limit`, or find the leak.',
  ],
  RolledBack: [
    'A user rolled the stack back. Watch does not apply its files until they change.',
    'Change the files, or run `heropods resume STACK` to apply them again.',
  ],
  OutsideWindow: ['A change waits for the next window of `reconcile.windows`.', 'Wait, or run `heropods apply`.'],
  MassDeletion: [
    'A change would remove too many objects. Nothing was removed.',
    'Restore their files or revert the commit, or run the command in the message if the removal is intended.',
  ],
  AwaitingConfirmation: ['A removal waits for a user: `prune: confirm`.', 'Run `heropods destroy STACK`.'],
  RemovalWaits: [
    'The file of the stack was removed, and another file is not valid. The stack may be in that file, so it is not removed.',
    'Correct the files in the message.',
  ],
  DetectOnly: ['`mode: detect` shows changes and does not make them.', 'Run `heropods apply`, or change the mode.'],
}

const lastGood = 'The last good commit stays in place.'
const sourceReasons: Readonly<Record<string, readonly [meaning: string, fix: string]>> = {
  NotRead: ['Watch has not read the repository yet.', 'Wait.'],
  Synced: ['The newest commit of the repository is read.', nothing],
  RemoteUnreachable: [
    `The repository does not answer, refuses to be read, or is too slow. ${lastGood}`,
    'Run `git ls-remote URL` as the user of watch, and correct the cause that it names: address, key, name server or firewall.',
  ],
  BranchMissing: [
    `The repository has no such branch, or no commit. ${lastGood}`,
    'Push the branch, or correct `--branch`.',
  ],
  SignatureRejected: [
    `The newest commit has no signature of an allowed key. ${lastGood}`,
    'Sign the commit again, or add the key to `--allowed-signers` or `--keyring`.',
  ],
  LinkOutside: [
    `A symbolic link of the commit points outside the repository. ${lastGood}`,
    'Remove the link, or let it point to a file of the repository.',
  ],
  PathMissing: [`The commit has no such folder. ${lastGood}`, 'Commit the folder, or correct `--path`.'],
  CheckoutFailed: [
    `Git or the disk failed. ${lastGood}`,
    'Correct the cause in the message; `heropods doctor` checks the disk.',
  ],
  FolderGone: [
    'The folder of the stacks does not exist. Its stacks stay as they are.',
    'Create or mount the folder again.',
  ],
  FolderUnreadable: [
    'The folder of the stacks cannot be read. Its stacks stay as they are.',
    'Correct its permissions.',
  ],
  FolderUnsettled: [
    'Files in the folder change all the time, so they are not read.',
    'Move the file in the message out of the folder.',
  ],
  VariablesInvalid: [
    'A file of variables (`--var-file`, `.env`) is not valid, so no stack is read.',
    'Correct the place in the message.',
  ],
}

/** The reasons with these names, in any case. A reason that is an error code in another form has the texts of the code. Pure. */
export function reasonsNamed(name: string, entries: readonly ErrorEntry[]): readonly ConditionReason[] {
  const isNamed = (reason: string): boolean => reason.toLowerCase() === name.toLowerCase()
  const own = Object.entries({ ...reasons, ...sourceReasons }).flatMap(([reason, [meaning, fix]]) =>
    isNamed(reason) ? [{ reason, meaning, fix }] : [],
  )
  if (own.length > 0) return own
  return entries.flatMap(({ code, meaning, fix }) => {
    const reason = conditionReason(code)
    // A code of one word is explained as a code.
    return isNamed(reason) && code.includes('-') ? [{ reason, meaning, fix }] : []
  })
}

/** A word of the column STATUS of `heropods status`. */
export interface ExplainedStatus {
  readonly status: string
  readonly meaning: string
  readonly fix: string
}

const seeStatus = '`heropods status STACK` shows the cause.'

/** Suspended and Drifted are explained as reasons. */
const statuses: Readonly<Record<Exclude<StackWord, 'Suspended' | 'Drifted'>, readonly [meaning: string, fix: string]>> =
  {
    Ready: ['The files are applied, and all containers are ready.', nothing],
    Progressing: ['A change is being applied or verified.', 'Wait.'],
    Waiting: ['The files are not applied yet.', 'Wait, or run `heropods apply`.'],
    Degraded: ['Something does not work: a container, the files, or the last change.', seeStatus],
    Held: [
      'A change waits for a user or for a window. Everything runs as before.',
      '`heropods status STACK` shows the reason and the command that lets the change through.',
    ],
    Undone: [
      'The last change failed or a user rolled it back. The generation before it runs.',
      'Correct the files. `heropods resume STACK` applies them again without a change.',
    ],
  }

/** The words of the column STATUS with this name, in any case. Pure. */
export const statusesNamed = (name: string): readonly ExplainedStatus[] =>
  Object.entries(statuses).flatMap(([status, [meaning, fix]]) =>
    status.toLowerCase() === name.toLowerCase() ? [{ status, meaning, fix }] : [],
  )

/** The words of the column STATUS that are not reasons. */
export const statusNames: readonly string[] = Object.keys(statuses)

/** The reasons that are not error codes in another form. */
export const reasonNames: readonly string[] = Object.keys({ ...reasons, ...sourceReasons })

/** True for the reason of a source that cannot be read. */
export const isOfSource = (reason: string): boolean => Object.hasOwn(sourceReasons, reason)
