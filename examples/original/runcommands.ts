// One command in one container (runcommands.vsh).
import { HeroPods } from 'heropods'

const heropods = await HeroPods.new({ usePodman: true })
const container = await heropods.containerNew({
  name: 'alpine_demo',
  image: 'custom',
  customImageName: 'alpine_3_20',
  dockerUrl: 'docker.io/library/alpine:3.20',
})
await container.start({ keepAlive: true })
const { stdout } = await container.exec('ls')
console.log(stdout.trimEnd())
await container.stop()
