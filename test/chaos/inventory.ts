import { type Dirent, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Left, lookLeft } from '../live/play/left.ts'
import { type Instance, sh } from '../live/support.ts'

/** Every object of an instance, from the kernel and the disk: nothing is asked of HeroPods. */
export interface Inventory extends Left {
  readonly bridges: number
  readonly rules: readonly string[]
  readonly servers: number
  readonly files: readonly string[]
  /** Health records of runs that are over: those of a living run exist only once something has asked for its health. */
  readonly oldHealth: readonly string[]
}

export function takeInventory(instance: Instance): Inventory {
  const runs = new Set(entries(instance.run, '/crun').map((entry) => entry.name))
  return {
    ...lookLeft(instance),
    bridges: sh('ip', '-o', 'link').match(/^\d+: hp/gm)?.length ?? 0,
    rules: rules(),
    servers: sh('ps', '-eo', 'args')
      .split('\n')
      .filter((line) => isServer(line, instance.base)).length,
    oldHealth: entries(instance.run, '/health')
      .map((entry) => entry.name)
      .filter((id) => !runs.has(id)),
    files: [...filesOf(instance.data), ...filesOf(instance.run)].sort(),
  }
}

const isServer = (line: string, base: string): boolean => /^\S*(redis|valkey)-server/.test(line) && line.includes(base)

/** Rules of HeroPods' own chains and jumps, without counters. */
const rules = (): readonly string[] =>
  sh('iptables-save')
    .split('\n')
    .filter((line) => line.startsWith('-A') && line.includes('HEROPODS'))

/** Names below a folder that say what exists. Numbers of runs and hashes differ from one version to the next: they become N and H. */
const filesOf = (base: string): readonly string[] =>
  names(base, '')
    .filter((name) => !ignored.test(name))
    .map((name) => name.replaceAll(/\b[0-9a-f]{64}\b/g, 'H').replaceAll(/([-+_]|app)\d+\b/g, '$1N'))

/** What a container writes or a version leaves on purpose: its layer, unpacked images kept for a rollback, caches, Redis' own files. */
const ignored =
  /^\/(redis|cache|seccomp|health|watch.lock|watch.lock.holder|images\/[0-9a-f]{64}|records)(\/|$)|^\/containers\/[^/]+\/[^/]+\/(upper|work|root|log)/

/** Paths below `base`, without what lies inside mounted roots and images. */
const names = (base: string, below: string): readonly string[] =>
  entries(base, below).flatMap((entry) => {
    const name = `${below}/${entry.name}`
    return entry.isDirectory() && !ignored.test(name) ? [name, ...names(base, name)] : [name]
  })

const entries = (base: string, below: string): readonly Dirent[] =>
  existsSync(join(base, below)) ? readdirSync(join(base, below), { withFileTypes: true }) : []
