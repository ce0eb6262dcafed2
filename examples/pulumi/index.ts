import * as pulumi from '@pulumi/pulumi'
import { Container, Image, Network, Volume } from 'heropods/pulumi'

// Two environments: `pulumi stack init staging` and `pulumi stack init production` read Pulumi.staging.yaml and Pulumi.production.yaml.
const config = new pulumi.Config()

const network = new Network('lan', { subnet: config.require('subnet') })
const image = new Image('base', { builtin: 'busybox' })
const state = new Volume('state')

const web = new Container('web', {
  image,
  command: ['httpd', '-f', '-p', '80', '-h', '/www'],
  networks: [{ network, aliases: ['site'] }],
  configs: [{ name: 'page', content: config.require('greeting'), target: '/www/index.html' }],
  ports: [pulumi.interpolate`${config.require('port')}:80`],
  memLimit: '64m',
  init: true, // passes signals on, so it stops at once
})

for (let i = 1; i <= config.requireNumber('workers'); i += 1) {
  new Container(`worker-${i}`, {
    image,
    command: ['sh', '-c', 'while sleep 5; do wget -qO- http://site/ >> /state/log; done'],
    networks: [network],
    volumes: [{ type: 'volume', source: state.address, target: '/state' }],
    environment: { WEB: web.ip, TOKEN: config.getSecret('token') ?? '' },
    init: true,
  })
}

export const url = `http://127.0.0.1:${config.require('port')}/`
export const { ip, pid } = web
