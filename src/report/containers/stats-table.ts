import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import type { ContainerStats } from '../../reconciler/engine.ts'
import { bytesText } from '../bytes-text.ts'

/** Two readings of one container; undefined: it does not run. */
export interface StatsSample {
  readonly container: ResourceAddress
  readonly before: ContainerStats | undefined
  readonly now: ContainerStats | undefined
}

/** CPU, memory and I/O of one container (schemas/output/stats.schema.json). null: it does not run, or has no limit. */
export interface StatsView {
  readonly container: ResourceAddress
  readonly running: boolean
  /** Percent of one CPU over the interval; null also for the first reading of a run. */
  readonly cpuPercent: number | null
  /** Bytes. */
  readonly memory: number | null
  /** Bytes; the memory of the host if the container has no limit. */
  readonly memoryLimit: number | null
  readonly memoryPercent: number | null
  readonly processes: number | null
  readonly processLimit: number | null
  /** Bytes since its start. */
  readonly blockRead: number | null
  readonly blockWritten: number | null
  /** null also for a container in the network of the host. */
  readonly networkReceived: number | null
  readonly networkSent: number | null
}

const notRunning: Omit<StatsView, 'container'> = {
  running: false,
  cpuPercent: null,
  memory: null,
  memoryLimit: null,
  memoryPercent: null,
  processes: null,
  processLimit: null,
  blockRead: null,
  blockWritten: null,
  networkReceived: null,
  networkSent: null,
}

/** Pure. */
export function statsView({ container, before, now }: StatsSample): StatsView {
  if (now === undefined) return { container, ...notRunning }
  const limit = Math.min(now.memoryLimit ?? Number.POSITIVE_INFINITY, now.hostMemory)
  return {
    container,
    running: true,
    cpuPercent: before ? cpuPercent(before, now) : null,
    memory: now.memory,
    memoryLimit: limit,
    memoryPercent: rounded((now.memory / limit) * 100),
    processes: now.processes,
    processLimit: now.processLimit,
    blockRead: now.blockRead,
    blockWritten: now.blockWritten,
    networkReceived: now.network?.received ?? null,
    networkSent: now.network?.sent ?? null,
  }
}

type CpuReading = Pick<ContainerStats, 'id' | 'atMs' | 'cpuUs'>

/** Percent of one CPU between two readings of one run; null: they are of two runs. Pure. */
export function cpuPercent(before: CpuReading, now: CpuReading): number | null {
  const elapsedUs = (now.atMs - before.atMs) * 1000
  return before.id === now.id && elapsedUs > 0 ? rounded(((now.cpuUs - before.cpuUs) / elapsedUs) * 100) : null
}

const rounded = (percent: number): number => Math.round(percent * 100) / 100

export const statsHeadings = ['NAME', 'CPU %', 'MEM USAGE / LIMIT', 'MEM %', 'NET I/O', 'BLOCK I/O', 'PIDS']

/** The cells of one container under `statsHeadings`. `showsStack`: names of several stacks are shown. Pure. */
export function statsRow(view: StatsView, showsStack: boolean): readonly string[] {
  const { stack, name } = parseResourceAddress(view.container)
  return [
    showsStack ? `${stack}/${name}` : name,
    percentText(view.cpuPercent),
    pairText(view.memory, view.memoryLimit),
    percentText(view.memoryPercent),
    pairText(view.networkReceived, view.networkSent),
    pairText(view.blockRead, view.blockWritten),
    String(view.processes ?? '-'),
  ]
}

const percentText = (percent: number | null): string => (percent === null ? '-' : `${percent.toFixed(2)}%`)

const pairText = (first: number | null, second: number | null): string =>
  first === null || second === null ? '-' : `${bytesText(first)} / ${bytesText(second)}`
