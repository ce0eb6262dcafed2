import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readHeroScript } from '../../src/heroscript/read-heroscript.ts'
import { toStack } from '../../src/heroscript/to-stack.ts'
import { loadIn } from '../stack/load.ts'

const convert = (script: string) => toStack(readHeroScript(script, 'a.hero'), 'default')
const places = (script: string) =>
  convert(script).warnings.map(({ place, message }) => `${place?.line}:${place?.column} ${message}`)

/** Loads the stack of a script as `heropods apply` would. */
async function loaded(script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'to-stack-'))
  try {
    writeFileSync(join(folder, 'heropods.yaml'), convert(script).text)
    const { stacks } = await loadIn(folder)
    return stacks
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const demo = `!!heropods.configure name:My_Demo subnet:192.168.100.0/24 gateway_ip:192.168.100.1 dns_servers:1.1.1.1,9.9.9.9
!!heropods.container_new name:web image:custom custom_image_name:alp docker_url:docker.io/library/alpine:3.20
!!heropods.container_new name:db image:ubuntu_24_04
!!heropods.container_start name:web keep_alive:yes
!!heropods.container_start name:db
`

describe('the stack of a script', () => {
  it('has its containers and its network', () => {
    expect(convert(demo).text).toBe(`apiVersion: heropods/v1
kind: Stack
metadata:
  name: my-demo
networks:
  default:
    subnet: 192.168.100.0/24
    gateway: 192.168.100.1
    dns:
      servers:
        - 1.1.1.1
        - 9.9.9.9
containers:
  web:
    image: docker.io/library/alpine:3.20
    keep_alive: true
  db:
    image: ubuntu_24_04
`)
    expect(places(demo)).toEqual(['1:22 A stack does not name its instance.'])
  })

  it('is valid', async () => {
    const [stack] = await loaded(demo)
    expect([...(stack?.resources.keys() ?? [])].filter((one) => one.includes('/container/'))).toEqual([
      'my-demo/container/web',
      'my-demo/container/db',
    ])
    expect(stack?.resources.get('my-demo/network/default')?.spec).toMatchObject({
      subnet: '192.168.100.0/24',
      gateway: '192.168.100.1',
      dns: { servers: ['1.1.1.1', '9.9.9.9'] },
    })
  })

  it('uses the network of the instance for the settings of the original', () => {
    const script = `!!heropods.configure bridge_name:heropods0 subnet:10.10.0.0/24 gateway_ip:10.10.0.1 dns_servers:8.8.8.8,8.8.4.4
!!heropods.container_new name:c
!!heropods.container_start name:c`
    expect(convert(script).text).not.toContain('networks')
    expect(places(script)).toEqual([])
  })

  it('has the last image of a container that the script creates twice', () => {
    const script =
      '!!heropods.container_new name:c\n!!heropods.container_start name:c keep_alive:1\n!!heropods.container_new name:c image:busybox reset:true'
    expect(convert(script).text).toContain('c:\n    image: busybox\n')
    expect(convert(script).text).not.toContain('keep_alive')
  })

  it('is one document for each instance', async () => {
    const script = `!!heropods.configure name:one
!!heropods.container_new name:a image:busybox
!!heropods.configure name:two
!!heropods.container_new name:b image:busybox
!!heropods.container_new heropods:one name:c image:busybox`
    const stacks = await loaded(script)
    const containers = (index: number) =>
      [...(stacks[index]?.resources.keys() ?? [])].filter((one) => one.includes('/container/'))
    expect(containers(0)).toEqual(['one/container/a', 'one/container/c'])
    expect(containers(1)).toEqual(['two/container/b'])
  })

  it('of a script without actions is empty', () => expect(convert('// nothing')).toEqual({ text: '', warnings: [] }))
})

const examples = join(import.meta.dirname, '../../examples/original')
const scripts = readdirSync(examples).filter((name) => name.endsWith('.heroscript'))

it.each(scripts)('the stack of the example %s is valid and has its container', async (file) => {
  const script = readFileSync(join(examples, file), 'utf8')
  const [stack] = await loaded(script)
  const containers = [...(stack?.resources.values() ?? [])].filter(({ kind }) => kind === 'container')
  expect(containers).toHaveLength(1)
  expect(containers[0]?.spec).toMatchObject({ keep_alive: true })
  const commands = convert(script).warnings.filter(({ message }) => message === 'A stack runs no single commands.')
  expect(commands).toHaveLength(script.match(/!!heropods.container_exec/g)?.length ?? 0)
})

describe('warnings', () => {
  it('name each part that a stack cannot express', () => {
    const script = `!!heropods.configure name:demo
  reset:true use_podman:false bridge_name:br0
!!heropods.enable_mycelium
!!heropods.container_new name:c image:custom custom_image_name:own
!!heropods.container_exec name:c cmd:"echo 'hi'"
!!heropods.container_start name:other
!!heropods.container_stop name:c
!!heropods.container_delete name:c
!!heropods.container_new name:d`
    expect(places(script)).toEqual([
      '1:22 A stack does not name its instance.',
      '2:3 A stack cannot reset its instance.',
      '2:14 A stack cannot turn off podman.',
      '2:31 A stack does not name the bridge of a network.',
      '3:1 A stack cannot enable Mycelium yet.',
      '4:46 The script has no reference of the image own.',
      '5:1 A stack runs no single commands.',
      '6:1 The script starts other, but does not create it.',
      '7:1 A stack has no stopped containers.',
      '8:1 A stack removes a container that is no longer declared.',
      '9:1 The script does not start d, but a stack starts all its containers.',
    ])
    const hints = convert(script).warnings.map(({ hint }) => hint)
    expect(hints).toContain("After the apply: `heropods exec --instance demo c -- /bin/sh -c 'echo '\\''hi'\\'''`.")
    expect(hints).toContain('Before the first apply: `heropods destroy --all --instance demo`.')
  })
})
