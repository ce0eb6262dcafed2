import { beforeEach, describe, expect, it } from 'vitest'
import {
  allRequirements,
  findProgram,
  installCommand,
  knowsFilesystem,
  missingPrograms,
  redisRequirement,
} from '../../src/host/requirements.ts'
import { RecordingHost } from './recording-host.ts'

let host: RecordingHost
beforeEach(() => {
  host = new RecordingHost()
})

const install = (...paths: readonly string[]): void => {
  for (const path of paths) host.files.set(path, {})
}
const programs = async (external = false) => (await missingPrograms(host, external)).map(({ program }) => program)

describe('a program', () => {
  it('is found in the folders of the system, the local ones first', async () => {
    expect(await findProgram(host, 'crun')).toBeUndefined()
    install('/usr/bin/crun', '/usr/local/bin/crun', '/home/me/bin/crun')
    expect(await findProgram(host, 'crun')).toBe('/usr/local/bin/crun')
  })

  it('behind a link counts, a link that leads nowhere does not', async () => {
    host.files.set('/usr/bin/crun', { kind: 'link', content: Buffer.from('/opt/crun') })
    expect(await findProgram(host, 'crun')).toBeUndefined()
    install('/opt/crun')
    expect(await findProgram(host, 'crun')).toBe('/usr/bin/crun')
  })
})

describe('the programs that every apply needs', () => {
  it('are named as far as they are missing', async () => {
    install(...allRequirements.map(({ program }) => `/usr/bin/${program}`))
    expect(await programs()).toEqual([])
    host.files.remove('/usr/bin/conmon')
    expect(await programs()).toEqual(['conmon'])
  })

  it('include a Redis, unless there is Valkey or a server of someone else', async () => {
    expect(await programs()).toContain(redisRequirement.program)
    expect(await programs(true)).not.toContain(redisRequirement.program)
    install('/usr/bin/valkey-server')
    expect(await programs()).not.toContain(redisRequirement.program)
  })

  it('are installed by the package manager of the host, each package once', async () => {
    const missing = allRequirements.filter(({ program }) => ['nsenter', 'unshare', 'iptables-save'].includes(program))
    expect(await installCommand(host, missing)).toBe('apt install iptables util-linux')
    install('/usr/bin/dnf')
    expect(await installCommand(host, missing)).toBe('dnf install iptables-nft util-linux')
    install('/usr/bin/apt-get')
    expect(await installCommand(host, missing)).toMatch(/^apt /)
  })
})

it('a file system is known if the kernel lists it', async () => {
  expect(await knowsFilesystem(host, 'overlay')).toBe(false)
  host.files.set('/proc/filesystems', { content: Buffer.from('nodev\tproc\nnodev\toverlay\n\text4\n') })
  expect(await knowsFilesystem(host, 'overlay')).toBe(true)
  expect(await knowsFilesystem(host, 'ext')).toBe(false)
})
