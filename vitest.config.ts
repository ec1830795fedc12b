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
    // Most of a test file's time would go to loading the sources anew; no module keeps state that a test could leave behind.
    isolate: false,
    reporters: ['default', './scripts/tally-reporter.ts'],
    testTimeout: 20_000,
  },
});
