import { refusedError } from '../../../../model/errors.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'

/** The error for a verb that needs a process. */
export const notRunningError = (container: ResourceAddress, state: string): Error =>
  refusedError({
    code: 'not-running',
    message: `${container} is not running (${state}).`,
    hint: '`heropods start` or `heropods apply` starts it.',
  })
