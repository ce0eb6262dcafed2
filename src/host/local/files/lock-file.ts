import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import type { LockFile } from '../../contract/files.ts'
import { safePath } from '../../requirements.ts'
import { replacing } from './replace.ts'

/** See `FileWriter.openLockFile`. */
export async function openLockFile(path: string, { strict = false }: { strict?: boolean } = {}): Promise<LockFile> {
  const flags = constants.O_RDWR | constants.O_CREAT | (strict ? constants.O_NOFOLLOW : 0)
  const opening = () => open(path, flags, 0o600)
  const file = await (strict ? opening() : replacing(path, opening))
  return {
    descriptor: file.fd,
    lock: (kind, seconds) => flock(file.fd, kind, seconds),
    isCurrent: () => isSame(file, path),
    write: async (text) => {
      await file.truncate()
      await file.write(text, 0)
    },
    close: () => file.close(),
  }
}

/** See `FileReader.isLocked`. */
export async function isLocked(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined)
  if (file === undefined) return false
  try {
    return !(await flock(file.fd, 'shared'))
  } finally {
    await file.close()
  }
}

async function isSame(file: FileHandle, path: string): Promise<boolean> {
  const [opened, found] = await Promise.all([file.stat(), stat(path).catch(() => undefined)])
  return found !== undefined && found.ino === opened.ino && found.dev === opened.dev
}

/** Node has no flock(2): a child locks our open file, which keeps the lock after the child has ended. */
function flock(descriptor: number, kind: 'exclusive' | 'shared', seconds = 0): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const wait = seconds === 0 ? ['--nonblock'] : ['--timeout', String(seconds)]
    const child = spawn('flock', [`--${kind}`, ...wait, '3'], {
      cwd: '/',
      env: { PATH: safePath },
      stdio: ['ignore', 'ignore', 'ignore', descriptor],
    })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code === 0))
  })
}
