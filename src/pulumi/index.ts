/**
 * HeroPods as Pulumi resources: `import { Network, Image, Volume, Container, Stack } from 'heropods/pulumi'`. Engine and change classes are
 * the same as for stack files; Pulumi stores the state.
 */
export type * from './args.ts'
export { Container, Image, Network, Volume } from './resources.ts'
export { Stack, type StackArgs } from './stack.ts'
