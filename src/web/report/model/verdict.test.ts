import { expect, test } from 'vitest';
import type { Analysis } from '../../../contract/analysis.ts';
import { makeReport } from '../testing/make-report.ts';
import { verdictOf } from './verdict.ts';

const { analysis } = makeReport({ failures: 40 });
const first = analysis.clusters[0];
if (first === undefined) throw new RangeError('the fixture has clusters');
const withShares = (shares: readonly number[], change: Partial<Analysis> = {}): Analysis => ({
  ...analysis,
  clusters: shares.map((share, i) => ({ ...first, share, rank: i + 1 })),
  funnel: [
    { name: 'received', count: 4000, dropped: [] },
    { name: 'failed', count: 412, dropped: [] },
    { name: 'sampled', count: 412, dropped: [] },
  ],
  ...change,
});

test.each<[readonly number[], string]>([
  [[0.41, 0.22, 0.15], '3 causes explain 78% of 412 failures'],
  [[0.41], 'One cause explains 41% of 412 failures'],
  [[0.3, 0.2, 0.1, 0.1, 0.1, 0.1], 'The first 3 of 6 causes explain 60% of 412 failures'],
  [[0.6, 0.6], '2 causes explain 100% of 412 failures'],
  [[], '412 failures, no recurring cause'],
])('shares %j read "%s"', (shares, headline) => {
  expect(verdictOf(withShares(shares)).headline).toBe(headline);
});

test('does not call traces failures if every trace was grouped', () => {
  const all = { ...analysis.options, all: true };
  expect(verdictOf(withShares([], { options: all })).headline).toBe(
    '412 traces, no recurring cause',
  );
});

test('reports that there are no failures', () => {
  const funnel: Analysis['funnel'] = [{ name: 'failed', count: 0, dropped: [] }];
  expect(verdictOf(withShares([], { funnel, failures: [] })).headline).toBe('No failure found');
});

test('mentions a sample', () => {
  const whole = withShares([0.5]);
  expect(verdictOf(whole).detail).toBe('4,000 traces in 1 file');
  const funnel = whole.funnel.map((s) => (s.name === 'sampled' ? { ...s, count: 100 } : s));
  expect(verdictOf({ ...whole, funnel }).detail).toBe(
    '4,000 traces in 1 file, 100 failures sampled, shares estimated for all',
  );
});
