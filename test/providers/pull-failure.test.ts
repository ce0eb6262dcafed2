import { expect, it } from 'vitest'
import { pullFailure } from '../../src/providers/linux/image/pull/pull-failure.ts'

const ref = '127.0.0.1:5055/app:9'
const get = 'Error: initializing source docker://127.0.0.1:5055/app:9: pinging container registry 127.0.0.1:5055: Get'

it.each<readonly [what: string, stderr: string, cause: string, hint: string]>([
  [
    'nothing listens',
    `Trying to pull ${ref}...\n${get} "https://127.0.0.1:5055/v2/": dial tcp 127.0.0.1:5055: connect: connection refused`,
    'nothing listens on 127.0.0.1:5055 (connection refused)',
    'Start the registry',
  ],
  [
    'HTTP',
    `${get} "https://127.0.0.1:5055/v2/": http: server gave HTTP response to HTTPS client`,
    'the registry 127.0.0.1:5055 answers without TLS',
    '`[[registry]]`, `location = "127.0.0.1:5055"`, `insecure = true`',
  ],
  [
    'no tag',
    'Error: initializing source docker://127.0.0.1:5055/app:9: reading manifest 9 in 127.0.0.1:5055/app: manifest unknown',
    'there is no tag 9 of 127.0.0.1:5055/app',
    'Correct the name or the tag',
  ],
  [
    'no login',
    'Error: initializing source docker://127.0.0.1:5055/app:9: reading manifest 9 in 127.0.0.1:5055/app: unauthorized: authentication required',
    'the registry 127.0.0.1:5055 refuses these credentials, or none are known',
    '`podman login 127.0.0.1:5055`',
  ],
  [
    'no address',
    `${get} "https://127.0.0.1:5055/v2/": dial tcp: lookup registry.invalid: no such host`,
    'DNS has no address for 127.0.0.1:5055',
    'Correct the name of the registry',
  ],
  [
    'no name server',
    `${get} "https://127.0.0.1:5055/v2/": dial tcp: lookup docker.io on 10.0.0.2:53: read udp 10.0.0.7:41312->10.0.0.2:53: i/o timeout`,
    'DNS does not answer, so the address of 127.0.0.1:5055 is not known',
    '/etc/resolv.conf',
  ],
  [
    'no route',
    `${get} "https://127.0.0.1:5055/v2/": dial tcp 10.9.9.9:5055: connect: no route to host`,
    'the registry 127.0.0.1:5055 cannot be reached',
    'Check the network',
  ],
  ['another cause', 'warning\nError: no space left on device', 'Error: no space left on device', 'Check the reference'],
])('a pull that fails: %s', (_, stderr, cause, hint) => {
  const failure = pullFailure(ref, stderr)
  expect(failure.cause).toBe(cause)
  expect(failure.hint).toContain(hint)
})

it('an image by digest has no tag to name', () => {
  expect(pullFailure('r.lan/app@sha256:ab', 'Error: manifest unknown').cause).toBe(
    'there is no image sha256:ab of r.lan/app',
  )
})
