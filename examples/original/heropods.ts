// The demonstration of the original's library (heropods.vsh): every step in the life of a container. The second start changes nothing.
import { HeroPods } from 'heropods'

const heropods = await HeroPods.new({ usePodman: true })

// This only defines the container: nothing runs yet.
const container = await heropods.containerNew({
  name: 'demo_alpine',
  image: 'custom',
  customImageName: 'alpine_3_20',
  dockerUrl: 'docker.io/library/alpine:3.20',
})
console.log(`${container.name} is defined and ${await container.status()}`)

// This pulls the image, creates the container and starts it.
await container.start({ keepAlive: true })
const pid = await container.pid()
await container.start({ keepAlive: true })
console.log(
  `${container.name} is ${await container.status()}; the second start changed ${pid === (await container.pid()) ? 'nothing' : 'its process'}`,
)

const { stdout } = await container.exec('ls / && echo "Hello from container!" && uname -s')
console.log(stdout.trimEnd())

await container.delete()
const names = (await heropods.list()).map(({ name }) => name)
console.log(names.includes('demo_alpine') ? 'demo_alpine is still there' : 'demo_alpine is deleted')
