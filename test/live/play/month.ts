import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Desk, line } from './desk.ts'
import type { Act } from './play.ts'
import { bad, garbage } from './stated.ts'

/** What is there on the first day. `canary` is never touched. */
export const firstDay: Act = {
  name: 'the first day',
  async play(desk) {
    const more = 'networks: { air: { subnet: 10.76.0.0/24 } }\nvolumes: { nest: }\n'
    await desk.save(
      'canary.yaml',
      desk.stack('canary', [line('bird', desk.next()), line('egg', desk.next())], more),
      'in place',
    )
    await desk.save('parts/shop.yaml', desk.part('shop', 'cart', desk.next()), 'in place')
    await desk.save('files/shop.conf', `${desk.next()}\n`, 'in place')
    const config = 'include: [./parts/shop.yaml]\nconfigs: { page: { file: ./files/shop.conf } }\n'
    await desk.save(
      'shop.yaml',
      desk.stack('shop', [line('web', desk.next()), line('edge', 'conf')], config),
      'in place',
    )
    await desk.save('mail.yaml', desk.stack('mail', [line('smtp', desk.next()), line('imap', desk.next())]), 'in place')
    desk.commit('The first day')
  },
}

const edits = async (desk: Desk, file: string, key?: string): Promise<void> =>
  desk.save(file, desk.bumped(desk.read(file), key), 'in place')

const change = (tree: string, file: string, from: RegExp, to: string): void =>
  writeFileSync(join(tree, file), readFileSync(join(tree, file), 'utf8').replace(from, to))

const breaks =
  (file: string): Act['play'] =>
  (desk) =>
    desk.append(file, garbage)
const mends =
  (file: string): Act['play'] =>
  (desk) =>
    desk.save(file, desk.read(file).replace(garbage, ''), 'atomic')

