import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { instanceWithRegistry } from '../hooks.ts'
import { sh } from '../support.ts'

const { instance } = instanceWithRegistry()
const context = join(instance.base, 'context dir')
const lines = [
  'FROM scratch',
  'ARG VERSION=1',
  'COPY bin /bin',
  'ENV VERSION=$VERSION',
  'LABEL org.example.tier=front org.example.quote="a \\"b\\""',
  'EXPOSE 8080 53/udp',
  'HEALTHCHECK --interval=1s CMD ["/bin/busybox", "true"]',
  'CMD ["/bin/busybox", "sleep", "1000"]',
]

beforeAll(() => {
  mkdirSync(join(context, 'bin'), { recursive: true })
  sh('cp', '/bin/busybox', join(context, 'bin/busybox'))
  writeFileSync(join(context, 'Containerfile'), lines.join('\n'))
  writeFileSync(join(context, 'Broken'), 'FROM scratch\nCOPY none /\n')
})

describe('image build', () => {
  it('builds an image that a stack uses by its name, with its labels and ports in inspect and port', () => {
    const output = instance.ok('image', 'build', '--tag', 'web:2', '--build-arg', 'VERSION=2', 'context dir')
    expect(output).toMatch(/STEP 1\/8: FROM scratch[\s\S]*\nlocalhost\/web:2 built \(sha256:\w{12}\)\n$/)
    instance.stack('containers:\n  test: { image: "localhost/web:2", stop_grace_period: 0s, ports: ["18080:8080"] }\n')
    instance.apply('test.yaml', '--wait')
    expect(instance.exec('test', '/bin/busybox', 'sh', '-c', 'echo $VERSION')).toBe('2\n')
    expect(JSON.parse(instance.ok('inspect', 'test')).containers[0].imageConfig).toEqual({
      labels: expect.objectContaining({ 'org.example.tier': 'front', 'org.example.quote': 'a "b"' }),
      exposedPorts: ['53/udp', '8080/tcp'],
    })
    expect(instance.ok('port', 'test')).toBe('8080/tcp -> 127.0.0.1:18080\n53/udp (not published)\n')
    expect(JSON.parse(instance.ok('port', 'test', '--json')).exposed).toEqual([
      { container: 'test/container/test', port: 53, protocol: 'udp' },
    ])
  })

  it('is a change of the stack when it is built again with another content', () => {
    const results = instance
      .ok(
        'image',
        'build',
        '-t',
        'web:2',
        '--build-arg',
        'VERSION=3',
        '-f',
        'context dir/Containerfile',
        'context dir',
        '--json',
      )
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(results.at(-1)).toMatchObject({ image: 'localhost/web:2', result: 'built' })
    expect(results.some(({ line }) => line === 'STEP 1/8: FROM scratch')).toBe(true)
    instance.apply()
    expect(instance.exec('test', '/bin/busybox', 'sh', '-c', 'echo $VERSION')).toBe('3\n')
    instance.ok('destroy', 'test', '--yes')
  })

  it.each([
    [['--tag', 'web', 'no-folder'], 3, /usage.*no-folder is not a folder/],
    [['--tag', 'UPPER', '.'], 3, /usage.*"UPPER" is not a name/],
    [
      ['--tag', 'x', '-f', 'context dir/Broken', 'context dir'],
      1,
      /image-build-failed.*Podman could not build localhost\/x:latest/,
    ],
    [['.'], 3, /--tag/],
  ])('%j ends with exit code %d', (args, code, message) => {
    expect(instance.heropods(['image', 'build', ...args])).toMatchObject({
      code,
      stderr: expect.stringMatching(message),
    })
  })

  it('does not take the name of an imported image', () => {
    sh('tar', '-cf', join(instance.base, 'mine.tar'), '-C', context, '.')
    instance.ok('image', 'import', 'mine.tar')
    expect(instance.heropods(['image', 'build', '-t', 'mine', 'context dir'])).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/image-exists.*localhost\/mine:latest[\s\S]*image rm/),
    })
  })
})
