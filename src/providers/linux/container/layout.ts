import { join } from 'node:path'
import type { Paths } from '../../../host/files/paths.ts'
import type { Address } from '../../../model/address.ts'
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
  /** Data of the image's VOLUMEs: survives a recreate, goes with the container. */
  readonly anonymous: string
  readonly run: string
  /** What runs now (0600). */
  readonly running: string
  /** Who waits to start it again, while someone does. */
  readonly waiting: string
  /** Why its restart policy could not start it again, if it could not. */
  readonly notRestarted: string
  readonly bundle: string
  /** resolv.conf, hostname, configs and secrets as they are bound into the container. */
  readonly files: string
}

export function containerLayout(paths: Paths, container: Address): ContainerLayout {
  const { data, run } = slotFolders(paths, container)
  return {
    data,
    record: `${data}/spec.json`,
    upper: `${data}/upper`,
    work: `${data}/work`,
    root: `${data}/root`,
    log: `${data}/log/container.log`,
    anonymous: `${data}/volumes`,
    run,
    running: `${run}/running.json`,
    waiting: `${run}/waiting.json`,
    notRestarted: `${run}/not-restarted.json`,
    bundle: `${run}/bundle`,
    files: `${run}/files`,
  }
}

/** Folder in which crun keeps its state files. */
export const runtimeRoot = (paths: Paths): string => join(paths.run, 'crun')

/** What is known of the health of one run, in files of a folder called as it is: none of it is mistaken for a later one's. */
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

/** Folder in which conmon keeps a socket of each run, for `attach`. */
export const attachFolder = (paths: Paths): string => join(paths.run, 'attach')

/** Folder in which conmon leaves the exit code, in a file called as the run. */
export const exitFolder = (paths: Paths): string => join(paths.run, 'exits')
