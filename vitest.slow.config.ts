import { defineConfig } from 'vitest/config';

/** Tests at full scale, which take minutes: `npm run test:slow`. Each has a small counterpart in `npm test`. */
export default defineConfig({
  test: {
    include: ['{src,test}/**/*.slow.test.ts'],
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 600_000,
  },
});
