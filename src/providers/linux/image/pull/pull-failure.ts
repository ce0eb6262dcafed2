import { parseReference } from '../registry/registry.ts'

/** The cause of a failed pull, and the command or lines that help. */
export interface PullFailure {
  readonly cause: string
  readonly hint: string
}

interface Cause {
  readonly pattern: RegExp
  readonly explain: (reference: string) => PullFailure
}

/** The first that applies. Podman asks over HTTPS, then over HTTP where it may, so one message can have several causes. */
const causes: readonly Cause[] = [
  {
    pattern: /connection refused/,
    explain: (ref) => ({
      cause: `nothing listens on ${hostOf(ref)} (connection refused)`,
      hint: 'Start the registry, or correct its address in `image:`.',
    }),
  },
  {
    pattern: /no such host/,
    explain: (ref) => ({
      cause: `DNS has no address for ${hostOf(ref)}`,
      hint: 'Correct the name of the registry in `image:`, or check the DNS of this host.',
    }),
  },
  {
    pattern: /\blookup \S+/,
    explain: (ref) => ({
      cause: `DNS does not answer, so the address of ${hostOf(ref)} is not known`,
      hint: 'Check the network and the name servers of this host (/etc/resolv.conf), or use an image that is here: `heropods image ls`.',
    }),
  },
  {
    pattern: /i\/o timeout|context deadline exceeded|no route to host|network is unreachable|Client\.Timeout/,
    explain: (ref) => ({
      cause: `the registry ${hostOf(ref)} cannot be reached`,
      hint: 'Check the network, the proxy and the firewall of this host.',
    }),
  },
  {
    pattern: /server gave HTTP response to HTTPS client/,
    explain: (ref) => ({
      cause: `the registry ${hostOf(ref)} answers without TLS`,
      hint: `Allow it in /etc/containers/registries.conf: \`[[registry]]\`, \`location = "${hostOf(ref)}"\`, \`insecure = true\`, each on a line of its own.`,
    }),
  },
  {
    pattern: /manifest unknown|name unknown|repository name not known/,
    explain: (ref) => {
      const { registry, repository, tag, digest } = parseReference(ref)
      const name = `${registry}/${repository}`
      return {
        cause: digest === undefined ? `there is no tag ${tag} of ${name}` : `there is no image ${digest} of ${name}`,
        hint: 'Correct the name or the tag in `image:`, or push the image.',
      }
    },
  },
  {
    pattern: /unauthorized|authentication required|invalid username\/password|denied|status 40[13]/,
    explain: (ref) => ({
      cause: `the registry ${hostOf(ref)} refuses these credentials, or none are known`,
      hint: `Log in: \`podman login ${hostOf(ref)}\`.`,
    }),
  },
]

const hostOf = (ref: string): string => parseReference(ref).registry

/** The cause of a failed pull in podman's output; of a rare one podman's last line. Pure. */
export function pullFailure(ref: string, stderr: string): PullFailure {
  const last = stderr.trim().split('\n').at(-1) ?? ''
  const known = causes.find(({ pattern }) => pattern.test(last))
  return known?.explain(ref) ?? { cause: last, hint: 'Check the reference, the registry and `podman login`.' }
}
