import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, it } from 'vitest'
import { Folder } from '../test/pulumi/support.ts'

/** What a preview of 50 unchanged containers costs over one of 50 unchanged dynamic resources that do nothing: `npm run bench:pulumi`. */
const count = 50
const rounds = 5
let folder: Folder
beforeAll(() => {
  folder = new Folder({ packages: { typescript: '^5.8.0', '@types/node': '^20.0.0' } })
}, 300_000)
afterAll(() => folder.end(), 300_000)

const containers = `
const lan = new Network('lan', { subnet: '10.65.0.0/24' })
const image = new Image('base', { builtin: 'busybox' })
for (let i = 0; i < ${count}; i += 1)
  new Container(\`c\${i}\`, { image, command: ['sleep', '1000'], networks: [lan], memLimit: '64m', environment: { N: String(i) }, stopGracePeriod: 0 })
`
const nothing = `
const provider: pulumi.dynamic.ResourceProvider = {
  check: async (_olds, news) => ({ inputs: news, failures: [] }),
  diff: async () => ({ changes: false }),
  create: async (inputs) => ({ id: 'one', outs: inputs }),
}
class Nothing extends pulumi.dynamic.Resource {
  constructor(name: string) {
    super(provider, name, { memLimit: '64m', command: ['sleep', '1000'] })
  }
}
for (let i = 0; i < ${count + 2}; i += 1) new Nothing(\`n\${i}\`)
`

const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] as number

function preview(stack: string, body: string): number {
  folder.index(body)
  folder.ok('stack', 'select', stack)
  const start = performance.now()
  folder.ok('preview', '--expect-no-changes')
  return performance.now() - start
}

it('a preview of unchanged resources', { timeout: 600_000 }, async () => {
  for (const [stack, body] of [
    ['containers', containers],
    ['nothing', nothing],
  ] as const) {
    folder.ok('stack', 'init', stack)
    folder.index(body)
    folder.up()
    await delay(10)
  }
  const times = { containers: [] as number[], nothing: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    times.containers.push(preview('containers', containers))
    times.nothing.push(preview('nothing', nothing))
    await delay(10)
  }
  const [ours, theirs] = [median(times.containers), median(times.nothing)]
  process.stdout.write(
    `pulumi preview, ${count} unchanged containers with a network and an image: ${Math.round(ours)} ms; ${count + 2} dynamic resources that do nothing: ${Math.round(theirs)} ms; difference ${Math.round(ours - theirs)} ms (medians of ${rounds})\n`,
  )
  folder.index(containers)
  folder.ok('stack', 'select', 'containers')
  folder.ok('destroy', '--yes', '--skip-preview')
})
