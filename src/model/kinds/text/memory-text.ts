import { sizeText } from '../../values/units.ts'

/**
 * Processes of a running container that the kernel has killed because of a lack of memory: `1 process killed: out of memory (limit 16M)`.
 * `limit`: bytes, 0 or undefined: the container has none. Pure.
 */
export const memoryKillsText = (kills: number, limit: number | undefined): string =>
  `${kills === 1 ? '1 process' : `${kills} processes`} killed: out of memory${limit ? ` (limit ${sizeText(limit)})` : ''}`

/**
 * Why the kernel has killed a process, and the field to change, as the end of a sentence: ``it reached its memory limit of 16M: raise `mem_limit` ``.
 * `limit`: bytes, 0 or undefined: the container has none. Pure.
 */
export const memoryLimitText = (limit: number | undefined): string =>
  limit
    ? `it reached its memory limit of ${sizeText(limit)}: raise \`mem_limit\``
    : 'the memory of the host was used up: set `mem_limit` of the containers that need too much'
