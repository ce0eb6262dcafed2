import type { ResourceAddress } from '../../model/resource-address.ts'
import type { Style } from '../style.ts'

/**
 * The place in the user's files that set a field, as in `shop.yaml:12`. `path` is a JSON pointer into the canonical spec, as in
 * `Change.path`; '' is the object itself. undefined: not known.
 */
export type OriginOf = (address: ResourceAddress, path: string) => string | undefined

export interface PlanTextOptions {
  readonly style: Style
  /** Columns of the terminal. Default: lines are not wrapped. */
  readonly width?: number | undefined
  /** Shows every field of new objects, also of many. Default: many new objects have one line each. */
  readonly full?: boolean | undefined
  /** False: the text does not name options of the command, since its reader did not run it. Default true. */
  readonly hints?: boolean | undefined
  /** Shows the values of environment variables, except sensitive ones. Default false. */
  readonly showValues?: boolean | undefined
  /** Shown at the end of the line of each change and of each new object. Default: no origins. */
  readonly originOf?: OriginOf | undefined
  /** The time now in milliseconds, for times such as "3 min ago". Default: times are not shown. */
  readonly now?: number | undefined
}
