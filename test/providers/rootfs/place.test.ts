import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { LocalHost } from '../../../src/host/local.ts'
import type { Diagnostic } from '../../../src/model/errors.ts'
import { type PlaceFault, placeFault, placeFaultInRoot } from '../../../src/providers/linux/container/rootfs/place.ts'
import {
  deviceProblem,
  mountPointMissing,
  rootFaultText,
  sourceChanged,
  sourceProblem,
  workingDirProblem,
} from '../../../src/providers/linux/container/rootfs/place-problems.ts'
import { sourceProblems } from '../../../src/providers/linux/container/rootfs/source-problems.ts'
import { workingDirFault } from '../../../src/providers/linux/container/rootfs/working-dir.ts'

const root = mkdtempSync(join(tmpdir(), 'hp-place-'))
afterAll(() => rmSync(root, { recursive: true }))
mkdirSync(join(root, 'folder/below'), { recursive: true })
writeFileSync(join(root, 'file'), '')
for (const [name, target] of [
  ['to-file', 'file'],
  ['to-folder', '/folder'],
  ['nowhere', 'no-such'],
  ['left', 'right'],
  ['right', 'left'],
  ['to-root', '/'],
  ['to-proc', '/proc/1'],
] as const)
  symlinkSync(target, join(root, name))

const host = new LocalHost()
const web = 's/container/web'

it.each<readonly [path: string, wanted: 'any' | 'device', fault: string | undefined]>([
  ['folder', 'any', undefined],
  ['file', 'any', undefined],
  ['to-file', 'any', undefined],
  ['no-such', 'any', 'missing'],
  ['file/below', 'any', 'missing'],
  ['nowhere', 'any', 'broken-link'],
  ['left', 'any', 'unreadable'],
  ['/dev/null', 'device', undefined],
  ['no-such', 'device', 'missing'],
  ['folder', 'device', 'wrong-kind'],
  ['to-file', 'device', 'wrong-kind'],
])('%s of the host, wanted %s: %s', async (path, wanted, fault) =>
  expect((await placeFault(host, path.startsWith('/') ? path : join(root, path), wanted))?.fault).toBe(fault),
)

it.each<readonly [path: string, wanted: 'file' | 'folder', fault: PlaceFault | undefined]>([
  ['/folder', 'folder', undefined],
  ['/to-folder/below', 'folder', undefined],
  ['/to-file', 'file', undefined],
  ['/no-such/below', 'file', { fault: 'missing' }],
  ['/nowhere', 'file', { fault: 'missing' }],
  ['/folder', 'file', { fault: 'wrong-kind', path: '/folder', found: 'folder' }],
  ['/to-file', 'folder', { fault: 'wrong-kind', path: '/file', found: 'file' }],
  ['/file/below', 'file', { fault: 'wrong-kind', path: '/file', found: 'file' }],
  ['/left', 'folder', { fault: 'circle' }],
  ['/', 'folder', { fault: 'leads-out', to: '/' }],
  ['/to-root', 'folder', { fault: 'leads-out', to: '/' }],
  ['/to-proc/fd', 'folder', { fault: 'leads-out', to: '/proc/1/fd' }],
])('%s of a root, wanted %s', async (path, wanted, fault) =>
  expect(await placeFaultInRoot(host, root, path, wanted)).toEqual(fault),
)

it.each<readonly [folder: string, message: string | undefined]>([
  ['/', undefined],
  ['/to-root', undefined],
  ['/folder', undefined],
  ['/no-such/a', undefined],
  ['/file', 'Its working folder /file is a file.'],
  ['/to-file/a/b', 'Its working folder /to-file/a/b is below file, a file.'],
  ['/to-proc', 'Its working folder /to-proc is in /proc, /sys or /dev.'],
  ['/left', 'Its working folder /left has links that form a loop.'],
])('as a working folder %s: %s', async (folder, message) =>
  expect((await workingDirFault(host, root, folder))?.message).toBe(message),
)

describe('a bind source', () => {
  const missing: PlaceFault = { fault: 'missing' }
  const code = (fault: PlaceFault, before: boolean, mayMake: boolean): string | undefined => {
    const problem = sourceProblem(web, '/src', fault, { before, mayMake })
    return problem && `${problem.code}: ${problem.message}`
  }
  it.each<readonly [fault: PlaceFault, before: boolean, mayMake: boolean, answer: string | undefined]>([
    [missing, false, true, undefined],
    [missing, false, false, 'mount-source-missing: web mounts /src, which does not exist.'],
    [missing, true, true, 'mount-source-missing: web mounts /src, which no longer exists.'],
    [{ fault: 'broken-link' }, false, true, 'mount-source-missing: web mounts /src, which does not exist.'],
    [
      { fault: 'unreadable', cause: { code: 'link-loop', message: '/src is a circle.', hint: '', retryable: false } },
      true,
      true,
      'link-loop: web: /src is a circle.',
    ],
  ])('%j, has run with it %s, may be made %s', (fault, before, mayMake, answer) =>
    expect(code(fault, before, mayMake)).toBe(answer),
  )

  it('is checked where it is, and compared with the spec of the last run', async () => {
    const bind = (name: string) =>
      ({
        type: 'bind',
        source: join(root, name),
        target: '/x',
        read_only: false,
        propagation: 'rprivate',
        create_host_path: true,
      }) as const
    const spec = { mounts: [bind('folder'), bind('no-such'), bind('nowhere')] }
    const codes = (problems: readonly Diagnostic[]) => problems.map(({ message }) => message.split(', ')[1])
    expect(codes(await sourceProblems(host, web, spec, undefined))).toEqual(['which does not exist.'])
    expect(codes(await sourceProblems(host, web, spec, spec))).toEqual([
      'which no longer exists.',
      'which no longer exists.',
    ])
  })
})

it('each problem has its message', () => {
  expect(sourceChanged(web, { source: '/src', target: '/t', kind: 'file' }).message).toBe(
    'web mounts /src at /t, which was a folder and is now a file.',
  )
  expect(deviceProblem(web, '/dev/x', { fault: 'missing' }).message).toBe(
    'web uses the device /dev/x, which does not exist.',
  )
  expect(mountPointMissing(web, { target: '/src/a/b', source: '/host', inside: '/a/b' })).toMatchObject({
    message: 'web mounts something at /src/a/b, inside of /host, which is mounted read-only and has no a/b.',
    hint: 'Make /host/a/b on the host, or set `bind: { recursive: writable }`.',
  })
  expect(rootFaultText('/t', 'folder', { fault: 'circle' })).toContain('form a loop')
  expect(rootFaultText('/t', 'file', { fault: 'missing' })).toBeUndefined()
  expect(rootFaultText('/t', 'file', { fault: 'leads-out', to: '/proc' })).toBe(
    'has links that lead from /t, where something is mounted, to /proc',
  )
  expect(workingDirProblem('/w', '/w', { fault: 'missing' })).toBeUndefined()
})
