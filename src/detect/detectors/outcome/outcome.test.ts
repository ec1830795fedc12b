import { expect, test } from 'vitest';
import type { Trace } from '../../../contract/trace.ts';
import { makeScore, makeTrace, runOf } from '../../../testing/trace.ts';
import { fileSummary } from '../../file/file-summary.ts';
import { outcome } from './outcome.ts';

/** What it says about the first trace of a file. */
const first = (...traces: readonly Trace[]) => {
  const file = fileSummary();
  for (const trace of traces) file.add(runOf(trace));
  return outcome.detect(runOf(traces[0]!), file.freeze());
};
const column = (name: string, value: string) => makeTrace({ metadata: { [name]: value } });

test('a column in pass and fail words fails the traces with the bad one', () => {
  expect(first(column('result', 'failed'), column('result', 'passed'))).toMatchObject([
    { evidence: [{ path: '/metadata/result', quote: 'failed' }] },
  ]);
  expect(first(column('result', 'passed'), column('result', 'failed'))).toEqual([]);
});

test('a column of yes and no is a verdict only if its name says so', () => {
  expect(first(column('task_success', 'false'), column('task_success', 'true'))).toHaveLength(1);
  expect(first(column('is_member', 'false'), column('is_member', 'true'))).toHaveProperty(
    'missing',
  );
});

test('a binary score of an unknown name fails the traces with 0', () => {
  const scored = (value: number) =>
    makeTrace({ scores: [makeScore({ name: 'tau_reward', value })] });
  expect(first(scored(0), scored(1))).toHaveLength(1);
});

test('a score with a known name is left to the detector for scores', () => {
  const scored = (value: number) =>
    makeTrace({ scores: [makeScore({ name: 'correctness', value })] });
  expect(first(scored(0), scored(1))).toHaveProperty('missing');
});
