import { describe, expect, it } from 'vitest'
import { parseMountinfo } from '../../../src/host/files/mounts.ts'
import type { VolumeMount } from '../../../src/model/kinds/volume.ts'
import { ensureVolumes, eraseVolume, removeVolumes } from '../../../src/providers/linux/volume/apply.ts'
import { diffVolume } from '../../../src/providers/linux/volume/diff.ts'
import { mountArguments, mountFault, serverOf } from '../../../src/providers/linux/volume/mount-text.ts'
import { observeVolumes } from '../../../src/providers/linux/volume/observe.ts'
import { volumePath } from '../../../src/providers/linux/volume/paths.ts'
import { volumePreflight } from '../../../src/providers/linux/volume/preflight.ts'
import { withFileSystems } from '../../../src/providers/linux/volume/resolve.ts'
import { RecordingHost, type Script } from '../../host/recording-host.ts'
import { paths, writeContext } from '../../host/write-context.ts'

const nfs: VolumeMount = { type: 'nfs', device: '10.0.0.1:/data', o: 'rw,nfsvers=4.2' }
const address = 's/volume/shared'
const path = volumePath(paths, address)
const spec = { protect: false, labels: {}, driver_opts: nfs }
const line = `55 30 0:44 / ${path} rw,relatime - nfs4 10.0.0.1:/data rw,vers=4.2`

/** A host whose kernel can mount NFS. `stderr`: of a mount(8) that fails. */
function host(stderr?: string): RecordingHost {
  const script: Script = ({ program }, one) => {
    const mounts = '/proc/self/mountinfo'
    if (program === 'mount' && stderr === undefined) one.files.set(mounts, { content: Buffer.from(`${line}\n`) })
    if (program === 'mount' && stderr !== undefined) return { exitCode: 32, stderr }
    if (program === 'umount') one.files.set(mounts, { content: Buffer.from('') })
    return undefined
  }
  return new RecordingHost(script)
}

async function ensure(one: RecordingHost, options: VolumeMount = nfs): Promise<readonly unknown[]> {
  const errors: unknown[] = []
  const item = { address, spec: { ...spec, driver_opts: options }, changes: [], actual: undefined } as const
  await ensureVolumes(writeContext(one), [item], (_, { error }) => {
    if (error !== undefined) errors.push(error)
  })
  return errors
}
const programs = (one: RecordingHost): readonly string[] => one.effects.filter((effect) => /^run u?mount/.test(effect))

describe('the command that mounts a volume', () => {
  it.each([
    [nfs, '--types nfs --options rw,nfsvers=4.2,retry=0 --source 10.0.0.1:/data --target /t'],
    [{ ...nfs, o: 'retry=3' }, '--types nfs --options retry=3 --source 10.0.0.1:/data --target /t'],
    [{ type: 'nfs4', device: 'nas:/', o: '' }, '--types nfs4 --options retry=0 --source nas:/ --target /t'],
    [
      { type: 'cifs', device: '//nas/share', o: 'credentials=/etc/c' },
      '--types cifs --options credentials=/etc/c --source //nas/share --target /t',
    ],
    [{ type: 'tmpfs', device: 'tmpfs', o: '' }, '--types tmpfs --source tmpfs --target /t'],
  ] as const)('%o', (mount, expected) => expect(mountArguments(mount, '/t').join(' ')).toBe(expected))
})

describe('a mount', () => {
  const fault = (mount: VolumeMount, text: string): string | undefined => mountFault(mount, parseMountinfo(text)[0])
  it('is that of the volume in each form of the kernel', () => {
    expect(fault(nfs, line)).toBeUndefined()
    expect(fault({ ...nfs, device: '10.0.0.1:/data/' }, line)).toBeUndefined()
    expect(fault({ type: 'cifs', device: '//nas/s', o: '' }, '1 1 0:1 / /t rw - smb3 //nas/s rw')).toBeUndefined()
    expect(fault({ type: 'tmpfs', device: 'tmpfs', o: '' }, '1 1 0:1 / /t rw - tmpfs none rw')).toBeUndefined()
  })

  it('is another one, or absent', () => {
    expect(mountFault(nfs, undefined)).toBe('its file system is not mounted')
    expect(fault({ ...nfs, device: '10.0.0.2:/data' }, line)).toBe(
      'another file system is mounted in its place: 10.0.0.1:/data (nfs4)',
    )
  })
})

