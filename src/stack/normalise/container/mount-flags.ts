import type { MountFlag } from '../../../model/kinds/container.ts'

/** The flags of a bind mount or a volume, each with its opposite, which is the default. */
const opposites: Readonly<Record<MountFlag, string | undefined>> = {
  noexec: 'exec',
  nosuid: 'suid',
  nodev: 'dev',
  nodiratime: 'diratime',
  noatime: undefined,
  relatime: undefined,
  strictatime: undefined,
}

/** When the kernel writes access times: only one of them can apply. */
const accessTimes: readonly string[] = ['noatime', 'relatime', 'strictatime']

const isFlag = (name: string): name is MountFlag => Object.hasOwn(opposites, name)

/** All flags of a bind mount or a volume, with their opposites. */
export const mountFlagNames: readonly string[] = Object.entries(opposites).flatMap(([flag, opposite]) =>
  opposite === undefined ? [flag] : [flag, opposite],
)

/** The flags that differ from the default, sorted. Throws an Error if two of them contradict each other. Pure. */
export function mountFlags(names: readonly string[]): readonly MountFlag[] {
  const flags = [...new Set(names)].filter(isFlag).sort()
  for (const flag of flags) {
    const other = opposites[flag]
    if (other !== undefined && names.includes(other)) throw contradiction(flag, other)
  }
  const [first, second] = flags.filter((flag) => accessTimes.includes(flag))
  if (first !== undefined && second !== undefined) throw contradiction(first, second)
  return flags
}

const contradiction = (one: string, other: string): Error =>
  new Error(`\`${one}\` and \`${other}\` contradict each other`)
