// The sample "Custom Network Configuration" of the original's documentation. An instance of its own leaves the network of the default
// instance as it is. A bridge is called heropods0 or hp...: the sample's mybr0 is refused, because the firewall rules know bridges by name.
import { HeroPods } from 'heropods'

// Initialize with custom network settings.
const heropods = await HeroPods.new({
  name: 'custom_network',
  reset: false,
  usePodman: true,
  bridgeName: 'hp-mybr0',
  subnet: '192.168.100.0/24',
  gatewayIp: '192.168.100.1',
  dnsServers: ['1.1.1.1', '1.0.0.1'],
})

// Containers use the custom network configuration.
const container = await heropods.containerNew({ name: 'custom_net_container', image: 'alpine_3_20' })
await container.start({ keepAlive: true })

const { stdout } = await container.exec('ip route show; cat /etc/resolv.conf')
console.log(stdout.trimEnd())

// A command that fails raises `exec-failed` with its exit code and its output. With `check: false` the code is part of the result.
const { exitCode } = await container.exec('wget -q -O /dev/null http://example.com', { check: false })
console.log(`the download of a page ended with exit code ${exitCode}`)

await container.delete()
