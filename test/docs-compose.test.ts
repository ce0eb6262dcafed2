import { describe, expect, it } from 'vitest'
import stackSchema from '../schemas/stack.schema.json' with { type: 'json' }
import validateStack from '../src/generated/validate-stack.js'
import { composeHint } from '../src/stack/check/compose-hints.ts'
import { readPage } from './docs-pages.ts'

/** docs/how-to/from-docker-compose.md against the schema. */
const page = readPage('docs/how-to/from-docker-compose.md')

/** Rows of the table below a heading: the key, and the cell after it. */
function tableOf(heading: string): ReadonlyMap<string, string> {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const [text = ''] = section.split('\n## ')
  return new Map([...text.matchAll(/^\| `([\w.]+)` \| ([^|]*) \|/gm)].map(([, key = '', here = '']) => [key, here]))
}

const described = (properties: object): ReadonlyMap<string, string> =>
  new Map(Object.entries(properties).map(([key, { description = '' }]) => [key, description]))

const container = described(stackSchema.definitions.container.properties)
const top = described(stackSchema.properties)
/** Keys that the schema has, without those that it only refuses. */
const supported = (fields: ReadonlyMap<string, string>): readonly string[] =>
  [...fields].flatMap(([key, description]) => (/^(Not yet supported|Refused)/.test(description) ? [] : [key]))

/** Keys of a service in the Compose specification. */
const composeService =
  'annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count cpu_percent ' +
  'cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules ' +
  'devices dns dns_opt dns_search domainname driver_opts entrypoint env_file environment expose extends external_links extra_hosts gpus ' +
  'group_add healthcheck hostname image init ipc isolation label_file labels links logging mac_address mem_limit mem_reservation ' +
  'mem_swappiness memswap_limit models network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start ' +
  'pre_stop privileged profiles provider pull_policy read_only restart runtime scale secrets security_opt shm_size stdin_open ' +
  'stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volumes volumes_from working_dir'

describe('keys of a service', () => {
  const rows = tableOf('Keys of a service')
  const own = tableOf('Keys that Compose does not have')

  it('are those of the Compose specification', () => expect([...rows.keys()]).toEqual(composeService.split(' ')))

  it.each([...rows])('%s: %s', (key, here) => {
    expect(here).toMatch(/^(same|different|not here)$/)
    expect(supported(container).includes(key)).toBe(here !== 'not here')
  })

  it('and the keys of HeroPods are all of the schema', () => {
    expect(supported(container).filter((key) => !rows.has(key) && !own.has(key))).toEqual([])
    expect([...own.keys()].filter((key) => !supported(container).includes(key))).toEqual([])
  })

  it.each([...rows].filter(([, here]) => here === 'not here'))('%s is refused', (key) => {
    const stack = (containerFields: object): object => ({
      apiVersion: 'heropods/v1',
      kind: 'Stack',
      metadata: { name: 'test' },
      containers: { web: { image: 'busybox', ...containerFields } },
    })
    expect(validateStack(stack({}))).toBe(true)
    expect(container.has(key) || !validateStack(stack({ [key]: {} }))).toBe(true)
    expect(container.has(key) || composeHint(key, 2)).toBeTruthy()
  })

  it('without hints for keys that stacks have', () =>
    expect(supported(container).filter((key) => composeHint(key, 2))).toEqual([]))

  it('with a hint that has the value of the file', () => {
    expect(composeHint('scale', 4)).toBe('Write `deploy: { replicas: 4 }`.')
    expect(composeHint('scale', {})).toBe('Write `deploy: { replicas: 3 }`.')
    expect(composeHint('depends_an', 4)).toBeUndefined()
    expect(composeHint('toString', 4)).toBeUndefined()
  })
})

describe('keys of the file', () => {
  const rows = tableOf('Keys of the file')

  it('are those of the Compose specification', () =>
    expect([...rows.keys()].sort()).toEqual(
      'configs include models name networks secrets services version volumes'.split(' '),
    ))

  it.each([...rows])('%s: %s', (key, here) => {
    expect(top.has(key)).toBe(here !== 'not here')
    expect(top.has(key) || composeHint(key, {})).toBeTruthy()
  })

  it('and the keys of HeroPods are all of the schema', () => {
    const [, last = ''] = page.split('At the top level:')
    const named = [...last.matchAll(/`(\w+)`/g)].map(([, key]) => key)
    expect([...top.keys()].filter((key) => !rows.has(key) && !named.includes(key))).toEqual([])
  })
})
