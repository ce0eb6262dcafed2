import { testText } from '../../../model/command/check-command.ts'
import type { ContainerSpec, HealthCheck, OnUnhealthy } from '../../../model/kinds/container.ts'
import type { Item } from './item.ts'
import { durationText } from './units.ts'

const item = (name: string, text: string, isDefault = false, pointer = `/healthcheck/${name}`): Item => ({
  field: 'healthcheck',
  name,
  text,
  pointer,
  isDefault,
})

/** The check in one line, then its times. The defaults are those of Compose. */
export function healthItems(check: NonNullable<ContainerSpec['healthcheck']>): readonly Item[] {
  if ('disable' in check) return [item('test', 'none', false, '/healthcheck')]
  const { interval, timeout, retries, start_period, start_interval } = check
  return [
    probeItem(check),
    item('interval', durationText(interval), interval === 30_000),
    item('timeout', durationText(timeout), timeout === 30_000),
    item('retries', String(retries), retries === 3),
    item('start_period', durationText(start_period), start_period === 0),
    item('start_interval', durationText(start_interval), start_interval === 5000),
  ]
}

function probeItem(check: HealthCheck): Item {
  const probe = (text: string): Item => item('test', text, false, '/healthcheck')
  if ('tcp' in check) return probe(`tcp ${check.tcp}`)
  if ('test' in check) return probe(testText(check.test))
  const { scheme, port, path, status } = check.http
  const range = status.from === 200 && status.to === 399 ? '' : `, status ${statusText(status)}`
  return probe(`${scheme} ${port}${path}${range}`)
}

const statusText = ({ from, to }: { from: number; to: number }): string => (from === to ? `${from}` : `${from}-${to}`)

export const unhealthyItems = ({ action, limit, window }: OnUnhealthy): readonly Item[] => [
  {
    field: 'on_unhealthy',
    text: `${action}, at most ${limit} times in ${durationText(window)}`,
    pointer: '/on_unhealthy',
  },
]
