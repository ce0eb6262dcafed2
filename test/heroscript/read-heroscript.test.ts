import { describe, expect, it } from 'vitest'
import { heroActionNames, readHeroScript } from '../../src/heroscript/read-heroscript.ts'
import { HeroPodsError } from '../../src/model/errors.ts'
import { cases } from './read-heroscript.cases.ts'

const read = (script: string) => readHeroScript(script, 'test.heroscript')

/** The errors of a script: code and place. */
function errorsOf(script: string): readonly (readonly [string, string])[] {
  try {
    read(script)
  } catch (error) {
    if (!(error instanceof HeroPodsError)) throw error
    expect(error.refused).toBe(true)
    return error.diagnostics.map(({ code, place, hint }) => {
      expect(place?.file).toBe('test.heroscript')
      expect(hint).toBeTruthy()
      return [code, `${place?.line}:${place?.column}`]
    })
  }
  return []
}

/** The actions of a script with the parameters that it contains. */
const actionsOf = (script: string) =>
  read(script).map(({ action, parameters, places, heropods }) => [
    action,
    Object.fromEntries(
      Object.keys(places).map((key) => [
        key,
        key === 'heropods' ? heropods : Object.entries(parameters).find(([name]) => name === key)?.[1],
      ]),
    ),
  ])

describe('scripts of the acceptance table', () => {
  it.each(cases.filter(({ actions }) => actions))('$is', ({ script, actions }) => {
    expect(actionsOf(script)).toEqual(actions)
  })
  it.each(cases.filter(({ errors }) => errors))('$is: refused', ({ script, errors }) => {
    expect(errorsOf(script)).toEqual(errors)
  })
  it('are at least ninety', () => expect(cases.length).toBeGreaterThan(90))
})

describe('defaults', () => {
  it('are those of the original', () => {
    const script = ['configure', 'enable_mycelium', 'container_new name:c', 'container_start name:c']
      .concat(['container_exec name:c cmd:ls', 'container_stop name:c', 'container_delete name:c'])
      .map((line) => `!!heropods.${line}`)
    const actions = read(script.join('\n'))
    expect(actions.map(({ action }) => action)).toEqual(heroActionNames)
    expect(actions.map(({ parameters }) => parameters)).toEqual([
      { name: 'default', reset: false, use_podman: true },
      {},
      { name: 'c', image: 'alpine_3_20', custom_image_name: '', docker_url: '', reset: false },
      { name: 'c', keep_alive: false },
      { name: 'c', cmd: 'ls', stdout: true },
      { name: 'c' },
      { name: 'c' },
    ])
  })
})

describe('places', () => {
  it('are those of the action and of each key, in the file as it is', () => {
    const [stop] = read('\n    // why\r\n\t!!heropods.container_stop heropods:i\r\n      name:web')
    expect(stop?.heropods).toBe('i')
    expect(stop?.place).toMatchObject({ line: 3, column: 2, quote: '\t!!heropods.container_stop heropods:i' })
    expect(stop?.places.name).toMatchObject({ line: 4, column: 7 })
  })
  it('are those of the first control character of a line', () => {
    expect(errorsOf('!!heropods.container_exec name:c cmd:"a\u0000b"\n  // \u001b[2J')).toEqual([
      ['control-character', '1:40'],
      ['control-character', '2:6'],
    ])
  })
})

describe('comments', () => {
  it('at the first column do not end an action', () => {
    expect(actionsOf('!!heropods.container_new\n  name:c\n// why\n<!-- x -->\n  image:custom')).toEqual([
      ['container_new', { name: 'c', image: 'custom' }],
    ])
  })
  it('end a line of a list', () => {
    expect(actionsOf('!!heropods.configure dns_servers:[1.1.1.1, // one\n  9.9.9.9 // two\n  ]')).toEqual([
      ['configure', { dns_servers: ['1.1.1.1', '9.9.9.9'] }],
    ])
  })
  it('are text in a quoted value', () => {
    expect(actionsOf("!!heropods.container_exec name:c cmd:'a\n  // b\n\n  c'")).toEqual([
      ['container_exec', { name: 'c', cmd: 'a // b c' }],
    ])
  })
})

