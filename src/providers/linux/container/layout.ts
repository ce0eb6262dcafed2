import { join } from 'node:path'
import type { Paths } from '../../../host/files/paths.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import { slotFolders } from '../run-names.ts'

/** The files of a container's slot. `data` survives a reboot, `run` does not. */
export interface ContainerLayout {
  readonly data: string
  /** The applied spec (0600). */
  readonly record: string
  readonly upper: string
  readonly work: string
  /** Mount point of the overlay: the container's root. */
  readonly root: string
  readonly log: string
  /** Data of the image's VOLUMEs. It survives a recreate and is removed with the container. */
  readonly anonymous: string
  /** The last exits. */
  readonly exits: string
  /** Hash of the spec whose start was verified last. */
  readonly verified: string
  readonly run: string
  /** The current run (0600). */
  readonly running: string
  /** The process that waits to start it again. */
  readonly waiting: string
  /** The reason why its restart policy could not start it again, if it failed. */
  readonly notRestarted: string
  /** Pid of the command that is attached to a user's terminal or pipes. */
  readonly attachedPid: string
  /** The last stop by HeroPods. */
  readonly stop: string
  readonly bundle: string
  /** resolv.conf, hostname, configs and secrets that are mounted into the container. */
  readonly files: string
}

export function containerLayout(paths: Paths, container: ResourceAddress): ContainerLayout {
  const { data, run } = slotFolders(paths, container)
  return {
    data,
    record: `${data}/spec.json`,
    upper: `${data}/upper`,
    work: `${data}/work`,
    root: `${data}/root`,
    log: `${data}/log/container.log`,
    anonymous: `${data}/volumes`,
    exits: `${data}/exits.json`,
    verified: `${data}/verified`,
    run,
    running: `${run}/running.json`,
    waiting: `${run}/waiting.json`,
    notRestarted: `${run}/not-restarted.json`,
    attachedPid: `${run}/attached.pid`,
    stop: `${run}/stop.json`,
    bundle: `${run}/bundle`,
    files: `${run}/files`,
  }
}

/** Folder of the state files of crun. */
export const runtimeRoot = (paths: Paths): string => join(paths.run, 'crun')

/** Files about the health of one run, in a folder that has its id. */
export interface HealthLayout {
  readonly folder: string
  /** Status and last output (0600). */
  readonly record: string
  /** FIFO through which the output of a check comes. */
  readonly output: string
  /** Pid of a check's process. */
  readonly pid: string
}

export const healthFolder = (paths: Paths): string => join(paths.run, 'health')

export function healthLayout(paths: Paths, id: string): HealthLayout {
  const folder = `${healthFolder(paths)}/${id}`
  return { folder, record: `${folder}/health.json`, output: `${folder}/output`, pid: `${folder}/pid` }
}

/** Folder with a socket of conmon for each run, for `attach`. */
export const attachFolder = (paths: Paths): string => join(paths.run, 'attach')

/** Folder in which conmon writes exit codes, in a file for each run. */
export const exitFolder = (paths: Paths): string => join(paths.run, 'exits')
