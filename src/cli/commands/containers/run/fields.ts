import type { RunFields } from '../../../../api/run/build.ts'
import { refusedError } from '../../../../model/errors.ts'

/** Options of `heropods run` that are fields of a container. */
export interface FieldOptions {
  readonly env?: readonly string[]
  readonly envFile?: readonly string[]
  readonly volume?: readonly string[]
  readonly tmpfs?: readonly string[]
  readonly publish?: readonly string[]
  readonly workdir?: string
  readonly user?: string
  readonly groupAdd?: readonly string[]
  readonly entrypoint?: string
  readonly hostname?: string
  readonly addHost?: readonly string[]
  readonly dns?: readonly string[]
  readonly memory?: string
  readonly memorySwap?: string
  readonly cpus?: string
  readonly cpuShares?: string
  readonly cpusetCpus?: string
  readonly pidsLimit?: string
  readonly shmSize?: string
  readonly ulimit?: readonly string[]
  readonly sysctl?: readonly string[]
  readonly capAdd?: readonly string[]
  readonly capDrop?: readonly string[]
  readonly securityOpt?: readonly string[]
  readonly device?: readonly string[]
  readonly privileged?: boolean
  readonly readOnly?: boolean
  readonly init?: boolean
  readonly label?: readonly string[]
  readonly restart?: string
  readonly stopSignal?: string
  readonly stopTimeout?: string
  readonly pull?: string
}

/** Fields with the same text as their option. */
const sameText = {
  envFile: 'env_file',
  volume: 'volumes',
  tmpfs: 'tmpfs',
  publish: 'ports',
  workdir: 'working_dir',
  user: 'user',
  groupAdd: 'group_add',
  hostname: 'hostname',
  addHost: 'extra_hosts',
  dns: 'dns',
  memory: 'mem_limit',
  memorySwap: 'memswap_limit',
  cpus: 'cpus',
  cpuShares: 'cpu_shares',
  cpusetCpus: 'cpuset',
  pidsLimit: 'pids_limit',
  shmSize: 'shm_size',
  capAdd: 'cap_add',
  capDrop: 'cap_drop',
  securityOpt: 'security_opt',
  device: 'devices',
  privileged: 'privileged',
  readOnly: 'read_only',
  init: 'init',
  restart: 'restart',
  stopSignal: 'stop_signal',
  pull: 'pull_policy',
} as const satisfies Partial<Record<keyof FieldOptions, keyof RunFields>>

/**
 * The fields of a container from the command line. A variable without a value has that of `environment`. Raises `usage` (refused). Pure;
 * the schema of stack files checks the texts.
 */
export function fieldsOf(
  command: readonly string[],
  options: FieldOptions,
  environment: Readonly<Record<string, string | undefined>>,
): RunFields {
  const { entrypoint, stopTimeout } = options
  const same = Object.entries(sameText).flatMap(([option, field]) => {
    const value = Object.entries(options).find(([name]) => name === option)?.[1]
    return value === undefined ? [] : [[field, value]]
  })
  return {
    ...Object.fromEntries(same),
    ...(command.length > 0 && { command: [...command] }),
    // As in Docker: an empty text removes the entrypoint of the image.
    ...(entrypoint !== undefined && { entrypoint: entrypoint === '' ? [] : [entrypoint] }),
    ...(options.env && { environment: variables(options.env, environment) }),
    ...(options.label && { labels: pairs('--label', options.label) }),
    ...(options.sysctl && { sysctls: pairs('--sysctl', options.sysctl) }),
    ...(options.ulimit && { ulimits: Object.fromEntries(options.ulimit.map(limit)) }),
    ...(stopTimeout !== undefined && { stop_grace_period: `${stopTimeout}s` }),
  }
}

function variables(
  texts: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const values = texts.map((text) => {
    if (text.includes('=')) return pair('-e', text)
    const value = environment[text]
    if (value !== undefined) return [text, value] as const
    throw refusedError({
      code: 'usage',
      message: `-e ${text}: this variable is not set in the environment of this command.`,
      hint: `Write -e ${text}=VALUE, or set it first.`,
    })
  })
  return Object.fromEntries(values)
}

const pairs = (option: string, texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(texts.map((text) => pair(option, text)))

function pair(option: string, text: string): readonly [string, string] {
  const position = text.indexOf('=')
  if (position > 0) return [text.slice(0, position), text.slice(position + 1)]
  if (position < 0 && option === '--label') return [text, '']
  throw refusedError({
    code: 'usage',
    message: `${option} ${text} has no ${position === 0 ? 'name' : 'value'}.`,
    hint: `Write ${option} NAME=VALUE.`,
  })
}

/** `nofile=1024` or `nofile=1024:2048`. */
function limit(text: string): readonly [string, { soft: number; hard: number }] {
  const [, name = '', soft = '', hard = soft] = /^([a-z]+)=(-?\d+)(?::(-?\d+))?$/.exec(text) ?? []
  if (name !== '') return [name, { soft: Number(soft), hard: Number(hard) }]
  throw refusedError({
    code: 'usage',
    message: `--ulimit ${text} is not a limit.`,
    hint: 'Write --ulimit NAME=SOFT or NAME=SOFT:HARD, e.g. --ulimit nofile=1024:2048.',
  })
}
