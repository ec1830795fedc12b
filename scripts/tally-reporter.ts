import { relative } from 'node:path';
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { forbiddenSkips, reasonsForSkips } from './allowed-skips.ts';

/**
 * Ends a run with one plain line, `N passed, N failed[, N skipped]`, that any CI can parse. A test that skips without
 * permission (`allowed-skips.ts`) fails the run, unless tests are selected by name, because vitest reports the
 * others as skipped.
 */
export default class TallyReporter implements Reporter {
  #isWhole = true;

  onInit(vitest: Vitest): void {
    this.#isWhole = vitest.config.testNamePattern === undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandled.length, skipped: 0, pending: 0 };
    const skippedIn = new Map<string, number>();
    for (const module of modules) {
      if (module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state] += 1;
        if (state !== 'skipped') continue;
        const file = relative(module.project.config.root, module.moduleId).replaceAll('\\', '/');
        skippedIn.set(file, (skippedIn.get(file) ?? 0) + 1);
      }
    }
    const forbidden = this.#isWhole ? forbiddenSkips(skippedIn) : [];
    if (forbidden.length > 0) process.exitCode = 1;
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
    const lines = [
      ...(this.#isWhole ? reasonsForSkips(skippedIn) : []),
      ...forbidden.map((line) => `not allowed to skip: ${line}`),
      `${count.passed} passed, ${count.failed + forbidden.length} failed${skipped}`,
    ];
    process.on('exit', () => {
      process.stdout.write(`${lines.join('\n')}\n`);
    });
  }
}
