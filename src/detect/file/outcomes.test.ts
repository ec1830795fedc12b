import { expect, test } from 'vitest';
import type { Outcome } from '../../contract/file-model.ts';
import type { Score, Trace } from '../../contract/trace.ts';
import { makeTrace, runOf } from '../../testing/trace.ts';
import { dialogueOf } from '../facts/dialogue.ts';
import { failedBy, Outcomes } from './outcomes.ts';

const score = (
  name: string,
  value: number | null,
  label: string | null = null,
  annotator: Score['annotator'] = 'unknown',
): Score => ({
  name,
  value,
  label,
  explanation: null,
  annotator,
  spanId: null,
});

const traceWith = (...scores: readonly Score[]): Trace => makeTrace({ scores });

function outcomesOf(traces: readonly Trace[]): readonly Outcome[] {
  const outcomes = new Outcomes();
  for (const trace of traces) {
    const run = runOf(trace);
    outcomes.add(run, dialogueOf(run, false));
  }
  return outcomes.freeze();
}

test('the word of a person comes before the score of a model', () => {
  const traces = [0, 1, 1].map((value) =>
    traceWith(
      score('faithfulness', value, null, 'model'),
      score('review', null, value === 1 ? 'pass' : 'fail', 'human'),
    ),
  );
  expect(outcomesOf(traces).map(({ name }) => name)).toEqual(['review', 'faithfulness']);
});

test('a score that is high where something went wrong fails above its threshold', () => {
  const [outcome] = outcomesOf([0, 0, 1].map((value) => traceWith(score('hallucination', value))));
  expect(outcome).toMatchObject({ fails: { above: 0.5 }, failed: 1, passed: 2 });
  expect(failedBy(outcome!, traceWith(score('hallucination', 1)))).toBe(true);
  expect(failedBy(outcome!, traceWith(score('hallucination', 0)))).toBe(false);
  expect(failedBy(outcome!, traceWith())).toBeNull();
});

test('a score of unknown name and scale decides nothing', () => {
  const [outcome] = outcomesOf([1, 4, 9].map((value) => traceWith(score('rating', value))));
  expect(outcome?.fails).toBeNull();
});

test('words that judge nothing are no outcome', () => {
  expect(
    outcomesOf(['red', 'blue'].map((label) => traceWith(score('color', null, label)))),
  ).toEqual([]);
});

test('feedback may hold complaints alone; another word that stands alone is no outcome', () => {
  const complaints = [1, 2, 3].map(() => traceWith(score('feedback', null, 'thumbs_down')));
  const [outcome] = outcomesOf(complaints);
  expect(outcome).toMatchObject({ failed: 3, passed: 0 });
  expect(failedBy(outcome!, complaints[0]!)).toBe(true);
  const alone = outcomesOf([1, 2].map(() => traceWith(score('grade', null, 'fail'))));
  expect(alone.filter(({ fails }) => fails !== null)).toEqual([]);
});
