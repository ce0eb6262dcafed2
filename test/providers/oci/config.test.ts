import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Mount } from '../../../src/model/kinds/container.ts'
import { effectiveConfig } from '../../../src/model/kinds/effective-config.ts'
import {
  isHeldOpen,
  type OciConfig,
  restartConfig,
  startConfig,
  withCompiledFilter,
} from '../../../src/providers/linux/container/oci/config.ts'
import { configText } from '../../../src/providers/linux/container/oci/config-text.ts'
import { execProcess } from '../../../src/providers/linux/container/oci/exec-process.ts'
import { ociMounts } from '../../../src/providers/linux/container/oci/mounts.ts'
import { containerSpec } from '../../specs.ts'
import { binds, bounding, bounds, devices, type OciCase, ociCases, seccomp, shielded, user } from './cases.ts'

/** Texts that an earlier version has written for the same cases: name -> text. */
const written = new Map(
  readFileSync(new URL('./config.txt', import.meta.url), 'utf8')
    .split(/^# /m)
    .slice(1)
    .map((part): [string, string] => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1).trimEnd()]),
)

const start = (name: string, { spec, image, netns, anonymous = {}, cgroups = 'hybrid', mayRaise = false }: OciCase) =>
  startConfig({
    spec,
    config: effectiveConfig(spec, image),
    owner: `s/container/${name}`,
    run: 3,
    root: '/root',
    cgroup: `/heropods/${name}-3`,
    cgroups,
    user,
    netns,
    binds,
    volumePath: () => '/volumes/data',
    anonymous,
    deep: (source) => source.startsWith('/host'),
    recursive: true,
    devices,
    bounding,
    rlimitBounds: bounds(mayRaise),
    seccomp: spec.privileged ? undefined : seccomp,
    shielded: spec.privileged ? undefined : shielded,
  })

/** As it is read from a file. */
const read = (config: OciConfig): OciConfig => JSON.parse(configText(config))

describe.each(Object.entries(ociCases))('config.json of the case %s is as earlier versions wrote it', (name, one) => {
  const { spec, cgroups = 'hybrid', mayRaise = false } = one
  const first = start(name, one)
  const again = (config: OciConfig, run: number, held: boolean) =>
    restartConfig(read(config), {
      spec: { ...spec, mem_limit: 1 << 20 },
      run,
      cgroup: `/heropods/${name}-${run}`,
      cgroups,
      rlimitBounds: bounds(!mayRaise),
      held,
    })

  it('at a start', () => expect(configText(first)).toBe(written.get(`${name}: start`)))

  it('with a compiled filter', () => {
    const text = spec.privileged ? undefined : configText(withCompiledFilter(first, Buffer.from('program')))
    expect(text).toBe(written.get(`${name}: compiled filter`))
  })

  it('at a restart, also of a container that was held open', () => {
    const held = again(first, 4, true)
    expect([first, held, again(held, 5, true), again(held, 6, false)].map(isHeldOpen)).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(configText(held)).toBe(written.get(`${name}: held`))
    expect(configText(again(held, 5, true))).toBe(written.get(`${name}: held again`))
    expect(configText(again(held, 6, false))).toBe(written.get(`${name}: restarted`))
  })

  it('for a check and for an exec', () => {
    const own = read(first).process
    expect(configText(execProcess(own, { args: ['true'], env: [], terminal: false }))).toBe(
      written.get(`${name}: check`),
    )
    const app = { name: 'app', passwd: 'app:x:7:8::/home/app:/bin/sh\n', group: 'extra:x:9:app\n' }
    const request = { args: ['id'], env: ['A=exec', 'N=1'], terminal: true, cwd: '/tmp', user: app }
    expect(configText(execProcess(own, request))).toBe(written.get(`${name}: exec`))
  })
})

describe('the text', () => {
  const process = { user: { uid: 0, gid: 0 }, args: [], cwd: '/' }
  it('has an infinite limit as 64 bits, and leaves a text of the same digits alone', () => {
    const rlimits = [{ type: 'RLIMIT_CPU', soft: 1, hard: 2 ** 64 - 1 }]
    const text = configText({ ...process, env: ['A=18446744073709552000'], rlimits })
    expect(text).toContain('"hard":18446744073709551615}')
    expect(text).toContain('"env":["A=18446744073709552000"]')
    expect(configText(JSON.parse(text))).toBe(text)
  })
})

describe('mounts', () => {
  const none = { binds: [], volumePath: () => '', anonymous: {}, deep: () => false, recursive: true }

  it('have the mount of a stack in place of a name file', () => {
    const mount: Mount = {
      type: 'bind',
      source: '/own',
      target: '/etc/hosts',
      read_only: true,
      propagation: 'rprivate',
      create_host_path: false,
    }
    const files = ['hosts', 'hostname'].map((name) => ({
      source: `/run/${name}`,
      target: `/etc/${name}`,
      read_only: true,
    }))
    const made = ociMounts(containerSpec({ mounts: [mount] }), { ...none, binds: files })
    expect(made.slice(-2).map(({ source }) => source)).toEqual(['/own', '/run/hostname'])
  })

  it('have a volume of the image below the mounts inside it', () => {
    const files = [{ source: '/secret', target: '/run/secrets/s', read_only: true }]
    const made = ociMounts(containerSpec(), {
      ...none,
      binds: files,
      anonymous: { '/run': '/folder' },
      deep: () => true,
    })
    expect(made.slice(-2).map((mount) => mount.destination)).toEqual(['/run', '/run/secrets/s'])
  })

  it('are read-only below the top only if the kernel can do it', () => {
    const cgroup = (recursive: boolean) =>
      ociMounts(containerSpec(), { ...none, recursive }).find(({ type }) => type === 'cgroup')?.options
    expect([cgroup(true)?.includes('rro'), cgroup(false)?.includes('rro')]).toEqual([true, false])
  })
})
