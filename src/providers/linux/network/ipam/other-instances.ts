import { dirname, join } from 'node:path'
import { shortHash } from '../../../../host/files/paths.ts'
import { contains } from '../../../../model/ip/prefix.ts'
import { parseIp, parsePrefix } from '../../../../model/ip/text.ts'
import type { ReadContext } from '../../../provider.ts'
import { type Link, readLinks } from '../links.ts'
import { ownerFromAlias } from '../records/owner-alias.ts'

/** Bridges of other instances, with the owner of each, as text. */
export async function otherOwners(read: ReadContext): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>()
  for (const link of (await readLinks(read)).values()) {
    const owner = await otherOwner(read, link)
    if (owner !== undefined) owners.set(link.ifname, owner)
  }
  return owners
}

/** Owner of a link of another instance, as text: `shop/network/lan of the instance "test"`. undefined: it is not of another instance. */
async function otherOwner(read: ReadContext, link: Link): Promise<string | undefined> {
  const owner = ownerFromAlias(link.ifalias)
  if (owner === undefined || owner.instance === read.paths.id) return undefined
  // Instances of one installation share a folder, so their names are known. Of others only the id is known.
  const beside = dirname(read.paths.data)
  const name = (await read.host.readDir(beside)).find((one) => shortHash(join(beside, one), 8) === owner.instance)
  const instance = name === undefined ? `another HeroPods instance (${owner.instance})` : `the instance "${name}"`
  return `${owner.address} of ${instance}`
}

/** Owner of the network of another instance that contains an address, as text; undefined: none contains it. */
export async function otherOwnerOfIp(read: ReadContext, ip: string): Promise<string | undefined> {
  const address = parseIp(ip)
  for (const link of (await readLinks(read)).values()) {
    const isOn = link.addr_info.some(
      (one) => one.family === 'inet' && contains(parsePrefix(`${one.local}/${one.prefixlen}`), address),
    )
    const owner = isOn ? await otherOwner(read, link) : undefined
    if (owner !== undefined) return owner
  }
  return undefined
}
