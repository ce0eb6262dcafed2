import { readdirSync } from 'node:fs'
import { type Desk, line, type Saving } from './desk.ts'
import type { Act } from './play.ts'
import { bad, garbage } from './stated.ts'

/** Numbers from 0 to below `below`; the same seed gives the same ones. */
export type Random = (below: number) => number

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const savings: readonly Saving[] = ['atomic', 'in place', 'slowly', 'vim', 'emacs']
const names = ['ant', 'bee', 'cat', 'dog', 'elk', 'fox', 'gnu', 'hen', 'owl', 'yak']

/** What may be done at random. */
export class Turn {
  constructor(
    readonly desk: Desk,
    readonly random: Random,
  ) {}

  pick = <T>(from: readonly T[]): T => from[this.random(from.length)] as T

  /** Stacks of the play, one a file; `canary.yaml` and `shop.yaml` stay as they are. */
  files = (): readonly string[] =>
    readdirSync(this.desk.folder).filter((file) =>
      names.some((name) => file.startsWith(name) && file.endsWith('.yaml')),
    )

  unused = (): string => {
    const taken = this.files().map((file) => `${file} ${this.desk.read(file)}`)
    return this.pick(names.filter((name) => !taken.some((one) => one.includes(name))))
  }

  save = (file: string, text: string): Promise<void> => this.desk.save(file, text, this.pick(savings))

  async edit(file = this.pick(this.files()), key = this.pick(['one', 'two', '\\w+'])): Promise<void> {
    await this.save(file, this.desk.bumped(this.desk.read(file), key))
  }

  add(): Promise<void> {
    const name = this.unused()
    return this.save(`${name}.yaml`, this.desk.stack(name, [line('one', this.desk.next())]))
  }

  async switchContainer(file = this.pick(this.files())): Promise<void> {
    const text = this.desk.read(file)
    await this.save(
      file,
      text.includes('  two:') ? text.replace(/ {2}two:.*\n/, '') : text + line('two', this.desk.next()),
    )
  }

  async renameStack(file = this.pick(this.files())): Promise<void> {
    await this.save(file, this.desk.read(file).replace(/name: \w+/, `name: ${this.unused()}`))
  }

  remove(file = this.pick(this.files())): void {
    this.desk.remove(file)
  }

  /** Gives a container of a stack a version that stays up, or one that does not. */
  async runs(file: string, how: 'well' | 'badly'): Promise<void> {
    const command = how === 'well' ? `[sleep, "${this.desk.next()}"]` : `[sh, -c, "sleep 0.1; ${bad}"]`
    await this.save(file, this.desk.read(file).replace(/(one: .*command: )\[.*?\]/, `$1${command}`))
  }

  async tune(): Promise<void> {
    const { desk } = this
    if (this.random(2) === 0) await this.save('files/shop.conf', `${desk.next()}\n`)
    else await this.save('parts/shop.yaml', desk.bumped(desk.read('parts/shop.yaml')))
  }

  /** Something small, whatever it is, but to this file. `keeps`: no stack goes, too many at once are held back. */
  async something({ spared, keeps = false }: { spared?: string | undefined; keeps?: boolean } = {}): Promise<void> {
    const files = this.files().filter((file) => file !== spared)
    const file = this.pick(files)
    if (files.length < 2) return this.add()
    if (files.length > 4) return keeps ? this.edit(file) : this.remove(file)
    const gentle = [
      () => this.edit(file),
      () => this.edit(file),
      () => this.add(),
      () => this.switchContainer(file),
      () => this.tune(),
    ]
    await this.pick(keeps ? gentle : [...gentle, () => this.renameStack(file), async () => this.remove(file)])()
  }
}

type Scene = (turn: Turn) => readonly Act[]

const simple: Scene = (turn) => [{ name: 'something', play: () => turn.something() }]

const scenes: readonly Scene[] = [
  simple,
  simple,
  simple,
  simple,
  (turn) => [
    {
      name: 'two things at once',
      async play() {
        await turn.something()
        turn.desk.moment()
        await turn.something()
      },
    },
  ],
  (turn) => {
    const file = turn.pick(turn.files())
    const mend = { name: `${file} is mended`, play: () => turn.save(file, turn.desk.read(file).replace(garbage, '')) }
    return [
      {
        name: `${file} is broken`,
        play: ({ append }) => append(file, garbage),
        tells: ['source.failed', 'stack.failed'],
      },
      { name: 'a config changes beside it', play: () => turn.tune(), tells: ['source.failed'] },
      { ...mend, tells: ['source.recovered'] },
    ]
  },
  (turn) => {
    const file = turn.pick(turn.files())
    return [
      {
        name: `${file} gets a bad version`,
        play: () => turn.runs(file, 'badly'),
        tells: ['stack.failed', 'stack.rolled-back'],
      },
      { name: `${file} gets a good one`, play: () => turn.runs(file, 'well'), tells: ['stack.ready'] },
    ]
  },
  (turn) => {
    const { desk } = turn
    const branch = `branch${desk.next()}`
    return [
      {
        name: 'a branch',
        async play() {
          desk.commit('Before the branch')
          desk.git('checkout', '--quiet', '-b', branch)
          await turn.something()
          desk.commit('Work')
        },
      },
      { name: 'back to the main branch', play: () => void desk.git('checkout', '--quiet', 'main') },
      { name: 'the merge', play: () => void desk.git('merge', '--quiet', branch) },
    ]
  },
  (turn) => {
    const { desk } = turn
    return [
      {
        name: 'a try',
        play() {
          desk.commit('Before the try')
          return turn.edit(undefined, 'one')
        },
      },
      { name: 'the stash', play: () => void desk.git('stash', '--quiet') },
      { name: 'the stash again', play: () => void desk.git('stash', 'pop', '--quiet') },
    ]
  },
  (turn) => [
    {
      name: 'a burst',
      async play(desk) {
        for (let count = turn.random(40); count >= 0; count -= 1) {
          await turn.edit()
          desk.commit('Burst')
          desk.moment()
        }
      },
    },
  ],
  () => [{ name: 'a swap', play: (desk) => desk.swap(() => undefined) }],
  (turn) => [
    { name: 'a mount', play: (desk) => desk.mount() },
    { name: 'no mount', play: (desk) => desk.unmounted() },
    {
      name: 'the mount again',
      async play(desk) {
        desk.remounted()
        await turn.edit()
      },
    },
    { name: 'no mount needed', play: (desk) => desk.dismount() },
  ],
  (turn) => [
    {
      name: 'another watch',
      play: (_, watched) => watched.anew(turn.pick(['SIGTERM', 'SIGKILL']), () => turn.something()),
    },
  ],
]

/** What a team might do next on this desk. */
export function randomScene(desk: Desk, random: Random): readonly Act[] {
  const turn = new Turn(desk, random)
  return turn.files().length < 2 ? simple(turn) : turn.pick(scenes)(turn)
}
