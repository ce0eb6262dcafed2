import { constants } from 'node:os'
import { expect, it } from 'vitest'
import { HeroPodsError, toDiagnostic } from '../../src/model/errors.ts'
import { faultOfProgram, systemFault } from '../../src/model/system-fault.ts'

const raised = (code: string, more: object = {}): Error =>
  Object.assign(new Error(`${code}: text, open '/x'`), { code, errno: -1, syscall: 'open', path: '/x', ...more })

it('every errno of Linux has a stable code, its path and a way out, and is not a fault of HeroPods', () => {
  for (const name of Object.keys(constants.errno)) {
    const { code, message, hint } = toDiagnostic(raised(name))
    expect(code, name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(code, name).not.toBe('internal')
    expect(message, name).toContain('/x')
    expect(hint, name).toMatch(/\.$/)
  }
})

it('codes by which users know what happened never change', () => {
  const codes = ['ENOSPC', 'EROFS', 'EMFILE', 'EACCES', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'EBUSY', 'ESRCH', 'EAGAIN']
  expect(codes.map((name) => systemFault(raised(name))?.code)).toEqual([
    'no-space',
    'read-only-file-system',
    'too-many-open-files',
    'permission-denied',
    'is-a-folder',
    'name-too-long',
    'link-loop',
    'in-use',
    'process-gone',
    'too-many-processes',
  ])
})

it('a program that is not there is told as such', () => {
  const missing = raised('ENOENT', { syscall: 'spawn crun', path: 'crun' })
  expect(systemFault(missing)).toMatchObject({ code: 'tool-missing', message: expect.stringContaining('crun') })
})

it('a path without an end does not fill the screen', () => {
  expect(systemFault(raised('ENAMETOOLONG', { path: `/${'x'.repeat(5000)}` }))?.message.length).toBeLessThan(400)
})

it('what a program says of a full disk is the disk’s fault', () => {
  expect(faultOfProgram("cp: error writing '/x': No space left on device")?.code).toBe('no-space')
  expect(faultOfProgram('spawn mount EMFILE')?.code).toBe('too-many-open-files')
  expect(faultOfProgram('tar: This does not look like a tar archive')).toBeUndefined()
  expect(faultOfProgram('', 'SIGXFSZ')?.code).toBe('file-too-large')
})

it('a fault of our own asks to be reported, without a stack', () => {
  const { code, message, hint } = toDiagnostic(new TypeError('x is not a function'))
  expect(code).toBe('internal')
  expect(message).not.toMatch(/\n|\bat /)
  expect(hint).toContain('report')
})

it('of several faults the first one says how many more there are, before the output that follows it', () => {
  const both = (message: string) =>
    new HeroPodsError([
      { code: 'yaml', message },
      { code: 'cycle', message: 'Other.' },
    ])
  expect(toDiagnostic(both('One thing.')).message).toBe('One thing (and 1 more).')
  expect(toDiagnostic(both('It said:\n  no')).message).toBe('It said (and 1 more):\n  no')
  expect(toDiagnostic(new HeroPodsError({ code: 'yaml', message: 'One thing.' })).message).toBe('One thing.')
})
