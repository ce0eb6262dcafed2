import { execFileSync, spawnSync } from 'node:child_process'
import { afterAll, describe, expect, it } from 'vitest'
import { cli, Instance } from '../support.ts'

const instance = new Instance()
afterAll(() => instance.end())

const script = `!!heropods.configure subnet:10.77.3.0/24
!!heropods.container_new name:web image:busybox
!!heropods.container_start name:web keep_alive:yes
!!heropods.container_exec name:web cmd:'uname -a'
`

describe('heropods import', () => {
  it('prints a stack that apply accepts, and warns on standard error', () => {
    instance.write('demo.heroscript', script)
    const { code, stdout, stderr } = instance.heropods(['import', 'demo.heroscript'])
    expect(code).toBe(0)
    expect(stderr).toContain('warning[no-equivalent] A stack runs no single commands.\n  at demo.heroscript:4:1')
    expect(stderr).toContain("`heropods exec web -- /bin/sh -c 'uname -a'`")
    instance.write('imported.yaml', stdout)
    expect(spawnSync(process.execPath, [cli, 'fmt', '--check', 'imported.yaml'], { cwd: instance.base }).status).toBe(0)
    instance.ok('apply', '--yes', '--wait', 'imported.yaml')
    expect(instance.containers().get('web')).toMatchObject({ state: 'held', ip: '10.77.3.2' })
    expect(instance.ok('exec', 'web', '--', '/bin/sh', '-c', 'uname -s')).toBe('Linux\n')
    instance.ok('destroy', '--all', '--yes')
  })

  it('reads standard input', () => {
    const stdout = execFileSync(process.execPath, [cli, 'import', '-'], {
      input: script,
      encoding: 'utf8',
      stdio: 'pipe',
    })
    expect(stdout).toContain('image: busybox')
  })

  it('refuses a script with all its errors and their lines', () => {
    instance.write('bad.hero', `!!heropods.container_new nme:web\n\n!!heropods.container_stop name:'-x'\n`)
    const { code, stdout, stderr } = instance.heropods(['import', 'bad.hero'])
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain('error[missing-parameter]')
    expect(stderr).toContain('error[unknown-parameter] container_new has no parameter `nme`. Did you mean "name"?')
    expect(stderr).toContain('at bad.hero:1:26\n')
    expect(stderr).toContain('at bad.hero:3:27\n')
  })

  it.each([
    [['notes.md'], 'usage', '.heroscript, .hero or .hs'],
    [['compose.yaml'], 'usage', '`heropods init --from compose.yaml`'],
    [['shop.yaml'], 'usage', '`heropods apply shop.yaml`'],
    [['absent.hs'], 'file-missing', 'Check the path.'],
  ])('%s: refused', ([file = ''], code, hint) => {
    const answer = instance.heropods(['import', file])
    expect(answer.code).toBe(3)
    expect(answer.stderr).toContain(`error[${code}]`)
    expect(answer.stderr).toContain(hint)
  })

  it('refuses files that are not text', () => {
    instance.write('folder.hs/x', '')
    expect(instance.heropods(['import', 'folder.hs']).stderr).toContain('error[file-unreadable]')
    const input = Buffer.from([0x21, 0xff])
    const answer = spawnSync(process.execPath, [cli, 'import', '-'], { input, encoding: 'utf8' })
    expect(answer.status).toBe(3)
    expect(answer.stderr).toContain('Standard input is not text in UTF-8.')
  })
})
