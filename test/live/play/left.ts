import { readdirSync, readFileSync } from 'node:fs'
import { instancePaths } from '../../../src/host/files/paths.ts'
import { type Instance, sh } from '../support.ts'

/** What is on the host of each container, by `STACK/KEY`: once each where nothing is lost, doubled or left over. */
export interface Left {
  readonly processes: readonly string[]
  readonly supervisors: readonly string[]
  readonly namespaces: readonly string[]
  readonly mounts: readonly string[]
  readonly cgroups: readonly string[]
  /** Their number: links do not tell whose they are. */
  readonly links: number
  /** Programs that are only there while something is done. */
  readonly tools: readonly string[]
}

/** All that is left where these containers stand, and nothing else. */
export const leftOf = (containers: readonly string[]): Left => ({
  processes: containers,
  supervisors: containers,
  namespaces: containers,
  mounts: containers,
  cgroups: containers,
  links: containers.length,
  tools: [],
})

/** Looks at the kernel itself; nothing is asked of HeroPods. */
export function lookLeft({ base, environment }: Instance): Left {
  const { id } = instancePaths(environment)
  const own = sh('ps', '-eo', 'args')
    .split('\n')
    .filter((line) => line.includes(base))
  return {
    processes: processesIn(id),
    supervisors: found(own.join('\n'), /^conmon .*?--cid ([\w.]+)-\d+ /gm),
    namespaces: found(readdirSync('/run/netns').join('\n'), /^\w+\+(\w+\+[\w.]+)$/gm),
    mounts: found(readFileSync('/proc/self/mountinfo', 'utf8'), new RegExp(`${base}\\S*/containers/(\\S+)/root `, 'g')),
    cgroups: [...new Set(hierarchies(id).flatMap((tree) => found(readdirSync(tree).join('\n'), /^([\w.]+-\d+)$/gm)))]
      .map((name) => name.replace(/-\d+$/, ''))
      .sort(),
    links: sh('ip', '-o', 'link').match(/^\d+: hv/gm)?.length ?? 0,
    tools: own.filter((line) => /^(\S*\/)?(crun|nsenter|ip|iptables|mount)\b/.test(line)),
  }
}

/** Names of all kinds as `STACK/KEY`. */
const found = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, name = '']) => name.replace(/[+_]/, '/')).sort()

function hierarchies(id: string): readonly string[] {
  return readdirSync('/sys/fs/cgroup')
    .map((tree) => `/sys/fs/cgroup/${tree}/heropods/${id}`)
    .filter((folder) => {
      try {
        return readdirSync(folder).length > 0
      } catch {
        return false
      }
    })
}

/** Containers of an instance, once for each process in them. */
function processesIn(id: string): readonly string[] {
  const names = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const [, name] =
          new RegExp(`/heropods/${id}/([\\w.]+)-\\d+$`, 'm').exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8')) ?? []
        return name === undefined ? [] : [name]
      } catch {
        return []
      }
    })
  return found(names.join('\n'), /^([\w.]+)$/gm)
}
