import { join } from 'node:path'
import type { Paths } from '../../../../host/files/paths.ts'
import type { HostReader } from '../../../../host/host.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { LogLine } from '../../../operations.ts'
import type { WriteContext } from '../../../provider.ts'
import { containerLayout } from '../layout.ts'

interface Part extends Pick<LogLine, 'time' | 'stream'> {
  readonly text: string
}

/**
 * Reads a log of conmon, in the format of the kubelet: `TIME STREAM F|P BYTES`. Its text is latin1, one character a byte: conmon cuts
 * long lines, also inside a character, and the parts are joined before they are decoded.
 */
export class LogReader {
  private readonly open = new Map<string, Part>()
  private rest = ''

  /** The complete lines in the next part of a log. */
  push(text: string): readonly LogLine[] {
    const raw = (this.rest + text).split('\n')
    this.rest = raw.pop() ?? ''
    return raw.flatMap((line) => this.line(line))
  }

  /** The incomplete lines at the end of a log. */
  end(): readonly LogLine[] {
    const lines = [...this.line(this.rest), ...[...this.open.values()].map(lineOf)]
    this.rest = ''
    this.open.clear()
    return lines
  }

  private line(raw: string): readonly LogLine[] {
    const match = /^(\S+) (stdout|stderr) ([FP]) ?(.*)$/s.exec(raw)
    if (match === null) return []
    const [, time = '', stream = 'stdout', tag, text = ''] = match
    const begun = this.open.get(stream)
    const part = { time: begun?.time ?? time, stream: stream as LogLine['stream'], text: (begun?.text ?? '') + text }
    if (tag === 'P') this.open.set(stream, part)
    else this.open.delete(stream)
    return tag === 'P' ? [] : [lineOf(part)]
  }
}

const lineOf = ({ time, stream, text }: Part): LogLine => ({ time, stream, bytes: Buffer.from(text, 'latin1') })

/** The last lines that a container has written since a time (milliseconds since 1970): lines of earlier runs would mislead. */
export async function lastLines(
  { host, paths }: { readonly host: HostReader; readonly paths: Paths },
  container: ResourceAddress,
  count: number,
  sinceMs: number,
): Promise<readonly string[]> {
  const log = await host.readBytes(containerLayout(paths, container).log)
  const reader = new LogReader()
  return [...reader.push(log?.toString('latin1') ?? ''), ...reader.end()]
    .filter(({ time }) => Date.parse(time) >= sinceMs)
    .slice(-count)
    .map(({ bytes }) => bytes.toString())
}

/** Lines below a message, after a colon; '' if there are none. Control characters are left out. Pure. */
export const quoted = (lines: readonly string[]): string =>
  lines.length > 0 ? `:\n${lines.map((line) => `  | ${withoutControls(line)}`).join('\n')}` : ''

/** A text without control characters. Pure. */
export const withoutControls = (text: string): string => text.replace(steering, '')
const steering = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g

/** Files of a container's log that exist, oldest first. */
export async function logFiles(host: HostReader, paths: Paths, container: ResourceAddress): Promise<readonly string[]> {
  const { log } = containerLayout(paths, container)
  const folder = join(log, '..')
  const names = (await host.readDir(folder)).filter((name) => /^container\.log(\.\d+)?$/.test(name))
  const age = (name: string): number => Number(/\.(\d+)$/.exec(name)?.[1] ?? 0)
  return names.sort((left, right) => age(right) - age(left)).map((name) => join(folder, name))
}

/** Renames a log that has reached its size, and has conmon open a new one. conmon itself would drop lines. */
export async function rotateLog(
  write: Pick<WriteContext, 'host' | 'paths'>,
  container: ResourceAddress,
  { max_size, max_file }: ContainerSpec['logging'],
): Promise<void> {
  const { log, bundle } = containerLayout(write.paths, container)
  if (((await write.host.stat(log))?.size ?? 0) <= max_size) return
  const files = await logFiles(write.host, write.paths, container)
  for (const file of files) {
    const number = Number(/\.(\d+)$/.exec(file)?.[1] ?? 0)
    if (number + 1 >= max_file) await write.host.removeTree(file)
    else await write.host.rename(file, `${log}.${number + 1}`)
  }
  const ctl = join(bundle, 'ctl')
  if ((await write.host.stat(ctl))?.kind === 'fifo') await write.host.writeKernel(ctl, '2 0 0\n')
}
