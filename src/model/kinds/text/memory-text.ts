import { sizeText } from '../../values/units.ts'

/**
 * Processes of a running container that the kernel has killed because of a lack of memory: `1 process killed: out of memory (limit 16M)`.
 * `limit`: bytes, 0 or undefined: the container has none. Pure.
 */
export const memoryKillsText = (kills: number, limit: number | undefined): string =>
  `${kills === 1 ? '1 process' : `${kills} processes`} killed: out of memory${limit ? ` (limit ${sizeText(limit)})` : ''}`
