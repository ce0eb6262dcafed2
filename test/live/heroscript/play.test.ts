import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cli, hostState, Instance } from '../support.ts'
import { expectSchema } from './schema.ts'

const before = hostState()
const instance = new Instance()
afterAll(() => {
  for (const name of ['one', 'two', 'lab', 'default'])
    instance.heropods(['destroy', '--all', '--yes', '--instance', name])
  instance.end()
})

const play = (script: string, ...options: string[]) => {
  instance.write('script.hero', script)
  return instance.heropods(['play', 'script.hero', ...options])
}
const box = '!!heropods.container_new name:box image:busybox\n!!heropods.container_start name:box keep_alive:yes\n'

describe('heropods play', () => {
  it('changes nothing with --dry-run, nor if an action has an error', () => {
    const script = `!!heropods.configure name:one reset:yes\n${box}!!heropods.container_exec name:box cmd:'echo hi'\n`
    expect(play(script, '--dry-run').stdout).toBe(`LINE  INSTANCE  EFFECT
1     one       open the instance one, destroy all its objects
2     one       declare box from busybox
3     one       start box, and hold it open after its command
4     one       run in box: echo hi
`)
    const dry = play(script, '--dry-run', '--json').stdout
    expectSchema('play', JSON.parse(dry))
    const { actions } = JSON.parse(dry) as { actions: object[] }
    expect(actions[2]).toMatchObject({
      action: 'container_start',
      instance: 'one',
      line: 3,
      parameters: { name: 'box' },
    })
    const { code, stderr } = play(`${script}!!heropods.container_stp name:box\n`)
    expect([code, stderr]).toEqual([3, expect.stringContaining('at script.hero:5:1')])
    expect(hostState()).toBe(before)
    expect(existsSync(join(instance.base, 'data', 'one'))).toBe(false)
  })

  it('runs the actions in their order, and prints only the output of commands on standard output', () => {
    const script = `${box}!!heropods.container_exec name:box cmd:'echo out; echo err >&2'
!!heropods.container_exec name:box cmd:'echo hidden' stdout:no
!!heropods.container_stop name:box
!!heropods.container_stop name:box
!!heropods.container_start name:box keep_alive:yes
!!heropods.container_exec name:box cmd:'echo again'
`
    const { code, stdout, stderr } = play(script)
    expect([code, stdout]).toEqual([0, 'out\nagain\n'])
    expect(stderr).toContain('script.hero:3:1 run in box: echo out; echo err >&2\nerr\n')
    expect(stderr).not.toMatch(/^hidden$/m)
    expect(instance.containers().get('box')?.state).toBe('held')
  })

  it('runs commands inside the container only', () => {
    const marker = '/tmp/heroscript-escaped'
    const { code, stdout } = play(
      `!!heropods.container_exec name:box cmd:'echo a | cat; echo $(echo "b  c") > ${marker}; cat ${marker}'\n`,
    )
    expect([code, stdout]).toEqual([0, 'a\nb c\n'])
    expect(existsSync(marker)).toBe(false)
  })

  it('leaves a container of the same image as it is, and refuses another image without reset', () => {
    const pid = instance.containers().get('box')?.pid
    expect(play(box).code).toBe(0)
    expect(instance.containers().get('box')?.pid).toBe(pid)
    const other = box.replace('image:busybox', 'image:custom custom_image_name:other')
    expect(play(other).stderr).toContain('script.hero:1:1')
    instance.write('rootfs/bin/marker', '')
    expect(play(box.replace('image:busybox', 'image:busybox reset:yes')).code).toBe(0)
    expect(instance.containers().get('box')?.pid).not.toBe(pid)
  })

  it('ends at the first action that fails, with its line, its exit code and its error output', () => {
    const script = `!!heropods.container_exec name:box cmd:'echo first'
!!heropods.container_exec name:box cmd:'echo why >&2; exit 7' stdout:no
!!heropods.container_exec name:box cmd:'echo never'
`
    const { code, stdout, stderr } = play(script)
    expect([code, stdout]).toEqual([1, 'first\n'])
    expect(stderr).toContain('error[exec-failed]')
    expect(stderr).toMatch(/exited with code 7[\s\S]*why[\s\S]*at script\.hero:2:1/)
    const absent = play('!!heropods.container_start name:nosuch\n')
    expect([absent.code, absent.stderr]).toEqual([1, expect.stringContaining('error[unknown-container]')])
    expect(play('!!heropods.container_delete name:nosuch\n').code).toBe(0)
  })

  it('names keep_alive if the command of the container has ended', () => {
    const shell = '!!heropods.container_new name:shell image:busybox\n!!heropods.container_start name:shell\n'
    const { code, stderr } = play(`${shell}!!heropods.container_exec name:shell cmd:ls\n`)
    expect(code).toBe(1)
    expect(stderr).toMatch(/error\[not-running\][\s\S]*at script\.hero:3:1[\s\S]*Add `keep_alive:true`/)
    expect(play('!!heropods.container_delete name:shell\n').code).toBe(0)
  })

  it('prints a line of JSON for each action', () => {
    const script = `!!heropods.container_exec name:box cmd:'echo a'\n!!heropods.container_exec name:box cmd:'exit 3'\n`
    const { code, stdout } = play(script, '--json')
    const [first, error] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(code).toBe(1)
    for (const one of [first, error]) expectSchema('play', one)
    expect(first).toMatchObject({
      type: 'action',
      action: 'container_exec',
      container: 'box',
      exitCode: 0,
      stdout: 'a\n',
    })
    expect(error).toMatchObject({ type: 'error', exitCode: 1, errors: [{ code: 'exec-failed', place: { line: 2 } }] })
  })

  it('gives an instance its own network, and refuses to change it while it is used', () => {
    const lab = '!!heropods.configure name:lab bridge_name:hp-lab subnet:10.66.0.0/24 dns_servers:9.9.9.9\n'
    const { code, stdout } = play(
      `${lab}${box}!!heropods.container_exec name:box cmd:'ip route; cat /etc/resolv.conf'\n`,
    )
    expect(code).toBe(0)
    expect(stdout).toContain('default via 10.66.0.1')
    expect(stdout).toContain('nameserver 9.9.9.9\n')
    expect(instance.ok('network', 'ls', '--instance', 'lab')).toContain('hp-lab')
    const changed = play(lab.replace('10.66', '10.67'))
    expect([changed.code, changed.stderr]).toEqual([1, expect.stringContaining('error[network-exists]')])
    expect(play(lab).code).toBe(0)
    const taken = play(`${lab.replace('name:lab', 'name:two')}${box}`)
    expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining('the instance "lab"')])
    // `reset` forgets the settings that cannot be met.
    expect(play('!!heropods.configure name:two reset:yes\n').code).toBe(0)
    // Both instances run side by side.
    expect(instance.containers().get('box')?.state).toBe('held')
  })

  it('pulls no image for an instance without podman', () => {
    const script = '!!heropods.configure name:two use_podman:no\n!!heropods.container_new name:a image:alpine_3_20\n'
    const { code, stderr } = play(script)
    expect([code, stderr]).toEqual([1, expect.stringMatching(/error\[image-missing\][\s\S]*at script\.hero:2:1/)])
    expect(play(`!!heropods.configure name:two use_podman:no\n${box}`).code).toBe(0)
  })

  it('destroys all objects of one instance with reset', () => {
    expect(play('!!heropods.configure name:two reset:yes\n').code).toBe(0)
    expect(instance.ok('ps', '--instance', 'two', '-q')).toBe('')
    expect(instance.ok('ps', '--instance', 'lab', '-q')).toBe('heropods-library/box\n')
    // The definition is gone, too.
    expect(play('!!heropods.container_start name:box heropods:two\n').code).toBe(1)
  })

  it('runs again after its stack was destroyed', () => {
    instance.ok('destroy', 'heropods-library', '--yes')
    expect(instance.ok('ps', '-q')).toBe('')
    expect(instance.ok('image', 'ls', '--json')).not.toContain('heropods-library')
    expect(play(box).code).toBe(0)
    expect(instance.containers().get('box')?.state).toBe('held')
  })

  it('reads standard input, and stops at Ctrl-C', async () => {
    const options = {
      cwd: instance.base,
      env: instance.environment,
      input: "!!heropods.container_exec name:box cmd:'echo in'",
    }
    expect(spawnSync(process.execPath, [cli, 'play', '-'], { ...options, encoding: 'utf8' }).stdout).toBe('in\n')
    instance.write(
      'long.hero',
      "!!heropods.container_exec name:box cmd:'echo up; sleep 100'\n!!heropods.container_delete name:box",
    )
    const child = spawn(process.execPath, [cli, 'play', 'long.hero'], { cwd: instance.base, env: instance.environment })
    await once(child.stdout, 'data')
    child.kill('SIGINT')
    expect((await once(child, 'exit'))[0]).toBe(130)
    expect(instance.containers().get('box')?.state).toBe('held')
  })

  it('the settings are a file of the instance', () => {
    const file = join(instance.base, 'data', 'lab', 'settings.json')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      network: { bridge: 'hp-lab', subnet: '10.66.0.0/24', dns: ['9.9.9.9'] },
    })
  })
})
