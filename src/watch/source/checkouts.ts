import { join } from 'node:path'
import { readJson } from '../../host/files/json.ts'
import { mountsOfAll } from '../../host/files/mounts.ts'
import type { Paths } from '../../host/files/paths.ts'
import type { Host, HostReader } from '../../host/host.ts'
import { object, text } from '../../model/values/shape.ts'
import { type GitRepository, GitTrouble } from './git-repository.ts'
import { strayLink } from './links.ts'

const noted = (what: string, paths: readonly string[]): string =>
  paths.length === 0 ? '' : `; ${what}: ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ' ...' : ''}`

/** Says, in the instance's folder, which repository was followed last and where its stacks lie. */
const followed = 'followed.json'

export interface Followed {
  /** As watch calls the source: the URL, with branch and path where they are stated. */
  readonly source: string
  readonly url: string
  /** Of the stacks. */
  readonly folder: string
}

const followedRecord = object<Followed>({ source: text, url: text, folder: text })

/** The repository that a watch of this instance followed last; undefined: none. */
export async function followedCheckout(host: HostReader, paths: Paths): Promise<Followed | undefined> {
  const found = await readJson<Followed>(host, join(checkoutsFolder(paths), followed), followedRecord)
  return found && (await host.stat(found.folder)) && found
}

/** Where the commits of a followed repository lie. */
export const checkoutsFolder = (paths: Paths): string => join(paths.data, 'git')

/** The trees of commits: `checkouts/COMMIT` is whole, `current` leads to one of them. */
export class Checkouts {
  constructor(
    private readonly host: Host,
    private readonly folder: string,
  ) {}

  /** Takes up what an earlier run left; what another source left is not this one's last good state. */
  async takeUp(source: string): Promise<void> {
    const mark = join(this.folder, 'source.json')
    const names = await this.host.readDir(join(this.folder, 'checkouts'))
    const isOurs = (await this.host.readFile(mark)) === source
    if (!isOurs) await this.host.removeTree(join(this.folder, 'current'))
    for (const name of names.filter((one) => one.startsWith('.')))
      await this.host.removeTree(join(this.folder, 'checkouts', name))
    // What containers have mounted of another source's trees stays for as long as they run.
    if (!isOurs) await this.removeOthers([])
    if (!isOurs) await this.host.writeFile(mark, source)
  }

  note(about: Followed): Promise<void> {
    return this.host.writeFile(join(this.folder, followed), JSON.stringify(about))
  }

  async current(): Promise<string | undefined> {
    return (await this.host.readLink(join(this.folder, 'current')))?.split('/').at(-1)
  }

  /** Makes a commit's tree the current one and answers what is to be noted about it. Raises `GitTrouble`, with the tree before left in place. */
  async take(repository: GitRepository, commit: string, path: string): Promise<string> {
    const { links, submodules, hasPath, hasAttributes } = await repository.survey(commit, path)
    if (!hasPath) throw new GitTrouble('PathMissing', `Commit ${commit.slice(0, 12)} has no folder ${path}.`)
    const tree = join(this.folder, 'checkouts', commit)
    if ((await this.host.stat(tree)) === undefined) {
      const partial = join(this.folder, 'checkouts', `.${commit}.partial`)
      await this.host.removeTree(partial)
      await this.host.makeDir(partial)
      try {
        await repository.checkout(commit, partial)
        await this.refuseStray(partial, links, commit)
        await this.host.rename(partial, tree)
      } finally {
        await this.host.removeTree(partial)
      }
    }
    const before = await this.current()
    const link = join(this.folder, '.current')
    await this.host.removeFile(link)
    await this.host.symlink(join('checkouts', commit), link)
    await this.host.rename(link, join(this.folder, 'current'))
    await this.removeOthers([commit, ...(before === undefined ? [] : [before])])
    const pointers = hasAttributes ? await repository.lfsPointers(commit) : []
    return `${noted('submodules are not followed', submodules)}${noted('files that Git LFS keeps are not fetched', pointers)}`
  }

  /** A container keeps the folder that it was started with, for as long as it runs. */
  private async removeOthers(kept: readonly string[]): Promise<void> {
    const names = (await this.host.readDir(join(this.folder, 'checkouts'))).filter((name) => !kept.includes(name))
    if (names.length === 0) return
    const mounted = await mountsOfAll(this.host)
    for (const name of names.filter((one) => !mounted.includes(`/checkouts/${one}`)))
      await this.host.removeTree(join(this.folder, 'checkouts', name))
  }

  private async refuseStray(tree: string, paths: readonly string[], commit: string): Promise<void> {
    const links = await Promise.all(
      paths.map(async (path) => [path, (await this.host.readLink(join(tree, path))) ?? ''] as const),
    )
    const stray = strayLink(new Map(links))
    if (stray !== undefined)
      throw new GitTrouble(
        'LinkOutside',
        `Commit ${commit.slice(0, 12)} has the link ${stray} -> ${new Map(links).get(stray)}, which leads out of the repository or in a circle.`,
      )
  }
}
