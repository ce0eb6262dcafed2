import type { Command } from '../../src/host/host.ts'
import { parseSaved, type SavedRules } from '../../src/providers/linux/network/firewall/iptables/saved-rules.ts'
import type { Link } from '../../src/providers/linux/network/links.ts'
import { afterRestore, savedText } from '../providers/network/firewall/iptables.ts'
import type { RecordingHost, Script } from './recording-host.ts'

const builtInChains = '*raw\n:PREROUTING\n*filter\n:FORWARD\n*nat\n:PREROUTING\n:OUTPUT\n:POSTROUTING\n'
const unmarked = { mtu: 1500, flags: [], addr_info: [] }

/** Links, rules, namespaces and mounts of a kernel, as the programs that HeroPods starts read and change them. */
export class FakeKernel {
  readonly links = new Map<string, Link>()
  rules: SavedRules = parseSaved(builtInChains)

  readonly script: Script = (command, host) => {
    const { program, args, input = '' } = command
    if (program === 'iptables-save') return { stdout: savedText(this.rules) }
    if (program === 'iptables-restore') {
      for (const table of String(input).split(/(?<=COMMIT\n)/)) this.rules = afterRestore(this.rules, table)
      return {}
    }
    if (program === 'ip' && args[0] === '-json') return { stdout: JSON.stringify([...this.links.values()]) }
    if (program === 'ip') return this.batch(String(input), host)
    if (program === 'umount') return unmount(host, args)
    throw new Error(`No answer for ${JSON.stringify(command satisfies Command)}`)
  }

  private batch(input: string, host: RecordingHost) {
    for (const line of input.split('\n').filter(Boolean)) this.change(line, host)
    return {}
  }

  private change(line: string, host: RecordingHost): void {
    const [object = '', verb = '', ...words] = line.split(' ')
    const after = (name: string): string => words[words.indexOf(name) + 1] ?? ''
    const edit = (changed: Partial<Link>): void => {
      const link = this.links.get(after('dev'))
      if (link) this.links.set(link.ifname, { ...link, ...changed })
    }
    const link = this.links.get(after('dev'))
    // Links and routes inside a namespace are not modelled.
    if (object === 'netns' && verb === 'exec') return
    if (object === 'netns' && verb === 'delete') host.files.remove(`/run/netns/${words[0]}`)
    else if (object === 'link' && verb === 'delete') this.links.delete(after('dev'))
    else if (object === 'link' && verb === 'add')
      this.links.set(after('name'), {
        ...unmarked,
        ifname: after('name'),
        address: after('address'),
        linkinfo: { info_kind: after('type') },
      })
    else if (object === 'link' && words.includes('alias')) edit({ ifalias: after('alias') })
    else if (object === 'link' && words.includes('mtu')) edit({ mtu: Number(after('mtu')) })
    else if (object === 'link' && words.at(-1) === 'up') edit({ flags: ['UP'] })
    else if (object === 'address' && verb === 'add') {
      const [local = '', prefixlen] = (words[0] ?? '').split('/')
      edit({ addr_info: [...(link?.addr_info ?? []), { family: 'inet', local, prefixlen: Number(prefixlen) }] })
    } else throw new Error(`No answer for ip ${line}`)
  }
}

const mountinfo = '/proc/self/mountinfo'

/** Makes a folder a mount point of this host. */
export function mount(host: RecordingHost, target: string): void {
  const before = host.files.get(mountinfo)?.content ?? ''
  host.files.set(mountinfo, { content: Buffer.from(`${before}1 1 0:1 / ${target} rw - overlay overlay rw\n`) })
}

function unmount(host: RecordingHost, args: readonly string[]) {
  const lines = (host.files.get(mountinfo)?.content.toString() ?? '').split('\n')
  const left = lines.filter((line) => !args.includes(line.split(' ')[4] ?? ''))
  host.files.set(mountinfo, { content: Buffer.from(left.join('\n')) })
  return {}
}
