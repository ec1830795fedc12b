import { expect, test } from 'vitest';
import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import { breakdown } from './breakdown.ts';

const failure = (tenant: string | null, weight = 1): AnalyzedFailure => ({
  traceId: 't',
  failed: true,
  shown: null,
  cluster: null,
  noise: null,
  category: null,
  categories: [],
  alsoMeets: [],
  membership: 1,
  weight,
  position: [0, 0],
  rootSpanId: null,
  input: '',
  tenant,
  promptVersion: null,
  release: null,
  model: null,
  startTime: null,
  signals: [],
});

test('shares are weighted and compared with the other failures', () => {
  const failures = [failure('a', 3), failure('b'), failure('a'), failure('b', 2), failure(null)];
  // Inside: a 3 of 4, b 1 of 4. Outside: a 1 of 4, b 2 of 4, no tenant 1 of 4.
  expect(breakdown(failures, new Set([0, 1]), (f) => f.tenant)).toEqual([
    { value: 'a', inside: 0.75, outside: 0.25, failures: 1 },
    { value: 'b', inside: 0.25, outside: 0.5, failures: 1 },
  ]);
});

test('a value that all failures share gives no breakdown', () => {
  expect(breakdown([failure('a'), failure('a')], new Set([0]), (f) => f.tenant)).toEqual([]);
});
