import { expect, it } from 'vitest'
import { connectionError } from '../../src/state/redis/connection.ts'
import { redisDiagnostic } from '../../src/state/redis/redis-errors.ts'

it.each([
  ["OOM command not allowed when used memory > 'maxmemory'.", 'redis-out-of-memory'],
  ['ERR Error running script (call to f_1): @user_script:6: -OOM command not allowed', 'redis-out-of-memory'],
  ['NOAUTH Authentication required.', 'redis-auth'],
  ['WRONGPASS invalid username-password pair or user is disabled.', 'redis-auth'],
  ["NOPERM this user has no permissions to run the 'incr' command", 'redis-permission'],
  [
    "ERR The user executing the script can't run this command or subcommand script: 0880, on @user_script:4.",
    'redis-permission',
  ],
  [
    "ERR The user executing the script can't access at least one of the keys mentioned in the command arguments",
    'redis-permission',
  ],
  ["READONLY You can't write against a read only replica.", 'redis-readonly'],
  ['NOREPLICAS Not enough good replicas to write.', 'redis-replicas'],
  ['MISCONF Errors writing to the AOF file: No space left on device', 'redis-disk'],
  ['LOADING Redis is loading the dataset in memory', 'redis-loading'],
  ["MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", 'redis-loading'],
  ['ERR Script attempted to access a non local key in a cluster node script: 0880', 'redis-cluster'],
  ['ERR Script attempted to access keys that do not hash to the same slot', 'redis-cluster'],
  ['BUSY Redis is busy running a script. You can only call SCRIPT KILL', 'redis-busy'],
  ['ERR max number of clients reached', 'redis-clients'],
  ['ERR DB index is out of range', 'redis-database'],
  ['MOVED 3999 127.0.0.1:6381', 'redis-cluster'],
  ['CLUSTERDOWN Hash slot not served', 'redis-cluster'],
  ['WRONGTYPE Operation against a key holding the wrong kind of value', 'redis-key'],
  ['ERR value is not an integer or out of range', 'redis-key'],
  ["ERR unknown command 'EVAL', with args beginning with:", 'redis-version'],
  ['self-signed certificate in certificate chain', 'redis-tls'],
  ['Protocol error, got "H" as reply type byte', 'redis-protocol'],
])('%s is %s', (said, code) => {
  expect(redisDiagnostic(new Error(said))).toMatchObject({ code })
})

it('a transaction that was thrown away is told by what threw it away', () => {
  const error = Object.assign(new Error('EXECABORT Transaction discarded because of previous errors.'), {
    previousErrors: [new Error("OOM command not allowed when used memory > 'maxmemory'.")],
  })
  expect(redisDiagnostic(error)?.code).toBe('redis-out-of-memory')
})

it('a replica without its primary is not told as one that is loading', () => {
  const said = "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'."
  expect(redisDiagnostic(new Error(said))?.message).toContain('a replica that waits for its primary')
})

it('a connection that ends or answers too late is told by what was waited for', () => {
  expect(connectionError(new Error('Connection is closed.'), 'reading').diagnostics[0]?.code).toBe('redis-lost')
  const late = connectionError(new Error('Command timed out'), 'reading the records').diagnostics[0]
  expect(late?.code).toBe('redis-timeout')
  expect(late?.message).toContain('10 s (reading the records)')
})
