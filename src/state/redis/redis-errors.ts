import type { ErrorCode } from '../../generated/error-codes.ts'
import type { Diagnostic } from '../../model/errors.ts'

interface Kind {
  readonly code: ErrorCode
  /** What the server, the network or the client library says. */
  readonly says: RegExp
  readonly message: string
  readonly hint: string
  readonly retryable?: boolean
}

const again =
  'What was done is on the host: run the command again afterwards; `heropods refresh` makes the records anew.'

/** First match wins. Scripts wrap the error of a command, so its word may be anywhere. */
const kinds: readonly Kind[] = [
  {
    code: 'redis-out-of-memory',
    says: /\bOOM\b/,
    message: 'Redis is out of memory (maxmemory) and refuses writes',
    hint: `Free memory there or raise maxmemory. ${again}`,
    retryable: true,
  },
  {
    code: 'redis-auth',
    says: /\b(NOAUTH|WRONGPASS)\b|invalid (username-)?password|no password is set|without any password configured|Authentication required/i,
    message: 'Redis does not accept the user or the password',
    hint: 'Check both in HEROPODS_REDIS_URL; characters such as @ : / % are written %40 %3A %2F %25.',
  },
  {
    code: 'redis-permission',
    says: /\bNOPERM\b|no permissions to|executing the script can't/i,
    message: 'The user of Redis lacks a right that HeroPods needs',
    hint: 'It needs `+@all -@admin -@dangerous +info ~heropods:* ~context:heropods &__redis__:invalidate`; `ACL LOG` there says what was denied.',
  },
  {
    code: 'redis-readonly',
    says: /\bREADONLY\b/,
    message: 'This Redis is a replica and refuses writes',
    hint: 'Point HEROPODS_REDIS_URL to the primary.',
  },
  {
    code: 'redis-replicas',
    says: /\bNOREPLICAS\b/,
    message: 'Redis refuses writes while it has too few replicas (min-replicas-to-write)',
    hint: `Bring its replicas back. ${again}`,
    retryable: true,
  },
  {
    code: 'redis-disk',
    says: /\bMISCONF\b/,
    message: 'Redis cannot write to its disk and refuses writes',
    hint: `Make room on its disk and look at its log. ${again}`,
    retryable: true,
  },
  {
    code: 'redis-loading',
    says: /\bLOADING\b/,
    message: 'Redis is still loading its data',
    hint: 'Run the command again in a moment.',
    retryable: true,
  },
  {
    code: 'redis-loading',
    says: /\bMASTERDOWN\b/,
    message: 'This Redis is a replica that waits for its primary',
    hint: 'Point HEROPODS_REDIS_URL to the primary, or bring that back.',
    retryable: true,
  },
  {
    code: 'redis-busy',
    says: /\bBUSY\b/,
    message: 'Redis is busy with a script of someone else',
    hint: 'Wait for it or end it there (`SCRIPT KILL`), and run the command again.',
    retryable: true,
  },
  {
    code: 'redis-clients',
    says: /max number of clients/i,
    message: 'Redis has as many clients as it takes (maxclients)',
    hint: 'Raise maxclients there, or end clients that nobody needs.',
    retryable: true,
  },
  {
    code: 'redis-database',
    says: /DB index|SELECT is not allowed/i,
    message: 'Redis does not have the database that HEROPODS_REDIS_URL names',
    hint: 'Name a smaller number (most servers have 0 to 15, a cluster has 0 alone), or raise `databases` there.',
  },
  {
    code: 'redis-cluster',
    says: /\b(CLUSTERDOWN|MOVED|ASK|CROSSSLOT|TRYAGAIN)\b|non local key|do not hash to the same slot/,
    message: 'This Redis is part of a cluster, which HeroPods does not follow',
    hint: 'Use a single server or a proxy that hides the cluster.',
  },
  {
    code: 'redis-key',
    says: /\bWRONGTYPE\b|not an integer|increment or decrement would overflow/i,
    message: 'A key of this instance in Redis does not hold what HeroPods wrote there',
    hint: '`heropods refresh` sets it aside and makes the records anew.',
  },
  {
    code: 'redis-version',
    says: /unknown (sub)?command|NOPROTO|wrong number of arguments|syntax error|not allowed from script/i,
    message: 'This Redis lacks a command that HeroPods needs',
    hint: 'Use Redis 6 or newer, or Valkey, with no command renamed or disabled.',
  },
  {
    code: 'redis-tls',
    says: /certificate|CERT_|\bSSL\b|\bTLS\b|EPROTO|wrong version number|ALTNAME/i,
    message: 'The encrypted connection to Redis cannot be made',
    hint: 'For a CA of your own add `?cafile=/PATH/ca.pem` to a rediss:// URL; a port without TLS takes redis://.',
  },
  {
    code: 'redis-protocol',
    says: /Protocol error|ParserError/i,
    message: 'What answers there does not speak the protocol of Redis',
    hint: 'Check host and port in HEROPODS_REDIS_URL; a port with TLS takes rediss://.',
  },
]

const saidBy = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')

/** An error that Redis or the way to it gave, as a diagnostic; undefined where it is none of the known kinds. Pure. */
export function redisDiagnostic(error: unknown): Diagnostic | undefined {
  const said = [error, ...causesOf(error)].map(saidBy).join(' ')
  const kind = kinds.find((one) => one.says.test(said))
  return (
    kind && {
      code: kind.code,
      message: `${kind.message}: ${saidBy(error)}.`,
      hint: kind.hint,
      ...(kind.retryable && { retryable: true }),
    }
  )
}

/** A transaction that was thrown away says why beside itself. */
const causesOf = (error: unknown): readonly unknown[] => {
  const { previousErrors, code } = (error ?? {}) as { previousErrors?: readonly unknown[]; code?: unknown }
  return [...(previousErrors ?? []), ...(typeof code === 'string' ? [code] : [])]
}
