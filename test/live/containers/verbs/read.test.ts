import { afterAll, beforeAll, expect, it } from 'vitest'
import { hostState, Instance } from '../../support.ts'

let instance: Instance
let host = ''
beforeAll(() => {
  host = hostState()
  instance = new Instance()
  instance.stack(`containers:
  busy: { image: busybox, command: [sh, -c, "while :; do :; done"], mem_limit: 64m, pids_limit: 20, ports: ["18083:80", "18084:81/udp"], stop_grace_period: 0s }
  idle: { image: busybox, command: [sleep, "1000"], user: nobody, network_mode: none, deploy: { replicas: 2 }, stop_grace_period: 0s }
  job: { image: busybox, command: [sh, -c, "sleep 2; exit 7"], restart: "no", stop_grace_period: 0s }
`)
  instance.apply()
})
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(host)
})

interface Stats {
  containers: {
    container: string
    running: boolean
    cpuPercent: number | null
    memory: number | null
    memoryLimit: number
    processes: number
    processLimit: number | null
    networkReceived: number
  }[]
}
const stats = (...args: string[]): Stats => JSON.parse(instance.ok('stats', '--no-stream', '--json', ...args))

it('`wait` prints the exit codes in the order of the names, at once if a container has exited', () => {
  expect(instance.ok('wait', 'job')).toBe('7\n')
  expect(JSON.parse(instance.ok('wait', 'job', '--json'))).toEqual({
    containers: [{ container: 'test/container/job', exitCode: 7 }],
  })
  expect(instance.heropods(['wait', 'nobody']).code).toBe(3)
})

it('`stats` measures the CPU over the interval, and memory with its limit', () => {
  const { containers } = stats('busy', 'idle', 'job')
  const [busy, idle, , job] = containers
  expect(containers).toHaveLength(4)
  expect(busy).toMatchObject({ running: true, memoryLimit: 64 * 2 ** 20, processes: 1, processLimit: 20 })
  expect(busy?.cpuPercent).toBeGreaterThan(10)
  expect(busy?.memory).toBeGreaterThan(0)
  expect(idle?.cpuPercent).toBeLessThan(5)
  expect(job).toMatchObject({ container: 'test/container/job', running: false, cpuPercent: null, memory: null })
  expect(stats().containers.map(({ container }) => container)).not.toContain('test/container/job')
  // Standard output is a pipe: one table, without `--no-stream`.
  const table = instance.ok('stats', 'busy').trimEnd().split('\n')
  expect(table[0]).toMatch(/^NAME +CPU % +MEM USAGE \/ LIMIT +MEM % +NET I\/O +BLOCK I\/O +PIDS$/)
  expect(table[1]).toMatch(/^busy +\d+\.\d\d% +[\d.]+KiB \/ 64\.0MiB +\d\.\d\d% +[\d.]+\w+ \/ [\d.]+\w+ +0B \/ 0B +1$/)
})

it('`top` lists the processes with the pids and users of the container', () => {
  const { containers } = JSON.parse(instance.ok('top', 'idle', '--json')) as {
    containers: { container: string; processes: { pid: number; user: string; command: string }[] }[]
  }
  expect(containers.map(({ container }) => container)).toEqual(['test/container/idle.1', 'test/container/idle.2'])
  for (const { processes } of containers)
    expect(processes).toEqual([expect.objectContaining({ pid: 1, user: 'nobody', command: 'sleep 1000' })])
  expect(instance.ok('top', 'busy')).toMatch(
    /^PID +PPID +HOST PID +USER[\s\S]*\n1 +0 +\d+ +root +R .*while :; do :; done/,
  )
  expect(instance.heropods(['top', 'job'])).toMatchObject({ code: 3, stderr: expect.stringContaining('not-running') })
})

it('`port` prints the published ports, or the address of one', () => {
  expect(instance.ok('port', 'busy')).toBe('80/tcp -> 127.0.0.1:18083\n81/udp -> 127.0.0.1:18084\n')
  expect(instance.ok('port', 'busy', '81/udp')).toBe('127.0.0.1:18084\n')
  expect(JSON.parse(instance.ok('port', 'busy', '80', '--json'))).toEqual({
    ports: [{ container: 'test/container/busy', port: 80, protocol: 'tcp', hostIp: '127.0.0.1', hostPort: 18083 }],
  })
  expect(instance.heropods(['port', 'busy', '81'])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('does not publish the port 81/tcp'),
  })
})