describe('lists', () => {
  it.each([
    ['1.1.1.1, fd00::1', ['1.1.1.1', 'fd00::1']],
    ['[fe80::1,fd00::2]', ['fe80::1', 'fd00::2']],
    ['1.1.1.1\n  , 9.9.9.9', ['1.1.1.1', '9.9.9.9']],
    ['\'[1.1.1.1, "9.9.9.9"]\'', ['1.1.1.1', '9.9.9.9']],
    ['\'a,b\', "c"', ['a,b', 'c']],
  ])('%s', (text, items) => {
    expect(actionsOf(`!!heropods.configure dns_servers:${text}`)).toEqual([['configure', { dns_servers: items }]])
  })
  it.each([
    [',1.1.1.1', 'empty-item', '1:34'],
    ['[1.1.1.1,,9.9.9.9]', 'empty-item', '1:43'],
    ['[1.1.1.1,]', 'empty-item', '1:42'],
    ['[1.1.1.1, reset:yes', 'unterminated-list', '1:34'],
    ['[1.1.1.1\n  reset:yes]', 'unterminated-list', '1:34'],
  ] as const)('%s: refused', (text, code, place) => {
    expect(errorsOf(`!!heropods.configure dns_servers:${text}`)).toEqual([[code, place]])
  })
})

describe('blocks', () => {
  it('keep tabs, backslashes and inner indentation', () => {
    const script =
      "!!heropods.container_exec name:c\n  cmd:'\n\tcat <<E\n\t\ta\\'b\\\\n  \n      two\n\tE\n'\n  stdout:no"
    expect(actionsOf(script)).toEqual([
      ['container_exec', { name: 'c', cmd: "cat <<E\n\ta\\'b\\\\n  \n  two\nE", stdout: false }],
    ])
  })
  it('may be empty', () => {
    expect(actionsOf("!!heropods.container_exec name:c cmd:'''\n\n  '")[0]).toEqual([
      'container_exec',
      { name: 'c', cmd: '' },
    ])
  })
})

describe('after a syntax error', () => {
  it('reading goes on at the next action, not at a line of a block', () => {
    const script = "!!heropods.container_exec na-me:c\n  cmd:'\n    !!x\n  '\n!!heropods.container_stop name :c"
    expect(errorsOf(script)).toEqual([
      ['bad-key', '1:27'],
      ['space-before-colon', '5:31'],
    ])
  })
  it('names and values are not checked', () => {
    expect(errorsOf('!!heropods.container_stp name:c\nstray')).toEqual([['stray-text', '2:1']])
  })
})

describe('messages', () => {
  const messageOf = (script: string): string => {
    try {
      read(script)
    } catch (error) {
      if (error instanceof HeroPodsError) return error.diagnostics.map((one) => `${one.message} ${one.hint}`).join('\n')
    }
    return ''
  }
  it.each([
    ['!!heropods.container_stp name:c', 'Did you mean "heropods.container_stop"?'],
    ['!!heropods.container_new name:c imge:custom', 'Did you mean "image"?'],
    ['!!heropods.container_new name:c image:alpin_3_20', 'Did you mean "alpine_3_20"?'],
    ['!!heropods.configure base_dir:/x', 'HEROPODS_DIR'],
    ['!!play.include path:x', '`include:`'],
    ['!!heropods.container_new docker-url:x', '`docker_url`'],
    ['!!heropods.container_stop\nname:c', 'two blanks'],
    ['!!heropods.container_exec name:c cmd:ls, pwd', "`cmd:'ls, pwd'`"],
  ])('%s', (script, hint) => expect(messageOf(script)).toContain(hint))
})

it('a script of 20,000 actions is read in a moment', () => {
  const script = Array.from({ length: 20_000 }, (_, index) => `!!heropods.container_stop name:c${index}`).join('\n')
  const started = performance.now()
  expect(read(script)).toHaveLength(20_000)
  expect(performance.now() - started).toBeLessThan(3000)
})
