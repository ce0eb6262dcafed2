import { join } from 'node:path'
import { readJson } from '../../host/files/json.ts'
import { mountsOfAll } from '../../host/files/mounts.ts'
import type { Paths } from '../../host/files/paths.ts'
import type { Host, HostReader } from '../../host/host.ts'
import type { Commit } from '../../model/generation.ts'
import type { SourceStatus } from '../../model/status.ts'
import { object, text } from '../../model/values/shape.ts'
import { commitShape, type FileCommit, fileCommitsShape } from './file-commits.ts'
import { GitFailure, type GitRepository } from './git-client.ts'
import { outsideLink } from './links.ts'

const noteOn = (subject: string, paths: readonly string[]): string =>
  paths.length === 0 ? '' : `; ${subject}: ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ' ...' : ''}`

/** File beside the checkouts: subject, author and time of the current commit. */
const described = 'commit.json'

/** Folder beside the checkouts: a file for each commit, with the last commits that changed files. */
const changes = 'changes'

/** File in the folder of the instance: the repository that was followed last, and the path of its stacks. */
const followed = 'followed.json'

export interface Followed {
  /** The location of the source: the URL, with branch and path if they were given. */
  readonly source: string
  readonly url: string
  /** The folder of the stacks. */
  readonly folder: string
}

const followedRecord = object<Followed>({ source: text, url: text, folder: text })

/** The repository that a watch of this instance followed last; undefined: none. */
export async function followedCheckout(host: HostReader, paths: Paths): Promise<Followed | undefined> {
  const found = await readJson<Followed>(host, join(checkoutsFolder(paths), followed), followedRecord)
  return found && (await host.stat(found.folder)) && found
}

/** The commit of the checkout that a watch of this instance followed last; undefined: unknown. */
export const followedCommit = (host: HostReader, paths: Paths): Promise<Commit | undefined> =>
  readJson<Commit>(host, join(checkoutsFolder(paths), described), commitShape)

/** The folder for commits of a followed repository. */
export const checkoutsFolder = (paths: Pick<Paths, 'data'>): string => join(paths.data, 'git')

/** The trees of commits: each `checkouts/COMMIT` is complete, and the link `current` leads to one of them. */
export class Checkouts {
  constructor(
    private readonly host: Host,
    private readonly folder: string,
  ) {}

  /** Removes incomplete trees of an earlier run, and the current tree if it is of another source. */
  async prepare(source: string): Promise<void> {
    const mark = join(this.folder, 'source.json')
    const names = await this.host.readDir(join(this.folder, 'checkouts'))
    const isOurs = (await this.host.readFile(mark)) === source
    if (!isOurs) await this.host.removeTree(join(this.folder, 'current'))
    for (const name of names.filter((one) => one.startsWith('.')))
      await this.host.removeTree(join(this.folder, 'checkouts', name))
    // Trees of another source that containers have mounted stay while these run.
    if (!isOurs) await this.removeOthers([])
    if (!isOurs) await this.host.writeFile(mark, source)
  }

  note(about: Followed): Promise<void> {
    return this.host.writeFile(join(this.folder, followed), JSON.stringify(about))
  }

  /** The commit whose tree is the current one, and its subject, author and time if they are known. */
  async currentCommit(): Promise<Pick<SourceStatus, 'revision' | 'commit'>> {
    const revision = (await this.current()) ?? null
    const commit = await readJson<Commit>(this.host, join(this.folder, described), commitShape)
    return { revision, ...(commit && commit.id === revision && { commit }) }
  }

  /** The last commits that changed files of the tree of a commit, newest first. */
  async fileCommits(commit: string): Promise<readonly FileCommit[]> {
    const path = join(this.folder, changes, `${commit}.json`)
    return (await readJson<readonly FileCommit[]>(this.host, path, fileCommitsShape)) ?? []
  }

  private async current(): Promise<string | undefined> {
    return (await this.host.readLink(join(this.folder, 'current')))?.split('/').at(-1)
  }

  /** Makes the tree of a commit the current one. Returns a note for the status. Raises `GitFailure`; then the current tree stays. */
  async activate(repository: GitRepository, commit: string, path: string): Promise<string> {
    const { links, submodules, hasPath, hasAttributes } = await repository.inspect(commit, path)
    if (!hasPath) throw new GitFailure('PathMissing', `Commit ${commit.slice(0, 12)} has no folder ${path}.`)
    const tree = join(this.folder, 'checkouts', commit)
    if ((await this.host.stat(tree)) === undefined) {
      const partial = join(this.folder, 'checkouts', `.${commit}.partial`)
      await this.host.removeTree(partial)
      await this.host.makeDir(partial)
      try {
        await repository.checkout(commit, partial)
        await this.refuseOutsideLinks(partial, links, commit)
        await this.host.rename(partial, tree)
      } finally {
        await this.host.removeTree(partial)
      }
    }
    const about = await repository.describe(commit)
    if (about !== undefined) await this.host.writeFile(join(this.folder, described), JSON.stringify(about))
    const history = JSON.stringify(await repository.fileCommits(commit))
    await this.host.writeFile(join(this.folder, changes, `${commit}.json`), history)
    const before = await this.current()
    const link = join(this.folder, '.current')
    await this.host.removeFile(link)
    await this.host.symlink(join('checkouts', commit), link)
    await this.host.rename(link, join(this.folder, 'current'))
    await this.removeOthers([commit, ...(before === undefined ? [] : [before])])
    const pointers = hasAttributes ? await repository.lfsPointers(commit) : []
    return `${noteOn('submodules are not followed', submodules)}${noteOn('files in Git LFS are not fetched', pointers)}`
  }

  /** Removes all trees but these and those that running containers have mounted. */
  private async removeOthers(needed: readonly string[]): Promise<void> {
    const recorded = await this.host.readDir(join(this.folder, changes))
    for (const name of recorded.filter((one) => !needed.includes(one.replace('.json', ''))))
      await this.host.removeFile(join(this.folder, changes, name))
    const names = (await this.host.readDir(join(this.folder, 'checkouts'))).filter((name) => !needed.includes(name))
    if (names.length === 0) return
    const mounted = await mountsOfAll(this.host)
    for (const name of names.filter((one) => !mounted.includes(`/checkouts/${one}`)))
      await this.host.removeTree(join(this.folder, 'checkouts', name))
  }

  private async refuseOutsideLinks(tree: string, paths: readonly string[], commit: string): Promise<void> {
    const links = await Promise.all(
      paths.map(async (path) => [path, (await this.host.readLink(join(tree, path))) ?? ''] as const),
    )
    const stray = outsideLink(new Map(links))
    if (stray !== undefined)
      throw new GitFailure(
        'LinkOutside',
        `Commit ${commit.slice(0, 12)} has the link ${stray} -> ${new Map(links).get(stray)}, which points outside the repository or to itself.`,
      )
  }
}
