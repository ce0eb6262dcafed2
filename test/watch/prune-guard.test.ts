import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  destroyCommand,
  isMassDeletion,
  massDeletionCommand,
  removedBy,
} from '../../src/watch/controller/prune-guard.ts'
import { planStep } from '../specs.ts'

describe('what steps take away for good', () => {
  it('is what is deleted or let go, and not made again in the same run', () =>
    expect(
      removedBy([
        planStep('s/container/a', 'delete'),
        planStep('s/volume/b', 'release'),
        planStep('s/container/c', 'delete'),
        planStep('s/container/c', 'create'),
        planStep('s/container/d', 'update'),
        planStep('s/container/e', 'recreate'),
      ]),
    ).toEqual(['s/container/a', 's/volume/b']))
})

describe('a mass deletion', () => {
  it.each([
    [0, 0, false],
    [4, 4, false],
    [5, 5, true],
    [5, 16, true],
    // 30 % exactly is not more than 30 %.
    [6, 20, false],
    [7, 20, true],
    [300, 1000, false],
    [301, 1000, true],
  ])('%i of %i: %s', (removed, owned, answer) => expect(isMassDeletion(removed, owned)).toBe(answer))

  it('stays one where more goes, and where there is less', () =>
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), fc.nat({ max: 1000 }), fc.nat({ max: 50 }), (removed, owned, more) => {
        fc.pre(isMassDeletion(removed, owned))
        expect(isMassDeletion(removed + more, owned)).toBe(true)
        expect(isMassDeletion(removed, Math.max(0, owned - more))).toBe(true)
      }),
    ))
})

describe('the command that does it all the same', () => {
  const start = 'heropods apply --allow-mass-delete'
  it.each([
    ['default', '/srv/stacks', `${start} /srv/stacks`],
    ['test', '/srv/stacks', `${start} --instance test /srv/stacks`],
    ['default', '/srv/my stacks', `${start} '/srv/my stacks'`],
    ['default', "/srv/it's", `${start} '/srv/it'\\''s'`],
    ['default', '', `${start} ''`],
    // Branch and path are no part of the URL.
    ['default', 'https://git.example.com/ops.git main site', `${start} https://git.example.com/ops.git`],
    ['default', 'git@git.example.com:ops.git main', `${start} 'git@git.example.com:ops.git main'`],
  ])('%s, %s', (instance, source, command) => expect(massDeletionCommand(instance, source)).toBe(command))

  const sign = fc.constantFrom(...`az-_/.'"\\ $\`!*?;&|<>()#~\n\té\u2028`)

  it('names any folder so that a shell reads just that', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: sign }).map((name) => `/${name}`),
        (folder) => {
          fc.pre(!folder.includes('://'))
          const stated = massDeletionCommand('default', folder).slice(`${start} `.length)
          expect(unquoted(stated)).toBe(folder)
        },
      ),
    ))

  /** One word as a POSIX shell reads it; undefined: it is none, or means something to the shell. */
  function unquoted(word: string): string | undefined {
    const parts = word.match(/'[^']*'|\\.|[\w@%+=:,./-]/gs) ?? []
    if (parts.join('') !== word) return undefined
    return parts.map((part) => (part.startsWith("'") ? part.slice(1, -1) : part.replace(/^\\/, ''))).join('')
  }
})

it('a stack is removed by its name, in its instance', () => {
  expect(destroyCommand('default', 'keeper')).toBe('heropods destroy keeper')
  expect(destroyCommand('test', 'keeper')).toBe('heropods destroy --instance test keeper')
})
