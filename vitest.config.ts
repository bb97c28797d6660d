import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    reporters: ['default', './test/support/skip-reporter.ts'],
    // Two cores: more workers only fight for them, and the command-line tests start processes of their own.
    maxWorkers: 2,
  },
});
