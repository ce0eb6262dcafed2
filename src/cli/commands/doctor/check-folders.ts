import { dirname } from 'node:path'
import { accessSync, constants, existsSync } from '../../../host/caller-files.ts'
import type { Paths } from '../../../host/files/paths.ts'
import { localHost } from '../../local-host.ts'
import { type Check, passed, problem } from './check.ts'
import { checkSpace, parseDf } from './disk-space.ts'

/** The longest path of a Unix socket in Linux, bytes. */
const maxSocketPathBytes = 107
const mebibyte = 1024 * 1024
/** Free bytes below which runs fail: images are unpacked in the data folder, the run folder has small files. */
const [leastData, leastRun] = [100 * mebibyte, 4 * mebibyte]

/** Checks the data folder and the run folder: writable, path of the socket, space, inodes. */
export async function checkFolders({ data, run }: Paths): Promise<readonly Check[]> {
  const socket = Buffer.byteLength(`${run}/redis.sock`)
  return [
    writable(data)
      ? passed('data folder', data)
      : problem('data folder', `${data} cannot be written`, 'Run with sudo, or set HEROPODS_DIR to another folder.'),
    socket <= maxSocketPathBytes
      ? passed('run folder', run)
      : problem('run folder', `${run} is too long for a socket`, 'Set HEROPODS_RUN_DIR to a shorter path.'),
    ...(await spaceOf('data space', data, leastData)),
    ...(await spaceOf('run space', run, leastRun)),
  ]
}

async function spaceOf(name: string, folder: string, least: number): Promise<readonly Check[]> {
  const existing = nearestExisting(folder)
  const args = ['--block-size=1', '--output=avail,size,iavail,itotal', existing]
  const space = parseDf((await localHost.query({ program: 'df', args })).stdout)
  return space === undefined ? [] : [checkSpace(name, existing, space, least)]
}

const nearestExisting = (path: string): string =>
  existsSync(path) || path === dirname(path) ? path : nearestExisting(dirname(path))

function writable(path: string): boolean {
  try {
    accessSync(nearestExisting(path), constants.W_OK)
    return true
  } catch {
    return false
  }
}
