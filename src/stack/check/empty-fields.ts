import { isRecord } from '../../model/values/unknown.ts'

type Data = Readonly<Record<string, unknown>>

/** Fields of a container in which an empty text means "not set", as in Compose: `hostname: ${mail_host:-}`. */
const optional = ['hostname', 'user', 'working_dir', 'stop_signal', 'network_mode', 'restart', 'cpuset', 'pull_policy']

/** Removes fields whose empty text means the default. Pure. */
export function withoutEmptyFields(data: Data): Data {
  const container = (one: unknown): unknown =>
    isRecord(one) && optional.some((field) => one[field] === '')
      ? Object.fromEntries(Object.entries(one).filter(([field, value]) => value !== '' || !optional.includes(field)))
      : one
  const part = (key: string, value: unknown): unknown =>
    ['containers', 'services'].includes(key) && isRecord(value)
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, container(one)]))
      : value
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, part(key, value)]))
}
