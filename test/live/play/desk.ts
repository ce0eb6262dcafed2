import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sh } from '../support.ts'
import { garbage } from './stated.ts'

/** How editors and people write a file. */
export type Saving = 'atomic' | 'in place' | 'slowly' | 'vim' | 'emacs'

const head = (stack: string, kind = 'Stack'): string =>
  `apiVersion: heropods/v1\nkind: ${kind}\nmetadata: { name: ${stack} }\n`
const reconcile = 'reconcile: { monitor: 300ms, interval: 5s }\n'

/** A line of a container that runs a version; `conf`: the one that its config names. */
export const line = (key: string, version: number | 'conf'): string =>
  version === 'conf'
    ? `  ${key}: { image: busybox, command: [sh, -c, "exec sleep $$(cat /page)"], configs: [page], stop_grace_period: 0s }\n`
    : `  ${key}: { image: busybox, command: [sleep, "${version}"], stop_grace_period: 0s }\n`

/** A team's folder of stacks, as people and their programs work on it: a git repository behind a link, on a file system of its own. */
export class Desk {
  private readonly disk: string
  private trees = 0
  private last = 100_000

  constructor(
    private readonly base: string,
    readonly folder: string,
    /** Called after each state that may have stood long enough to count. */
    readonly moment: () => void,
  ) {
    this.disk = join(base, 'disk')
    mkdirSync(this.disk)
    sh('mount', '-t', 'tmpfs', 'tmpfs', this.disk)
    rmSync(folder, { recursive: true })
    mkdirSync(join(this.disk, 'tree0'))
    symlinkSync(join(this.disk, 'tree0'), folder)
    this.git('init', '--quiet', '--initial-branch', 'main')
  }

  close(): void {
    this.unmount(join(this.base, 'mounted'))
    this.unmount(this.disk)
  }

  /** A version that no container had before. */
  next(): number {
    this.last += 1
    return this.last
  }

  path = (name: string): string => join(this.folder, name)
  read = (name: string): string => readFileSync(this.path(name), 'utf8')
  has = (name: string): boolean => existsSync(this.path(name))
  remove = (name: string): void => rmSync(this.path(name))
  rename = (from: string, to: string): void => renameSync(this.path(from), this.path(to))

  stack(name: string, lines: readonly string[], more = ''): string {
    return `${head(name)}${reconcile}${more}containers:\n${lines.join('')}`
  }

  overlay(stack: string, key: string, version: number): string {
    return `${head(stack, 'Overlay')}containers:\n  ${key}: { command: [sleep, "${version}"] }\n`
  }

  part(stack: string, key: string, version: number): string {
    return `${head(stack)}containers:\n${line(key, version)}`
  }

  /** Gives containers of a text new versions: all of them, or one. */
  bumped(text: string, key = '\\w+'): string {
    const pattern = new RegExp(`^(  ${key}: \\{.*\\[sleep, ")\\d+`, 'gm')
    return text.replace(pattern, (_, before: string) => `${before}${this.next()}`)
  }

  async save(name: string, text: string, how: Saving): Promise<void> {
    const path = this.path(name)
    mkdirSync(dirname(path), { recursive: true })
    const beside = (other: string): string => join(dirname(path), other)
    const [own] = name.split('/').slice(-1) as [string]
    if (how === 'in place') writeFileSync(path, text)
    else if (how === 'slowly') await this.saveSlowly(path, text)
    else if (how === 'atomic') {
      writeFileSync(beside(`.${own}.new`), text)
      renameSync(beside(`.${own}.new`), path)
    } else if (how === 'vim') {
      writeFileSync(beside(`.${own}.swp`), 'b0VIM 9.0')
      writeFileSync(beside('4913'), '')
      unlinkSync(beside('4913'))
      if (existsSync(path)) renameSync(path, `${path}~`)
      await this.saveSlowly(path, text)
      rmSync(`${path}~`, { force: true })
      unlinkSync(beside(`.${own}.swp`))
    } else {
      symlinkSync('root@host.1:1', beside(`.#${own}`))
      writeFileSync(beside(`#${own}#`), `${text}${garbage}`)
      if (existsSync(path)) writeFileSync(`${path}~`, readFileSync(path))
      writeFileSync(path, text)
      unlinkSync(beside(`#${own}#`))
      unlinkSync(beside(`.#${own}`))
    }
  }

  /** Truncates, then writes piece by piece: none but the last state is meant. */
  private async saveSlowly(path: string, text: string): Promise<void> {
    const file = openSync(path, 'w')
    for (let position = 0; position < text.length; position += 60) {
      await delay(10)
      writeSync(file, text.slice(position, position + 60))
    }
    closeSync(file)
  }

  append = (name: string, text: string): void => appendFileSync(this.path(name), text)

  git(...args: readonly string[]): string {
    return this.gitIn(this.folder, ...args)
  }

  private gitIn(folder: string, ...args: readonly string[]): string {
    const who = ['-c', 'user.name=Team', '-c', 'user.email=team@example.org', '-c', 'gc.auto=0']
    const env = { PATH: process.env.PATH, HOME: this.base, GIT_CONFIG_NOSYSTEM: '1' }
    return execFileSync('git', [...who, ...args], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' })
  }

  commit(message: string): void {
    this.git('add', '--all')
    this.git('commit', '--quiet', '--allow-empty', '--message', message)
  }

  /** What a colleague has pushed meanwhile is pulled. */
  pull(work: (folder: string) => void): void {
    const [origin, theirs] = [join(this.base, 'origin.git'), join(this.base, 'theirs')]
    this.commit('Before the pull')
    this.gitIn(this.base, 'clone', '--quiet', '--bare', join(this.folder, '.git'), origin)
    this.gitIn(this.base, 'clone', '--quiet', origin, theirs)
    work(theirs)
    this.gitIn(theirs, 'commit', '--quiet', '--all', '--message', 'Theirs')
    this.gitIn(theirs, 'push', '--quiet', 'origin', 'HEAD')
    this.git('pull', '--quiet', '--no-rebase', origin, this.git('branch', '--show-current').trim())
    for (const folder of [origin, theirs]) rmSync(folder, { recursive: true })
  }

  /** Another tree takes the folder's place in one step, as releases do. */
  swap(work: (tree: string) => void): void {
    this.trees += 1
    const tree = join(this.disk, `tree${this.trees}`)
    sh('cp', '--archive', realpathSync(this.folder), tree)
    work(tree)
    this.lead(tree)
  }

  private lead(to: string): void {
    symlinkSync(to, `${this.folder}.new`)
    renameSync(`${this.folder}.new`, this.folder)
  }

  /** The same tree under a mount of its own, that can be taken away. */
  mount(): void {
    const at = join(this.base, 'mounted')
    mkdirSync(at, { recursive: true })
    sh('mount', '--bind', realpathSync(this.folder), at)
    this.lead(at)
  }

  /** The link leads to a tree of the disk again. */
  dismount(): void {
    this.swap(() => undefined)
    this.unmounted()
  }

  unmounted(): void {
    sh('umount', join(this.base, 'mounted'))
  }

  remounted(): void {
    sh('mount', '--bind', join(this.disk, `tree${this.trees}`), join(this.base, 'mounted'))
  }

  private unmount(at: string): void {
    const mounted = readFileSync('/proc/self/mountinfo', 'utf8').includes(` ${at} `)
    if (mounted) sh('umount', at)
  }
}
