import { describe, expect, it } from 'vitest'
import type { DriftedField } from '../../src/model/change.ts'
import { sysctlDrift } from '../../src/providers/linux/container/sysctls.ts'
import { containerSpec } from '../specs.ts'

const drift = (name: string, wanted: string, now: string): readonly DriftedField[] =>
  sysctlDrift(
    containerSpec({ sysctls: { [name]: wanted } }),
    new Map([[`/proc/sys/${name.replaceAll('.', '/')}`, now]]),
  )

const ports = 'net.ipv4.ip_local_reserved_ports'
const queue = 'net.core.somaxconn'
const memory = 'net.ipv4.tcp_rmem'

describe('a kernel parameter that holds what was written to it has not drifted', () => {
  it.each([
    [queue, '0x10', '16'],
    [queue, '010', '8'],
    [queue, '007', '7'],
    [queue, '5 6', '5'],
    [memory, '1 2', '1 2 6291456'],
    [memory, '4096  131072\t6291456', '4096 131072 6291456'],
    [ports, '9000,8080-8082,8081', '8080-8082,9000'],
    ['net.ipv4.tcp_congestion_control', 'bbr', 'bbr'],
  ])('%s: %s as %s', (name, wanted, now) => expect(drift(name, wanted, now)).toEqual([]))

  it.each([
    [queue, '0x10', '10'],
    [queue, '010', '10'],
    [memory, '1 2', '1 3 6291456'],
    [memory, '1 2 3', '1 2 6291456'],
    [ports, '9000,8080-8082', '8080-8081,9000'],
    [ports, '9000,8080', ''],
    ['net.ipv4.tcp_congestion_control', 'cubic', 'bbr'],
    ['net.ipv4.tcp_congestion_control', '5', 'bbr'],
  ])('and one that holds another has: %s: %s as %s', (name, wanted, now) =>
    expect(drift(name, wanted, now)).toHaveLength(1),
  )
})
