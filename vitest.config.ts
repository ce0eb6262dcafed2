import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/live/**', 'test/pulumi/**'] } },
      {
        test: {
          name: 'live',
          include: ['test/live/**/*.test.ts'],
          setupFiles: ['test/breathe.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // They share one network namespace and two cores.
          fileParallelism: false,
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
