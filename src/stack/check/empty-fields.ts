type Data = Record<string, unknown>

const isMap = (value: unknown): value is Data => value !== null && typeof value === 'object' && !Array.isArray(value)

/** Fields of a container in which Compose takes an empty text for "not set": `hostname: ${mail_host:-}`. */
const optional = ['hostname', 'user', 'working_dir', 'stop_signal', 'network_mode', 'restart', 'cpuset', 'pull_policy']

/** A document without the fields whose empty text means their default. Pure. */
export function withoutEmptyFields(data: Data): Data {
  const container = (one: unknown): unknown =>
    isMap(one) && optional.some((field) => one[field] === '')
      ? Object.fromEntries(Object.entries(one).filter(([field, value]) => value !== '' || !optional.includes(field)))
      : one
  const part = (key: string, value: unknown): unknown =>
    ['containers', 'services'].includes(key) && isMap(value)
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, container(one)]))
      : value
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, part(key, value)]))
}
