/**
 * HeroPods as Pulumi resources: `import { Network, Image, Volume, Container, Stack } from 'heropods/pulumi'`. The same engine and
 * change classes as for stack files; the state of record is Pulumi's.
 */
export type * from './args.ts'
export { Container, Image, Network, Volume } from './resources.ts'
export { Stack, type StackArgs } from './stack.ts'
