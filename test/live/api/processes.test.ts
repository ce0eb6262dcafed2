import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { RedisServer } from '../records/redis-server.ts'
import { hostState, Instance } from '../support.ts'

const processes = 8
const tasks = 2

const program = `
import { HeroPods } from ${JSON.stringify(join(import.meta.dirname, '../../../dist/api/index.js'))}
const hp = new HeroPods()
const work = async (name) => {
  const one = await hp.containerNew({ name, image: 'busybox', fields: { command: ['sleep', '1000'], stop_grace_period: '0s' } })
  await one.start()
  const { addresses } = await one.state()
  const { stdout } = await one.exec('hostname; ip addr show eth0 | grep -c ' + addresses.heropods0 + '/')
  await one.stop()
  await one.delete()
  return { address: addresses.heropods0, isRight: stdout === name + '\\n1\\n' }
}
const names = Array.from({ length: ${tasks} }, (_, index) => process.argv[2] + '-' + index)
console.log(JSON.stringify(await Promise.all(names.map(work))))
`

interface Result {
  readonly address: string
  readonly isRight: boolean
}

function run(instance: Instance, name: string, file: string): Promise<readonly Result[]> {
  const child = spawn(process.execPath, [file, name], { env: instance.environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let [output, errors] = ['', '']
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString()
  })
  child.stderr.on('data', (text: Buffer) => {
    errors += text.toString()
  })
  return new Promise((resolve, reject) =>
    child.once('close', (code) => (code === 0 ? resolve(JSON.parse(output)) : reject(new Error(errors)))),
  )
}

it.each(['its own Redis', 'an external Redis'])(
  'several programs use one instance at once, with %s',
  async (records) => {
    const redis = records === 'an external Redis' ? new RedisServer() : undefined
    await redis?.start()
    const before = hostState()
    const instance = new Instance(redis && { HEROPODS_REDIS_URL: `unix://${redis.socket}` })
    const file = instance.write('program.mjs', program)
    const names = Array.from({ length: processes }, (_, index) => `p${index}`)
    const results = (await Promise.all(names.map((name) => run(instance, name, file)))).flat()
    expect(results).toHaveLength(processes * tasks)
    expect(results.filter(({ isRight }) => !isRight)).toEqual([])
    expect(instance.ok('ps', '--quiet')).toBe('')
    instance.end()
    await redis?.end()
    expect(hostState()).toBe(before)
  },
)
