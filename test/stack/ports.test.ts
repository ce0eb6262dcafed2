import { describe, expect, it } from 'vitest'
import type { Port, StackFile } from '../../src/generated/stack-file.ts'
import { SensitiveValues } from '../../src/model/sensitive.ts'
import { Problems } from '../../src/stack/check/problem.ts'
import { normalisePorts } from '../../src/stack/normalise/container/ports.ts'
import type { Context } from '../../src/stack/normalise/context.ts'

function read(...ports: Port[]) {
  const problems = new Problems()
  const context: Context = {
    stack: 's',
    data: {} as StackFile,
    problems,
    sensitive: new SensitiveValues(Buffer.alloc(32)),
    readFile: () => Buffer.alloc(0),
    variable: () => undefined,
  }
  return { published: normalisePorts(context, 'web', ports), problems: problems.all }
}
const one = (port: Port): string => {
  const { published, problems } = read(port)
  expect(problems).toEqual([])
  return published.map((at) => `${at.host_ip}:${at.published}->${at.target}/${at.protocol}`).join(' ')
}
const long = (host_ip: string): Port => ({ target: 80, published: 8080, host_ip })

describe('a published port', () => {
  const forms: readonly (readonly [Port, string])[] = [
    ['8080:80', '127.0.0.1:8080->80/tcp'],
    [':8080:80', '127.0.0.1:8080->80/tcp'],
    ['localhost:8080:80', '127.0.0.1:8080->80/tcp'],
    ['127.0.0.53:8080:80/udp', '127.0.0.53:8080->80/udp'],
    ['0.0.0.0:8080:80', '0.0.0.0:8080->80/tcp'],
    ['198.51.100.2:8080-8081:80-81/udp', '198.51.100.2:8080->80/udp 198.51.100.2:8081->81/udp'],
    ['80:80/TCP', '127.0.0.1:80->80/tcp'],
    ['8080:80/Udp', '127.0.0.1:8080->80/udp'],
    [long('localhost'), '127.0.0.1:8080->80/tcp'],
    [long(''), '127.0.0.1:8080->80/tcp'],
    [{ target: '80', published: '8080', public: true }, '0.0.0.0:8080->80/tcp'],
    [{ target: '80', published: 8080, host_ip: '0.0.0.0', public: true, protocol: 'udp' }, '0.0.0.0:8080->80/udp'],
  ]
  for (const [stated, meant] of forms)
    it(`${JSON.stringify(stated)} is ${meant}`, () => expect(one(stated)).toBe(meant))

  const hostile: readonly (readonly [string, RegExp])[] = [
    ['127.0.0.1/32 -j ACCEPT\n-A INPUT -p tcp --dport 22 -j DROP\n#', /not an IPv4 address of the host/],
    ['127.0.0.1 -j ACCEPT', /not an IPv4 address of the host/],
    ['127.0.0.1\n', /not an IPv4 address of the host/],
    ['127.0.0.1,0.0.0.0', /names several addresses/],
    ['127.0.0.1/8', /not an IPv4 address of the host/],
    ['! 127.0.0.1', /not an IPv4 address of the host/],
    ['0.0.0.0/0', /not an IPv4 address of the host/],
    ['0', /not an IPv4 address of the host/],
    ['127.1', /not an IPv4 address of the host/],
    ['0x7f000001', /not an IPv4 address of the host/],
    ['127.0.0.01', /not an IPv4 address of the host/],
    ['127.0.0.256', /not an IPv4 address of the host/],
    ['example.org', /not an IPv4 address of the host/],
    ['*', /not an IPv4 address of the host/],
    ['::1', /no IPv6 yet/],
    ['[::1]', /no IPv6 yet/],
    ['::', /no IPv6 yet/],
    ['::ffff:127.0.0.1', /no IPv6 yet/],
    ['224.0.0.1', /not an address that a host can have/],
    ['255.255.255.255', /not an address that a host can have/],
    ['0.0.0.1', /not an address that a host can have/],
  ]
  for (const [host, told] of hostile) {
    it(`is refused on ${JSON.stringify(host)}, in both forms and at its place`, () => {
      for (const [stated, path] of [
        [long(host), ['containers', 'web', 'ports', 0, 'host_ip']],
        [`${host}:8080:80`, ['containers', 'web', 'ports', 0]],
      ] as const) {
        const { published, problems } = read(stated)
        expect(published).toEqual([])
        expect(problems).toHaveLength(1)
        expect(problems[0]).toMatchObject({ code: 'bad-port', location: { path } })
        expect(problems[0]?.message).toMatch(told)
        expect(problems[0]?.message).not.toContain('\n')
      }
    })
  }

  for (const wrong of [
    '0:80',
    '8080:0',
    '65536:80',
    '80:http',
    '80:80/sctp',
    '80 -j X:80',
    '80:80\n',
    '1:2:3:',
    '-1:80',
    '',
  ])
    it(`${JSON.stringify(wrong)} is not one`, () => {
      const { published, problems } = read(wrong)
      expect(published).toEqual([])
      expect(problems.map(({ code }) => code)).toEqual(['bad-port'])
    })

  for (const [stated, told] of [
    ['8080:80/', /nothing after its `\/`/],
    ['80/', /nothing after its `\/`/],
    ['80:80/sctp', /"sctp" of "80:80\/sctp" is neither tcp nor udp/],
  ] as const)
    it(`${JSON.stringify(stated)} is told what is wrong with its protocol`, () =>
      expect(read(stated).problems[0]?.message).toMatch(told))

  it('may stand on the gateway of a network, which is an address of the host', () =>
    expect(one(long('\u0001ref:s/network/lan#gateway\u0002'))).toContain('#gateway'))

  it('is not stated on what is sensitive, nor does a refusal say it', () => {
    const { problems } = read(long(`\u0001sensitive:${'0'.repeat(64)}\u0002`))
    expect(problems[0]?.message).toContain('(sensitive)')
  })
})
