import { describe, expect, it } from 'vitest'
import { specsOf } from '../../src/model/desired.ts'
import { canonicalDocument } from '../../src/stack/canonical.ts'
import { stackFolder } from './support.ts'

const { problems, load } = stackFolder()

const yaml = (options: string): string => `volumes: { v: { driver: local, driver_opts: ${options} } }`
const optionsOf = async (options: string) =>
  [...specsOf((await load(yaml(options))).resources, 'volume').values()][0]?.driver_opts

describe('the file system of a volume', () => {
  it.each([
    // The example of the Compose documentation.
    [
      '{ type: "nfs", o: "addr=10.40.0.199,nolock,soft,rw", device: ":/docker/example" }',
      { type: 'nfs', device: '10.40.0.199:/docker/example', o: 'nolock,soft,rw' },
    ],
    ['{ type: nfs4, device: "nas.lan:/data" }', { type: 'nfs4', device: 'nas.lan:/data', o: '' }],
    [
      '{ type: nfs, o: "addr=2001:db8::7,rw", device: ":/data" }',
      { type: 'nfs', device: '[2001:db8::7]:/data', o: 'rw' },
    ],
    ['{ type: nfs, o: addr=10.0.0.1, device: "nas:/data" }', { type: 'nfs', device: '10.0.0.1:/data', o: '' }],
    [
      '{ type: cifs, device: //nas/share, o: "credentials=/etc/cifs,vers=3.0" }',
      { type: 'cifs', device: '//nas/share', o: 'credentials=/etc/cifs,vers=3.0' },
    ],
    [
      '{ type: tmpfs, device: tmpfs, o: "size=100m,uid=1000,defaults" }',
      { type: 'tmpfs', device: 'tmpfs', o: 'size=100m,uid=1000' },
    ],
  ])('%s', async (options, expected) => {
    expect(await optionsOf(options)).toEqual(expected)
    expect(canonicalDocument(await load(yaml(options)))).toMatchObject({ volumes: { v: { driver_opts: expected } } })
  })

  it.each([
    ['{ type: nfs, device: "/data" }', 'is not HOST:/PATH'],
    ['{ type: nfs, device: ":/data" }', 'has no host'],
    ['{ type: nfs }', 'needs `device`'],
    ['{ type: cifs, device: nas }', 'is not //HOST/SHARE'],
    ['{ type: nfs, device: "nas:/a b" }', 'contains a blank'],
    ['{ type: cifs, device: //nas/share, o: "username=a,password=b" }', 'a password in `o` would be readable'],
    ['{ type: tmpfs, o: "size=1m;reboot" }', 'does not allow'],
    ['{ type: none, device: /etc, o: bind }', 'driver_opts.type'],
    ...[
      'bind',
      'rbind',
      'remount',
      'move',
      'loop=/dev/loop0',
      'helper=x',
      'uhelper=x',
      'X-mount.mkdir',
      'x-a',
      'rshared',
      'make-shared',
    ].map((option) => [`{ type: nfs, device: "nas:/data", o: "${option}" }`, 'is not allowed in a volume']),
    ['{ type: tmpfs }, protect: true', 'its data cannot be protected'],
  ])('%s is refused', async (options, message) => {
    expect((await problems(yaml(String(options)))).join()).toContain(message)
  })
})