it.each([
  [nfs, { host: '10.0.0.1', port: 2049 }],
  [
    { ...nfs, device: '[2001:db8::7]:/data', o: 'port=2050' },
    { host: '2001:db8::7', port: 2050 },
  ],
  [{ ...nfs, o: 'proto=udp' }, undefined],
  [
    { type: 'cifs', device: '//nas/share', o: '' },
    { host: 'nas', port: 445 },
  ],
  [{ type: 'tmpfs', device: 'tmpfs', o: '' }, undefined],
] as const)('the server of %o', (mount, expected) => expect(serverOf(mount)).toEqual(expected))

describe('the volume of a server', () => {
  it('is mounted once, and is then as desired', async () => {
    const one = host()
    expect(await ensure(one)).toEqual([])
    expect(await ensure(one)).toEqual([])
    expect(programs(one)).toEqual([
      `run mount --types nfs --options rw,nfsvers=4.2,retry=0 --source 10.0.0.1:/data --target ${path}`,
    ])
    const observed = (await observeVolumes(writeContext(one))).get(address)
    expect(observed?.presence === 'owned' && diffVolume(spec, observed)).toEqual({ action: 'keep' })
  })

  it('that is not mounted is drift', async () => {
    const one = host()
    await ensure(one)
    one.files.set('/proc/self/mountinfo', { content: Buffer.from('') })
    const lost = (await observeVolumes(writeContext(one))).get(address)
    expect(lost?.presence === 'owned' && diffVolume(spec, lost)).toMatchObject({
      action: 'update',
      changes: [{ path: '/host', class: 'live', drift: 'its file system is not mounted' }],
    })
  })

  it('with other options is unmounted first, and its containers get the new file system', async () => {
    const one = host()
    await ensure(one)
    const changed = { ...nfs, o: 'ro' }
    const change = { path: '/driver_opts/o', before: nfs.o, after: 'ro', class: 'live' } as const
    const item = { address, spec: { ...spec, driver_opts: changed }, changes: [change], actual: undefined } as const
    await ensureVolumes(writeContext(one), [item], () => undefined)
    expect(programs(one).slice(1)).toEqual([
      `run umount -- ${path}`,
      `run mount --types nfs --options ro,retry=0 --source 10.0.0.1:/data --target ${path}`,
    ])
    const mount = { type: 'volume', volume: address, target: '/t', read_only: false, nocopy: false } as const
    const mounts = withFileSystems({ mounts: [mount] }, new Map([[address, item.spec]]))
    expect(mounts).toEqual({ mounts: [{ ...mount, driver_opts: changed }] })
    expect(withFileSystems(mounts, new Map())).toEqual({ mounts: [mount] })
  })

  it('that cannot be mounted names the server and the reason', async () => {
    const [error] = await ensure(host('mount.nfs: access denied by server while mounting 10.0.0.1:/data\n'))
    expect(error).toMatchObject({
      diagnostics: [
        {
          code: 'volume-not-mounted',
          message:
            's/volume/shared is not mounted from 10.0.0.1:/data: mount.nfs: access denied by server while mounting 10.0.0.1:/data.',
        },
      ],
    })
  })

  it('is unmounted before it is released or erased, so that nothing on the server is removed', async () => {
    const one = host()
    await ensure(one)
    const item = { address, spec, changes: [], actual: undefined } as const
    await removeVolumes(writeContext(one), [item], { deleteData: false }, () => undefined)
    expect(programs(one).at(-1)).toBe(`run umount -- ${path}`)
    await ensure(one)
    await eraseVolume(writeContext(one), address)
    expect(programs(one).at(-1)).toBe(`run umount -- ${path}`)
    const [unmounted, removed] = ['run umount', `remove ${path}`].map((text) =>
      one.effects.findLastIndex((effect) => effect.startsWith(text)),
    )
    expect(unmounted).toBeLessThan(removed ?? -1)
  })

  it('that does not answer, or whose program is missing, is refused in the plan', async () => {
    const one = host()
    one.probeTcp = async () => ({ ok: false, output: 'TCP 10.0.0.1:2049: refused' })
    const problems = await volumePreflight(writeContext(one), new Map([[address, spec]]), new Map())
    expect(problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'volume-unreachable The server of s/volume/shared does not answer: TCP 10.0.0.1:2049: refused.',
      'tool-missing s/volume/shared needs the program `mount.nfs`.',
    ])
    await ensure(one)
    const observed = await observeVolumes(writeContext(one))
    expect(await volumePreflight(writeContext(one), new Map([[address, spec]]), observed)).toEqual([])
  })
})
