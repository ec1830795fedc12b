import { describe, expect, test } from 'vitest';
import { forbiddenSkips, reasonsForSkips } from '../scripts/allowed-skips.ts';

describe('skipped tests', () => {
  test('fail the run in a file that is not on the list', () => {
    expect(forbiddenSkips(new Map([['src/text/hash.test.ts', 1]]))).toEqual([
      'src/text/hash.test.ts: 1 tests skipped; none may',
    ]);
  });

  test('fail the run if there are more than the list allows', () => {
    const [line] = forbiddenSkips(new Map([['test/transformers.test.ts', 3]]));
    expect(line).toMatch(/^test\/transformers\.test\.ts: 3 tests skipped; at most 2 may/);
  });

  test('pass up to the allowed number, and the reason is printed', () => {
    const skipped = new Map([['test/transformers.test.ts', 2]]);
    expect(forbiddenSkips(skipped)).toEqual([]);
    expect(reasonsForSkips(skipped)).toEqual([
      'skipped 2 in test/transformers.test.ts: needs @huggingface/transformers',
    ]);
  });
});
