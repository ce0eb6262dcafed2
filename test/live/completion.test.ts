import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Instance } from './support.ts'

const cli = join(import.meta.dirname, '../../dist/heropods.js')
let instance: Instance
beforeAll(() => {
  instance = new Instance()
  instance.write('bin/heropods', `#!/bin/sh\nexec ${process.execPath} ${cli} "$@"\n`)
  chmodSync(join(instance.base, 'bin/heropods'), 0o755)
  instance.stack(
    'volumes: { data: }\nnetworks: { lan: }\ncontainers:\n  web: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, volumes: ["data:/d"], networks: [lan] }\n',
    'shop',
  )
  instance.apply('shop.yaml')
  instance.write('root/etc/name', 'web')
  execFileSync('tar', ['-cf', 'own.tar', '-C', 'root', '.'], { cwd: instance.base })
  instance.ok('image', 'import', 'own.tar')
  for (const shell of ['bash', 'zsh', 'fish'])
    writeFileSync(join(instance.base, `completion.${shell}`), instance.ok('completion', shell))
})
afterAll(() => instance.end())

function shell(program: string, ...args: string[]): readonly string[] {
  const { PATH } = instance.environment
  const env = { ...instance.environment, PATH: `${instance.base}/bin:${PATH}` }
  const { stdout, stderr, error } = spawnSync(program, args, {
    cwd: instance.base,
    env,
    encoding: 'utf8',
    timeout: 30_000,
  })
  if (error !== undefined)
    throw new Error(`${program} is needed for this test (npm test installs it): ${error.message}`)
  if (stderr !== '') throw new Error(stderr)
  return stdout.split('\n').filter((line) => line !== '')
}

/** Splits as Readline does: at COMP_WORDBREAKS, whose characters are words of their own. */
function bash(line: string): readonly string[] {
  const words = line.split(' ').flatMap((word) => (word === '' ? [''] : word.split(/(?<=[=:@])|(?=[=:@])/)))
  const script = `source completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMP_LINE=${JSON.stringify(line)}; COMP_POINT=\${#COMP_LINE}; _heropods 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`
  return shell('bash', '-c', script, 'bash', ...words)
}

const fish = (line: string): readonly string[] =>
  shell('fish', '--no-config', '-c', `source completion.fish; complete -C ${JSON.stringify(line)}`).map(
    (found) => found.split('\t')[0] ?? '',
  )

/** Types the line and a tab in an interactive zsh on a terminal of its own (zpty), and returns the listed candidates. */
const zsh = (line: string): readonly string[] => {
  const script = `
zmodload zsh/zpty
zpty z zsh -f -i
wait_for() { local got; while zpty -r z got '*'$1'*'; do return; done }
zpty -w z 'PS1=; autoload -Uz compinit && compinit -u -D && source ./completion.zsh; zstyle ":completion:*" verbose no; comppostfuncs=(); compadd() { builtin compadd -O hits "$@" 2>/dev/null; print -rl -- "HIT:"$^hits; builtin compadd "$@" }; _files() { print HIT:FILES }; print REA""DY'
wait_for READY
zpty -w -n z ${JSON.stringify(line)}$'\\t'
sleep 3
zpty -r -t z out
while zpty -r -t z more; do out+=$more; done
print -r -- $out
zpty -d z`
  return shell('zsh', '-f', '-c', script).flatMap((found) => /HIT:(\S+)/.exec(found.replaceAll('\r', ''))?.[1] ?? [])
}

describe('in a real shell', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['heropods des', ['destroy']],
    ['heropods volume ', ['ls', 'rm']],
    ['heropods logs --ti', ['--timestamps']],
    ['heropods destroy sho', ['shop', 'shop.yaml']],
    ['heropods logs shop/', ['shop/web']],
    ['heropods rollback ', ['1']],
    ['heropods volume rm ', ['data', 'shop/data']],
    ['heropods instance rm ', ['default']],
    ['heropods explain lock-h', ['lock-held']],
    ['heropods explain containers.mem_l', ['containers.mem_limit']],
    ['heropods apply --instance d', ['default']],
    ['heropods exec w', ['web']],
    ['heropods why shop/d', ['shop/data']],
    ['heropods fm', ['fmt']],
    ['heropods sch', ['schema']],
    ['heropods init --template we', ['web', 'webapp']],
  ]
  it.each(cases)('bash: %s', (line, expected) => expect([...bash(line)].sort()).toEqual(expected))

  it('the names of images complete the commands of images, and `run`', () => {
    for (const command of ['image rm', 'image info', 'image pull', 'run'])
      expect(bash(`heropods ${command} local`)).toEqual(['localhost/own:latest'])
  })

  it('bash: words with its own separators', () => {
    expect(bash('heropods diff @')).toContain('1')
    expect(bash('heropods apply --instance=d')).toEqual(['default'])
    expect(bash('heropods apply --instance=')).toEqual(['default'])
  })

  it('fish', () => {
    for (const [line, expected] of cases) expect([line, [...fish(line)].sort()]).toEqual([line, expected])
  })

  it('zsh', { timeout: 120_000 }, () => {
    for (const [line, expected] of cases.slice(3, 6))
      expect(zsh(line), line).toEqual(expect.arrayContaining(expected.filter((name) => !name.endsWith('.yaml'))))
  })

  it('costs no more than --help and one read', () => {
    const time = (...args: string[]): number => {
      const start = performance.now()
      instance.ok(...args)
      return performance.now() - start
    }
    // In turn, and the fastest of each: other programs of the machine only make a run longer.
    const pairs = Array.from({ length: 9 }, () => [time('__complete', 'logs', ''), time('--help')] as const)
    const [complete, help] = [Math.min(...pairs.map(([own]) => own)), Math.min(...pairs.map(([, other]) => other))]
    expect(complete).toBeLessThan(help * 1.25 + 15)
  })
})
