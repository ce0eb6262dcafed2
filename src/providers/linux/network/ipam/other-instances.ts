import { dirname, join } from 'node:path'
import { shortHash } from '../../../../host/files/paths.ts'
import { contains } from '../../../../model/ip/prefix.ts'
import { parseIp, parsePrefix } from '../../../../model/ip/text.ts'
import type { ReadContext } from '../../../provider.ts'
import { type Link, readLinks } from '../links.ts'
import { markedOwner } from '../records/owner-mark.ts'

/** Bridges of other instances, and whose each is. */
export async function otherOwners(read: ReadContext): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>()
  for (const link of (await readLinks(read)).values()) {
    const owner = await otherOwner(read, link)
    if (owner !== undefined) owners.set(link.ifname, owner)
  }
  return owners
}

/** Whose a link is, for people, where another instance has it: `shop/network/lan of the instance "test"`. undefined: it is none of theirs. */
async function otherOwner(read: ReadContext, link: Link): Promise<string | undefined> {
  const owner = markedOwner(link.ifalias)
  if (owner === undefined || owner.instance === read.paths.id) return undefined
  // Instances of one installation lie beside each other; of others nothing but the number is known.
  const beside = dirname(read.paths.data)
  const name = (await read.host.readDir(beside)).find((one) => shortHash(join(beside, one), 8) === owner.instance)
  const instance = name === undefined ? `another HeroPods instance (${owner.instance})` : `the instance "${name}"`
  return `${owner.address} of ${instance}`
}

/** On whose network an address is. */
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
