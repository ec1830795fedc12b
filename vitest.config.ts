import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['src/**/*.test.{ts,tsx}', 'demo/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'whole', include: ['test/**/*.test.ts'], testTimeout: 120_000 },
      },
    ],
    exclude: ['**/node_modules/**', 'test/gates/planted/**'],
    reporters: ['default', './scripts/tally-reporter.ts'],
    testTimeout: 20_000,
  },
});
