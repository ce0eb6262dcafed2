// The sample "Basic Usage" of the original's documentation.
import { HeroPods } from 'heropods'

// Initialize HeroPods. Nothing on the host changes.
const heropods = await HeroPods.new({ reset: false, usePodman: true })

// Create a container (definition only, not yet created in the backend).
const container = await heropods.containerNew({
  name: 'my_alpine',
  image: 'custom',
  customImageName: 'alpine_3_20',
  dockerUrl: 'docker.io/library/alpine:3.20',
})

// Start the container (creates and starts it). keepAlive is for containers whose entrypoint ends soon.
await container.start({ keepAlive: true })

// Execute commands. The text is a command of the container's shell; nothing of it runs on the host.
const result = await container.exec('ls -la /')
console.log(result.stdout)

// Stop and delete.
await container.stop()
await container.delete()
