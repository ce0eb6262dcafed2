import { readJson } from '../../../../host/files/json.ts'
import type { Paths } from '../../../../host/files/paths.ts'
import type { HostReader } from '../../../../host/host.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { CheckOutput, LogLine, RecentOutput } from '../../../operations.ts'
import type { InstanceReader } from '../../../provider.ts'
import type { HealthRecord } from '../health/record.ts'
import { secretsHidden } from '../health/secrets-hidden.ts'
import { healthLayout } from '../layout.ts'
import { isInitFailure, notStartedText } from '../oci/init-failure.ts'
import { readConfig } from '../oci/read-config.ts'
import { LogReader, logFiles } from '../process/logs.ts'
import { readRecord, readRunning } from '../record.ts'
import { healthRecord } from '../record-shape.ts'

/** Bytes that are read from the end of a log, however large it is. */
const maxReadBytes = 64 * 1024

/** The newest output of a container: the end of its log, the output of the last health check of its present run, and a failure of the init program. */
export async function recentOutput(
  { host, paths }: InstanceReader,
  container: ResourceAddress,
  lines: number,
): Promise<RecentOutput> {
  const running = await readRunning(host, paths, container)
  const log = await lastLogLines(host, paths, container, lines)
  const notStarted = await notStartedIn({ host, paths }, container, log)
  return {
    log,
    check: running && (await lastCheck(host, paths, running.id)),
    ...(notStarted !== undefined && { notStarted }),
  }
}

async function notStartedIn(
  read: InstanceReader,
  container: ResourceAddress,
  log: readonly LogLine[],
): Promise<string | undefined> {
  const lines = log.map(({ bytes }) => bytes.toString())
  if (!isInitFailure(lines)) return undefined
  const config = await readConfig(read, container)
  return config && notStartedText(config.process.args, lines)
}

/** The number of lines of a log in the details of its container. */
const detailLines = 5

/**
 * The last lines of a log, without the secret values of the container. `since`: the start of a run, RFC 3339; earlier lines are output of
 * other runs and are left out. undefined: all runs.
 */
export async function logEnd(
  read: InstanceReader,
  container: ResourceAddress,
  since: string | undefined,
): Promise<readonly string[]> {
  const record = await readRecord(read.host, read.paths, container)
  const lines = record ? await lastLogLines(read.host, read.paths, container, detailLines) : []
  const log = linesSince(lines, since)
  if (record === undefined || log.length === 0) return []
  return (await secretsHidden(read, record, log.map(({ bytes }) => bytes.toString()).join('\n'))).split('\n')
}

/** Lines from a time on, RFC 3339; undefined: all. Pure. */
export const linesSince = <T extends Pick<LogLine, 'time'>>(
  lines: readonly T[],
  since: string | undefined,
): readonly T[] => (since === undefined ? lines : lines.filter(({ time }) => Date.parse(time) >= Date.parse(since)))

async function lastCheck(host: HostReader, paths: Paths, id: string): Promise<CheckOutput | undefined> {
  const record = await readJson<HealthRecord>(host, healthLayout(paths, id).record, healthRecord)
  return record && { output: record.output, endedAt: record.checkedAt, durationMs: record.durationMs }
}

/** The last lines of a log. Right after a rotation the new file is short, so the file before it is read as well. */
async function lastLogLines(
  host: HostReader,
  paths: Paths,
  container: ResourceAddress,
  count: number,
): Promise<readonly LogLine[]> {
  const reader = new LogReader()
  const files = (await logFiles(host, paths, container)).slice(-2)
  const ends = await Promise.all(files.map((file) => host.readEnd(file, maxReadBytes)))
  const found = ends.flatMap((end) => reader.push(withoutCutLine(end)))
  return [...found, ...reader.end()].slice(-count)
}

/** A log without its first line, if reading began in the middle of it: only the end of a long file is read. */
function withoutCutLine(end: Buffer | undefined): string {
  const text = end?.toString('latin1') ?? ''
  return text.length < maxReadBytes ? text : text.slice(text.indexOf('\n') + 1)
}
