// The sample "Keep-Alive Feature" of the original's documentation.
import { HeroPods } from 'heropods'

const heropods = await HeroPods.new()

// The command of Alpine is /bin/sh, which ends at once.
const container = await heropods.containerNew({
  name: 'my_alpine',
  image: 'custom',
  customImageName: 'alpine_3_20',
  dockerUrl: 'docker.io/library/alpine:3.20',
})

// Without keepAlive the container would end with its shell. With it the container stays open for commands.
await container.start({ keepAlive: true })
console.log((await container.state()).state)

const result = await container.exec('echo "Hello!"')
console.log(result.stdout.trimEnd())
await container.delete()
