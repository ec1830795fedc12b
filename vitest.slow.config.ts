import { defineConfig } from 'vitest/config';

/** Tests at full scale, which take minutes: `npm run test:slow`. Each has a small counterpart in `npm test`. */
export default defineConfig({
  test: {
    include: ['{src,test}/**/*.slow.test.ts'],
    isolate: false,
    // As typed into a shell, whether npm or npx started the tests.
    env: { npm_command: '', npm_package_name: '' },
    maxWorkers: '100%',
    testTimeout: 600_000,
  },
});
