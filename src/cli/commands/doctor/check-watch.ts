import { type Paths, watchLockPath } from '../../../host/files/paths.ts'
import { localHost } from '../../local-host.ts'
import type { Check } from './check.ts'
import { checkInotify, countWatches } from './kernel-limits.ts'

/** Watches of `heropods watch`: for the folders of the instance, and for each container with its cgroups and records. */
const [watchesOfInstance, watchesOfContainer] = [40, 12]
/** Lists the inotify descriptors of this user's processes. A process that ends meanwhile is an error of find that does not count. */
const findInotify = [
  '/proc',
  '-mindepth',
  '3',
  '-maxdepth',
  '3',
  '-path',
  '/proc/[0-9]*/fd/*',
  '-lname',
  'anon_inode:*inotify*',
]

/** Checks the limits of inotify(7). `containers`: the number of containers of the instance. */
export async function checkWatches(paths: Paths, containers: number): Promise<readonly Check[]> {
  const [instances, watches] = await Promise.all([limitOf('max_user_instances'), limitOf('max_user_watches')])
  if (instances === undefined || watches === undefined) return []
  const args = [...findInotify, '-uid', String(localHost.system.uid)]
  const { stdout } = await localHost.query({ program: 'find', args })
  const descriptors = stdout.split('\n').filter((line) => line !== '')
  const texts = await Promise.all(
    descriptors.map((path) => localHost.readFile(path.replace('/fd/', '/fdinfo/')).catch(() => undefined)),
  )
  const used = texts.reduce((sum, text) => sum + countWatches(text ?? ''), 0)
  const runs = await localHost.isLocked(watchLockPath(paths)).catch(() => false)
  const needed = runs ? 0 : watchesOfInstance + watchesOfContainer * containers
  return [
    checkInotify({
      instances: { used: descriptors.length, most: instances },
      watches: { used, most: watches },
      needed,
    }),
  ]
}

async function limitOf(name: string): Promise<number | undefined> {
  const text = await localHost.readFile(`/proc/sys/fs/inotify/${name}`).catch(() => undefined)
  return text === undefined ? undefined : Number(text)
}
