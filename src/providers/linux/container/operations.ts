import type { ContainerOperations } from '../../operations.ts'
import type { RuntimeOptions } from '../../runtime.ts'
import { cgroupOf } from '../run-names.ts'

const process = () => import('./operations/process.ts')
const pauses = () => import('./process/pause.ts')
const copies = () => import('./operations/copy.ts')
const attaching = () => import('./operations/attach.ts')
const health = () => import('./operations/health.ts')
const reach = () => import('./operations/reach.ts')

/** Loads the module of an operation when it is first called. */
export const containerOperations = ({
  heropodsCommand,
}: Pick<RuntimeOptions, 'heropodsCommand'>): ContainerOperations => ({
  start: async (write, container) => (await process()).start(write, container, heropodsCommand),
  stop: async (write, container, options) => (await process()).stop(write, container, options),
  restart: async (write, container, options) => (await process()).restart(write, container, heropodsCommand, options),
  restartUnhealthy: async (write, container) => (await process()).restartUnhealthy(write, container, heropodsCommand),
  pause: async (write, container) => (await pauses()).pauseContainer(write, container),
  unpause: async (write, container) => (await pauses()).unpauseContainer(write, container),
  attach: async (read, container, options) => (await attaching()).prepareAttach(read, container, options),
  endAttached: async (write, container, exitCode) => (await attaching()).endAttached(write, container, exitCode),
  exec: async (read, container, options) =>
    (await import('./operations/exec.ts')).prepareExec(read, container, options),
  async *logs(container, source) {
    yield* (await import('./operations/log.ts')).readLog(container, source)
  },
  runs: async (read, container) => (await import('./operations/runs.ts')).recordedRuns(read, container),
  awaitHealth: async (write, containers, options) => (await health()).awaitHealth(write, containers, options),
  answerExit: async (write, container, run) =>
    (await import('./process/apply-restart-policy.ts')).handleExit(write, container, run, heropodsCommand),
  usage: async (read, ids) => (await import('./operations/usage.ts')).readUsage(read, ids),
  stats: async (read, containers) => (await import('./operations/stats.ts')).readStats(read, containers),
  statsOfRuns: async (read, runs) => (await import('./operations/stats.ts')).readStatsOfRuns(read, runs),
  processes: async (read, container) => (await import('./operations/processes.ts')).readProcesses(read, container),
  statFile: async (read, container, path) => (await copies()).statFile(read, container, path),
  archive: async (read, container, path, options) => (await copies()).archive(read, container, path, options),
  unpack: async (write, container, folder, request) => (await copies()).unpack(write, container, folder, request),
  changedFiles: async (read, container) =>
    (await import('./operations/changed-files.ts')).changedFiles(read, container),
  bundle: async (read, container) => (await import('./operations/bundle.ts')).readBundle(read, container),
  awaitExit: async (read, container, signal) =>
    (await import('./operations/await-exit.ts')).awaitExit(read, container, signal),
  recentOutput: async (read, container, lines) =>
    (await import('./operations/recent-output.ts')).recentOutput(read, container, lines),
  details: async (read, container, id) => {
    const healthLog =
      id === undefined ? undefined : await (await import('./health/log.ts')).healthLogOf(read, container, id)
    const checkCommand = healthLog && (await (await import('./health/explain.ts')).commandOf(read, container))
    const exits = await (await import('./process/exit-record.ts')).lastExits(read, container)
    const { logEnd } = await import('./operations/recent-output.ts')
    return {
      ...(await import('../host-places.ts')).placesOf(read.paths, container, id),
      exits,
      logEnd: await logEnd(read, container, exits.at(-1)?.startedAt),
      ...(healthLog && { healthLog }),
      ...(checkCommand !== undefined && { checkCommand }),
    }
  },
  memoryKills: async ({ host, paths }, id) =>
    (await import('../../../host/kernel-log.ts')).memoryKillsInLog(host, cgroupOf(paths, id)),
  hostReach: async (read) => (await reach()).hostReach(read),
  mayRaiseLimits: async (host) => (await reach()).mayRaiseLimits(host),
})
