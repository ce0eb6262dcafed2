import { join } from 'node:path'

/** The library as the package has it. The build makes it after the types are checked, so they come from the sources. */
const built = join(import.meta.dirname, '../../../dist/api/index.js')
export const { HeroPods, stack } = (await import(built)) as typeof import('../../../src/api/index.ts')
