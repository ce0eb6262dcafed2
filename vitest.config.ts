import { defineConfig } from 'vitest/config'

/** Tests of `heropods watch` and its parts: they wait more than they work, and run beside the other live tests. */
const watch = ['test/live/watch/**/*.test.ts']

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/{live,pulumi,chaos}/**'] } },
      {
        test: {
          name: 'live',
          include: ['test/live/**/*.test.ts'],
          exclude: watch,
          setupFiles: ['test/breathe.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // They share one network namespace.
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'watch',
          include: watch,
          setupFiles: ['test/breathe.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'chaos',
          include: ['test/chaos/**/*.test.ts'],
          setupFiles: ['test/breathe.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'bench',
          include: ['bench/**/*.bench.ts'],
          globalSetup: ['test/pulumi/pack.ts'],
          testTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'pulumi',
          include: ['test/pulumi/**/*.test.ts'],
          globalSetup: ['test/pulumi/pack.ts'],
          setupFiles: ['test/breathe.ts'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