/** A month of a team's life on its folder. Each act begins where the one before has ended. */
export const month: readonly Act[] = [
  {
    name: 'a container is edited, saved by rename',
    play: (desk) => desk.save('mail.yaml', desk.bumped(desk.read('mail.yaml'), 'smtp'), 'atomic'),
  },
  {
    name: 'a stack is edited, saved slowly in place',
    play: (desk) => desk.save('mail.yaml', desk.bumped(desk.read('mail.yaml')), 'slowly'),
  },
  {
    name: 'a stack is written in vim',
    play: (desk) => desk.save('blog.yaml', desk.stack('blog', [line('app', desk.next())]), 'vim'),
  },
  {
    name: 'a stack is edited in emacs',
    play: (desk) => desk.save('blog.yaml', desk.bumped(desk.read('blog.yaml')), 'emacs'),
  },
  {
    name: 'editors are open, nothing is saved',
    play(desk) {
      for (const name of ['.shop.yaml.swp', '4913', 'shop.yaml~', '#shop.yaml#', '_draft.yaml', '.shop.yaml'])
        writeFileSync(desk.path(name), `${desk.stack('draft', [line('none', 1)])}${garbage}`)
    },
  },
  {
    name: 'editors are closed, a file is saved as it was',
    async play(desk) {
      for (const name of ['.shop.yaml.swp', '4913', 'shop.yaml~', '#shop.yaml#', '_draft.yaml', '.shop.yaml'])
        desk.remove(name)
      await desk.save('shop.yaml', desk.read('shop.yaml'), 'vim')
    },
  },
  { name: 'a file is renamed', play: (desk) => desk.rename('mail.yaml', 'post.yml') },
  {
    name: 'a stack is renamed',
    play: (desk) => desk.save('blog.yaml', desk.read('blog.yaml').replace('name: blog', 'name: news'), 'atomic'),
  },
  {
    name: 'file and stack are renamed',
    play: async (desk) => {
      desk.rename('blog.yaml', 'press.yaml')
      await desk.save('press.yaml', desk.read('press.yaml').replace('name: news', 'name: press'), 'atomic')
    },
  },
  {
    name: 'a container is added',
    play: (desk) => desk.save('press.yaml', `${desk.read('press.yaml')}${line('feed', desk.next())}`, 'atomic'),
  },
  {
    name: 'a container is renamed',
    play: (desk) => desk.save('press.yaml', desk.read('press.yaml').replace('feed:', 'feeds:'), 'vim'),
  },
  {
    name: 'a container is removed',
    play: (desk) => desk.save('press.yaml', desk.read('press.yaml').replace(/ {2}feeds:.*\n/, ''), 'atomic'),
  },
  { name: 'an included file is edited', play: (desk) => edits(desk, 'parts/shop.yaml') },
  { name: 'a config file is edited', play: (desk) => desk.save('files/shop.conf', `${desk.next()}\n`, 'atomic') },
  {
    name: 'an overlay is added',
    play: (desk) => desk.save('shop.overlay.yaml', desk.overlay('shop', 'web', desk.next()), 'atomic'),
  },
  { name: 'an overlay is edited', play: (desk) => edits(desk, 'shop.overlay.yaml') },
  { name: 'an overlay is broken', play: breaks('shop.overlay.yaml'), tells: ['source.failed', 'stack.failed'] },
  { name: 'an overlay is mended', play: mends('shop.overlay.yaml'), tells: ['source.recovered'] },
  { name: 'an overlay is removed', play: (desk) => desk.remove('shop.overlay.yaml') },
  { name: 'an included file is broken', play: breaks('parts/shop.yaml'), tells: ['source.failed', 'stack.failed'] },
  { name: 'an included file is mended', play: mends('parts/shop.yaml'), tells: ['source.recovered'] },
  { name: 'a stack is broken', play: breaks('shop.yaml'), tells: ['source.failed', 'stack.failed'] },
  {
    name: 'beside a broken stack one is edited, one removed',
    async play(desk) {
      await edits(desk, 'post.yml', 'smtp')
      desk.remove('press.yaml')
    },
    tells: ['source.failed'],
  },
  { name: 'the broken stack is mended', play: mends('shop.yaml'), tells: ['source.recovered', 'stack.pruned'] },
  {
    name: 'a copy is left behind',
    play: (desk) => desk.save('post copy.yaml', desk.read('post.yml'), 'in place'),
    tells: ['source.failed', 'stack.failed'],
  },
  { name: 'the copy is removed', play: (desk) => desk.remove('post copy.yaml'), tells: ['source.recovered'] },
  {
    name: 'a bad version comes',
    play: (desk) =>
      desk.save(
        'post.yml',
        desk.read('post.yml').replace(/(smtp: .*)\[sleep, "\d+"\]/, `$1[sh, -c, "sleep 0.1; ${bad}"]`),
        'atomic',
      ),
    tells: ['stack.failed', 'stack.rolled-back'],
  },
  {
    name: 'a good version follows',
    play: (desk) =>
      desk.save('post.yml', desk.read('post.yml').replace(/\[sh, .*?\]/, `[sleep, "${desk.next()}"]`), 'atomic'),
    tells: ['stack.ready'],
  },
  {
    name: 'a branch adds, removes and changes',
    async play(desk) {
      desk.commit('Before the branch')
      desk.git('checkout', '--quiet', '-b', 'feature')
      await desk.save('wiki.yaml', desk.stack('wiki', [line('app', desk.next()), line('db', desk.next())]), 'in place')
      desk.remove('post.yml')
      await edits(desk, 'shop.yaml', 'web')
      desk.commit('Feature')
    },
  },
  { name: 'back to the main branch', play: (desk) => void desk.git('checkout', '--quiet', 'main') },
  { name: 'the branch is merged', play: (desk) => void desk.git('merge', '--quiet', 'feature') },
  { name: 'something is tried', play: (desk) => edits(desk, 'wiki.yaml', 'db') },
  { name: 'it is stashed', play: (desk) => void desk.git('stash', '--quiet') },
  { name: 'it is taken up again', play: (desk) => void desk.git('stash', 'pop', '--quiet') },
  {
    name: "a colleague's work is pulled",
    play: (desk) => desk.pull((theirs) => change(theirs, 'wiki.yaml', /(app: .*")\d+/, `$1${desk.next()}`)),
  },
  {
    name: 'a line is changed, stashed and changed again',
    async play(desk) {
      desk.commit('Before the conflict')
      await edits(desk, 'wiki.yaml', 'app')
      desk.moment()
      desk.git('stash', '--quiet')
      await edits(desk, 'wiki.yaml', 'app')
      desk.commit('Another change of the same line')
    },
  },
  {
    name: 'the stash is in conflict with it',
    play: (desk) => void expect(() => desk.git('stash', 'pop')).toThrow('Command failed'),
    tells: ['source.failed', 'stack.failed'],
  },
  {
    name: 'the conflict is resolved',
    play(desk) {
      desk.git('checkout', '--quiet', '--theirs', 'wiki.yaml')
      desk.git('add', 'wiki.yaml')
      desk.git('stash', 'drop', '--quiet')
    },
    tells: ['source.recovered'],
  },
  {
    name: 'a hundred commits come in a burst',
    async play(desk) {
      for (let count = 0; count < 100; count += 1) {
        await edits(desk, 'wiki.yaml', count % 2 === 0 ? 'app' : 'db')
        desk.commit(`Commit ${count}`)
        desk.moment()
      }
    },
  },
  {
    name: 'another tree takes the place',
    play: (desk) => desk.swap((tree) => change(tree, 'wiki.yaml', /(app: .*")\d+/, `$1${desk.next()}`)),
  },
  { name: 'the same tree under a mount', play: (desk) => desk.mount() },
  { name: 'it is unmounted', play: (desk) => desk.unmounted() },
  {
    name: 'another watch starts without it',
    play: (_, watched) => watched.anew('SIGKILL', () => undefined),
  },
  {
    name: 'it is mounted again, edited meanwhile',
    play: async (desk) => {
      desk.remounted()
      await edits(desk, 'wiki.yaml', 'app')
    },
  },
  { name: 'a tree of the disk again', play: (desk) => desk.dismount() },
  {
    name: 'the watch is ended, and a stack edited meanwhile',
    play: (desk, watched) => watched.anew('SIGTERM', () => edits(desk, 'wiki.yaml', 'db')),
  },
  {
    name: 'everything is removed',
    play(desk) {
      desk.commit('Before the accident')
      for (const name of ['canary.yaml', 'shop.yaml', 'wiki.yaml']) rmSync(desk.path(name))
    },
    tells: ['stack.held'],
  },
  { name: 'and comes back', play: (desk) => void desk.git('checkout', '--quiet', '--', '.'), tells: ['stack.ready'] },
  { name: 'a stack is removed', play: (desk) => desk.remove('wiki.yaml') },
]
