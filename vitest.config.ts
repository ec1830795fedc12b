import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Long files first, so that no core is idle at the end: those that run the whole product are the longest. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const { whole = [], unit = [] } = Object.groupBy(sorted, ({ project }) => project.name);
    return [...whole, ...unit];
  }
}

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
    exclude: ['**/node_modules/**', '**/*.slow.test.ts', 'test/gates/planted/**'],
    // Most of a test file's time would go to loading the sources anew; no module keeps state that a test could leave behind.
    isolate: false,
    // As typed into a shell, whether npm or npx started the tests.
    env: { npm_command: '', npm_package_name: '' },
    sequence: { sequencer: LongestFirst },
    // Vitest leaves one core to itself, which on two cores is half of them.
    maxWorkers: '100%',
    reporters: ['default', './scripts/tally-reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A browser on a busy machine may answer late; what fails twice is wrong.
    retry: process.env['CI'] ? 1 : 0,
  },
});
