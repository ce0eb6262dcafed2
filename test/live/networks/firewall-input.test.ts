import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { instancePaths, shortHash } from '../../../src/host/files/paths.ts'
import { clearedInstance } from '../hooks.ts'
import { sh } from '../support.ts'

/** What reaches the firewall is of its type, and a batch of rules is done or changes nothing. */
const instance = clearedInstance()
const { id } = instancePaths(instance.environment)

const server = 'image: busybox, command: [httpd, -f, -p, "80", -h, /etc], stop_grace_period: 0s'
const stack = (name: string, subnet: string, port: string): string =>
  instance.stack(
    `networks: { lan: { subnet: ${subnet} } }\ncontainers:\n  web: { ${server}, ports: [${port}] }\n`,
    name,
  )
const rules = (): string => sh('iptables-save').replace(/\[\d+:\d+\]|^#.*$/gm, '')
/** Every rule of a stack's network, and those that lead to it. */
const chainsOf = (name: string): readonly string[] => {
  const hash = shortHash(`${name}/network/lan`, 8)
  return rules()
    .split('\n')
    .filter((rule) => rule.includes(hash))
}
const answers = async (port: number): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${port}/hostname`, { signal: AbortSignal.timeout(2000) })
  return response.text()
}

describe('an address of the host', () => {
  it('that holds more than an address is refused with its place, and no rule is written', () => {
    const before = rules()
    const hostile = '127.0.0.1/32 -j ACCEPT\\n-A INPUT -p tcp --dport 22 -j DROP\\n#'
    stack('test', '10.76.0.0/24', `{ target: 80, published: 18201, host_ip: "${hostile}" }`)
    for (const command of [
      ['validate', 'test.yaml'],
      ['diff', 'test.yaml'],
      ['apply', '--yes', 'test.yaml'],
    ]) {
      const { code, stderr } = instance.heropods(command)
      expect(code).toBe(3)
      expect(stderr).toMatch(/error\[(invalid|bad-port)\]/)
      expect(stderr).toMatch(/test\.yaml:6:\d+/)
    }
    expect(rules()).toBe(before)
  })

  it('is localhost by that name, without drift; all addresses are warned of', async () => {
    stack('test', '10.76.0.0/24', '{ target: 80, published: 18202, host_ip: localhost }, "0.0.0.0:18203:80"')
    const plan = instance.ok('diff', 'test.yaml')
    expect(plan).toMatch(/Reachable from other hosts:\n {2}test\/container\/web 0\.0\.0\.0:18203->80\/tcp/)
    expect(plan.split('from other hosts:')[1]).not.toContain('18202')
    instance.apply()
    expect(await answers(18202)).toBe('web\n')
    expect(await answers(18203)).toBe('web\n')
    expect(instance.steps()).toEqual([])
  })
})

describe('a record made by hand', () => {
  it('writes no rule, is told, keeps no other stack from its rules, and is written anew by its own', async () => {
    stack('a', '10.76.0.0/24', '"18204:80"')
    stack('b', '10.77.0.0/24', '"18205:80"')
    instance.apply('a.yaml')
    instance.apply('b.yaml')
    const file = join(instance.data, 'networks/b/lan.json')
    const record = readFileSync(file, 'utf8')
    expect(record).toContain('"host_ip":"127.0.0.1"')
    writeFileSync(
      file,
      record.replace('"host_ip":"127.0.0.1"', '"host_ip":"127.0.0.1/32\\n-A INPUT -p tcp --dport 22 -j DROP\\n#"'),
    )
    stack('a', '10.76.0.0/24', '"18206:80"')
    instance.apply('a.yaml')
    expect(rules()).not.toContain('--dport 22 ')
    expect(await answers(18206)).toBe('web\n')
    // Its rules stay as they are until its record is made anew.
    expect(await answers(18205)).toBe('web\n')
    const kept = chainsOf('b')
    instance.ok('destroy', '--yes', 'a')
    expect(await answers(18205)).toBe('web\n')
    expect(chainsOf('b')).toEqual(kept)
    instance.apply('a.yaml')
    expect(await answers(18206)).toBe('web\n')
    expect(instance.steps('a.yaml')).toEqual([])
    expect(instance.ok('diff', 'b.yaml')).toMatch(/its record cannot be used: .* is not an IPv4 address/)
    instance.apply('b.yaml')
    expect(await answers(18205)).toBe('web\n')
    expect(instance.steps('a.yaml')).toEqual([])
    expect(instance.steps('b.yaml')).toEqual([])
  })
})

describe('a batch of rules that fails', () => {
  it('changes nothing in any table, and the next run does not stumble over it', async () => {
    stack('a', '10.76.0.0/24', '"18207:80"')
    stack('b', '10.77.0.0/24', '"18208:80"')
    instance.apply('a.yaml')
    // A chain that looks like one of ours and cannot go, since someone else's leads into it: the table nat comes last.
    const [stale, other] = [`HEROPODS-${id}-stale`, 'SOMEONE-ELSE']
    const nat = (...args: string[]): string => sh('iptables', '-t', 'nat', ...args)
    nat('-N', stale)
    nat('-N', other)
    nat('-A', other, '-g', stale)
    const before = rules()
    const { code, stdout } = instance.heropods(['apply', '--yes', 'b.yaml'])
    expect(code, stdout).toBe(1)
    expect(stdout).toContain('iptables-restore')
    expect(rules()).toBe(before)
    expect(await answers(18207)).toBe('web\n')
    nat('-F', other)
    nat('-X', other)
    expect(instance.steps('a.yaml')).toEqual([])
    instance.apply('b.yaml')
    expect(await answers(18208)).toBe('web\n')
    expect(rules()).not.toContain(stale)
  })
})
