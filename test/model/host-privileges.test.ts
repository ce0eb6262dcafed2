import { describe, expect, it } from 'vitest'
import { hostPrivileges } from '../../src/model/kinds/host-access.ts'

type Settings = Parameters<typeof hostPrivileges>[0]

const plain: Settings = { privileged: false, cap_add: [], devices: [], seccomp: 'default', network_mode: 'bridge' }
const sda = { source: '/dev/sda', target: '/dev/disk', permissions: 'rwm' }
const names = (settings: Partial<Settings>): readonly string[] =>
  hostPrivileges({ ...plain, ...settings }).map((text) => text.split(':')[0] ?? '')

describe('control of the host', () => {
  it('is given by no default', () => {
    expect(hostPrivileges(plain)).toEqual([])
  })

  it('is given by a privileged container, which contains the other settings except the network', () => {
    const all = { privileged: true, cap_add: ['ALL'], devices: [sda], seccomp: 'unconfined' }
    expect(names(all)).toEqual(['privileged'])
    expect(names({ ...all, network_mode: 'host' })).toEqual(['privileged', 'network_mode'])
  })

  it('is given by some capabilities, in each way to write them', () => {
    expect(names({ cap_add: ['NET_ADMIN', 'CAP_SYS_ADMIN', 'sys_module'] })).toEqual([
      'cap_add SYS_ADMIN',
      'cap_add SYS_MODULE',
    ])
  })

  it('is given by devices, an unconfined seccomp profile and the network of the host', () => {
    expect(names({ devices: [sda], seccomp: 'unconfined', network_mode: 'host' })).toEqual([
      'security_opt seccomp',
      'device /dev/sda of the host',
      'network_mode',
    ])
  })
})
