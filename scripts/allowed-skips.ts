/** A test file whose tests may skip: the maximum number, and the requirement that may be missing. */
interface AllowedSkip {
  readonly most: number;
  readonly needs: string;
}

/**
 * Only tests that need a missing program or the recorded traces next to the repository may skip. Everything they
 * check has a counterpart that always runs, except the behavior of the browser and of the model library.
 */
const ALLOWED: Readonly<Record<string, AllowedSkip>> = {
  'test/format-cases.test.ts': { most: 140, needs: 'the cases in ../shared' },
  'test/break.test.ts': { most: 9, needs: 'the hostile cases in ../shared' },
  'test/cases.test.ts': { most: 10, needs: 'recorded cases in ../shared' },
  'test/import.test.ts': { most: 172, needs: 'recorded traces in ../shared' },
  'test/serve-payloads.test.ts': { most: 1, needs: 'recorded traces in ../shared' },
  'test/import-damage.test.ts': { most: 2, needs: 'recorded traces in ../shared' },
  'test/quality.test.ts': { most: 14, needs: 'the labeled bench in ../shared' },
  'test/report.test.ts': { most: 20, needs: 'Chromium (CHROMIUM names its path)' },
  'test/report-map.test.ts': { most: 8, needs: 'Chromium (CHROMIUM names its path)' },
  'test/report-states.test.ts': { most: 5, needs: 'Chromium (CHROMIUM names its path)' },
  'test/report-levels.test.ts': { most: 6, needs: 'Chromium (CHROMIUM names its path)' },
  'test/exchange.test.ts': {
    most: 3,
    needs: 'pytest, promptfoo or Inspect (PYTHON and PROMPTFOO name them)',
  },
  'test/workspace.test.ts': {
    most: 8,
    needs: 'PostgreSQL (apt install postgresql, or DATABASE_TEST_URL)',
  },
  'test/workspace-faults.test.ts': {
    most: 2,
    needs: 'PostgreSQL (apt install postgresql); root, who may mount a small disk',
  },
  'test/serve-faults.test.ts': {
    most: 12,
    needs: 'chdb, PostgreSQL, and root, who may mount a small disk',
  },
  'test/serve-kill.test.ts': { most: 1, needs: 'chdb, which npm ci installs' },
  ...Object.fromEntries(
    [
      'encode-rows',
      'faults',
      'front',
      'hostile-text',
      'migrations',
      'reads',
      'same-analysis',
      'upkeep',
    ].map((name) => [
      `test/store/${name}.test.ts`,
      { most: 12, needs: 'chdb, which npm ci installs' },
    ]),
  ),
  'test/transformers.test.ts': { most: 2, needs: '@huggingface/transformers' },
};

/** Reports tests that must not skip, one line per file; `skipped` counts skipped tests by path in the repository. */
export function forbiddenSkips(skipped: ReadonlyMap<string, number>): readonly string[] {
  return [...skipped].flatMap(([file, count]) => {
    const { most, needs } = ALLOWED[file] ?? { most: 0, needs: '' };
    if (count <= most) return [];
    const limit = most === 0 ? 'none may' : `at most ${most} may, without ${needs}`;
    return [`${file}: ${count} tests skipped; ${limit}`];
  });
}

/** Why the tests of a file were skipped, for the end of a run. */
export function reasonsForSkips(skipped: ReadonlyMap<string, number>): readonly string[] {
  return [...skipped].flatMap(([file, count]) => {
    const needs = ALLOWED[file]?.needs;
    return needs === undefined ? [] : [`skipped ${count} in ${file}: needs ${needs}`];
  });
}
