import type { Paths } from '../../../../host/files/paths.ts'
import type { HostReader } from '../../../../host/host.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { LogLine } from '../../../operations.ts'
import { containerLayout } from '../layout.ts'
import { LogReader, logFiles } from './logs.ts'

/** Reads a container's log from its start, across all rotations. */
export class LogFollower {
  private readonly reader = new LogReader()
  /** The file that was read last, and the position in it. */
  private inode: number | undefined
  private position = 0

  constructor(
    private readonly host: HostReader,
    private readonly paths: Paths,
    private readonly container: ResourceAddress,
  ) {}

  /** Lines that were written since the last call. */
  async next(): Promise<readonly LogLine[]> {
    const { log } = containerLayout(this.paths, this.container)
    const now = await this.host.stat(log)
    const earlier = now?.inode === this.inode ? '' : await this.movedAside(log)
    if (now?.inode !== this.inode) [this.inode, this.position] = [now?.inode, 0]
    // conmon empties the file at its own limit.
    if (now !== undefined && now.size < this.position) this.position = 0
    const text = now === undefined || now.size === this.position ? '' : await this.read(log)
    const fresh = text.slice(this.position)
    this.position += fresh.length
    return this.reader.push(earlier + fresh)
  }

  /** The incomplete lines at the end. */
  end(): readonly LogLine[] {
    return this.reader.end()
  }

  /** The rest of the file that was read last, under its new name, and the files that were rotated after it. */
  private async movedAside(log: string): Promise<string> {
    const files = (await logFiles(this.host, this.paths, this.container)).filter((file) => file !== log)
    const inodes = await Promise.all(files.map(async (file) => (await this.host.stat(file))?.inode))
    const last = this.inode === undefined ? -1 : inodes.indexOf(this.inode)
    if (this.inode !== undefined && last < 0) return ''
    const texts = await Promise.all(files.slice(Math.max(0, last)).map((file) => this.read(file)))
    return texts.join('').slice(last < 0 ? 0 : this.position)
  }

  private async read(file: string): Promise<string> {
    return (await this.host.readBytes(file))?.toString('latin1') ?? ''
  }
}
