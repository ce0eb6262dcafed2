import type { ErrorCode } from '../../generated/error-codes.ts'
import { type Diagnostic, messageOf } from '../../model/errors.ts'
import { fieldOf } from '../../model/values/unknown.ts'

interface ErrorKind {
  readonly code: ErrorCode
  /** Matches the message of the server, the network or the client library. */
  readonly pattern: RegExp
  readonly message: string
  readonly hint: string
  readonly retryable?: boolean
}

const again =
  'Finished steps are on the host: run the command again afterwards; `heropods refresh` rebuilds the records.'

/** The first match applies. A script wraps the error of a command, so the word may be anywhere in the message. */
const kinds: readonly ErrorKind[] = [
  {
    code: 'redis-out-of-memory',
    pattern: /\bOOM\b/,
    message: 'Redis is out of memory (maxmemory) and refuses writes',
    hint: `Free memory on the Redis server or raise maxmemory. ${again}`,
    retryable: true,
  },
  {
    code: 'redis-auth',
    pattern:
      /\b(NOAUTH|WRONGPASS)\b|invalid (username-)?password|no password is set|without any password configured|Authentication required/i,
    message: 'Redis does not accept the user or the password',
    hint: 'Check both in HEROPODS_REDIS_URL; characters such as @ : / % are written %40 %3A %2F %25.',
  },
  {
    code: 'redis-permission',
    pattern: /\bNOPERM\b|no permissions to|executing the script can't/i,
    message: 'The user of Redis lacks a right that HeroPods needs',
    hint: 'It needs `+@all -@admin -@dangerous +info ~heropods:* ~context:heropods &__redis__:invalidate`; `ACL LOG` there shows the denied command.',
  },
  {
    code: 'redis-readonly',
    pattern: /\bREADONLY\b/,
    message: 'This Redis is a replica and refuses writes',
    hint: 'Point HEROPODS_REDIS_URL to the primary.',
  },
  {
    code: 'redis-replicas',
    pattern: /\bNOREPLICAS\b/,
    message: 'Redis refuses writes while it has too few replicas (min-replicas-to-write)',
    hint: `Start its replicas again. ${again}`,
    retryable: true,
  },
  {
    code: 'redis-disk',
    pattern: /\bMISCONF\b/,
    message: 'Redis cannot write to its disk and refuses writes',
    hint: `Free space on its disk and read its log. ${again}`,
    retryable: true,
  },
  {
    code: 'redis-loading',
    pattern: /\bLOADING\b/,
    message: 'Redis is still loading its data',
    hint: 'Run the command again in a moment.',
    retryable: true,
  },
  {
    code: 'redis-loading',
    pattern: /\bMASTERDOWN\b/,
    message: 'This Redis is a replica that waits for its primary',
    hint: 'Point HEROPODS_REDIS_URL to the primary, or start the primary again.',
    retryable: true,
  },
  {
    code: 'redis-busy',
    pattern: /\bBUSY\b/,
    message: 'Redis is busy with a script of another client',
    hint: 'Wait for it or end it there (`SCRIPT KILL`), and run the command again.',
    retryable: true,
  },
  {
    code: 'redis-clients',
    pattern: /max number of clients/i,
    message: 'Redis has reached its limit of clients (maxclients)',
    hint: 'Raise maxclients there, or end unused clients.',
    retryable: true,
  },
  {
    code: 'redis-database',
    pattern: /DB index|SELECT is not allowed/i,
    message: 'The database in HEROPODS_REDIS_URL does not exist',
    hint: 'Use a smaller number (most servers have 0 to 15, a cluster only 0), or raise `databases` there.',
  },
  {
    code: 'redis-cluster',
    pattern: /\b(CLUSTERDOWN|MOVED|ASK|CROSSSLOT|TRYAGAIN)\b|non local key|do not hash to the same slot/,
    message: 'This Redis is part of a cluster, which HeroPods does not support',
    hint: 'Use a single server or a proxy that hides the cluster.',
  },
  {
    code: 'redis-key',
    pattern: /\bWRONGTYPE\b|not an integer|increment or decrement would overflow/i,
    message: 'A key of this instance in Redis has an unexpected type or value',
    hint: '`heropods refresh` sets it aside and rebuilds the records.',
  },
  {
    code: 'redis-version',
    pattern: /unknown (sub)?command|NOPROTO|wrong number of arguments|syntax error|not allowed from script/i,
    message: 'This Redis lacks a command that HeroPods needs',
    hint: 'Use Redis 6 or newer, or Valkey, with no command renamed or disabled.',
  },
  {
    code: 'redis-tls',
    pattern: /certificate|CERT_|\bSSL\b|\bTLS\b|EPROTO|wrong version number|ALTNAME/i,
    message: 'The TLS connection to Redis failed',
    hint: 'For a CA of your own add `?cafile=/PATH/ca.pem` to a rediss:// URL; for a port without TLS write redis://.',
  },
  {
    code: 'redis-protocol',
    pattern: /Protocol error|ParserError/i,
    message: 'The server at this URL does not use the protocol of Redis',
    hint: 'Check host and port in HEROPODS_REDIS_URL; for a port with TLS write rediss://.',
  },
]

const messageText = (error: unknown): string => messageOf(error).replace(/\.$/, '')

/** Converts a known error of Redis or of the connection; undefined for any other error. Pure. */
export function redisDiagnostic(error: unknown): Diagnostic | undefined {
  const messages = [error, ...causesOf(error)].map(messageText).join(' ')
  const kind = kinds.find((one) => one.pattern.test(messages))
  return (
    kind && {
      code: kind.code,
      message: `${kind.message}: ${messageText(error)}.`,
      hint: kind.hint,
      ...(kind.retryable && { retryable: true }),
    }
  )
}

/** The code of an error, and the errors before it: an aborted transaction has them in `previousErrors`. */
const causesOf = (error: unknown): readonly unknown[] => {
  const [previous, code] = [fieldOf(error, 'previousErrors'), fieldOf(error, 'code')]
  return [...(Array.isArray(previous) ? previous : []), ...(typeof code === 'string' ? [code] : [])]
}
