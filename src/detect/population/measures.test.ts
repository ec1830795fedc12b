import { describe, expect, test } from 'vitest';
import { makeTrace } from '../../testing/trace.ts';
import { parseScoreRule } from '../detectors/score/score-rule.ts';
import { unmatchedRule } from '../detectors/score/unmatched-rule.ts';
import { Measures } from './measures.ts';

const traces = [
  makeTrace({
    scores: [
      {
        name: 'judge',
        value: null,
        label: 'FAIL',
        explanation: null,
        annotator: 'model',
        spanId: null,
      },
    ],
    metadata: {
      groundedness: '0.39',
      verified: 'true',
      quality: { depth: 2 },
      note: 'a'.repeat(50),
    },
  }),
  makeTrace({ metadata: { groundedness: 0.8, verified: false }, startTime: 1000, endTime: 7500 }),
];

function measured(rules: readonly string[]) {
  const measures = new Measures(rules.map(parseScoreRule));
  for (const trace of traces) measures.add(trace);
  return measures.counts(rules);
}

describe('what a rule can name', () => {
  test.each([
    ['groundedness<0.6', 2, 1],
    ['Groundedness<=0.8', 2, 2],
    ['verified=false', 2, 1],
    ['verified<1', 2, 1],
    ['quality.depth>1', 1, 1],
    ['judge=fail', 1, 1],
    ['latency_ms>6000', 1, 1],
    ['duration_s>6', 1, 1],
    ['judge<0.5', 0, 0],
    ['groundednes<0.6', 0, 0],
    ['note=a', 0, 0],
  ])('%s applies to %i and fails %i', (rule, judged, failed) => {
    expect(measured([rule]).rules).toEqual([{ rule, judged, failed }]);
  });

  test('lists scores, columns and measures of the run with their ranges', () => {
    expect(
      measured([]).measures.map(({ from, name, range, words }) => [from, name, range, words]),
    ).toEqual([
      ['score', 'judge', null, ['FAIL']],
      ['column', 'groundedness', [0.39, 0.8], []],
      ['column', 'verified', [0, 1], ['false', 'true']],
      ['column', 'quality.depth', [2, 2], []],
      ['run', 'latency_ms', [6500, 6500], []],
      ['run', 'latency_s', [6.5, 6.5], []],
    ]);
  });

  test('parts of an input add up to the whole in any order', () => {
    const rules = ['groundedness<0.6'];
    const parts = traces.map((trace) => {
      const part = new Measures(rules.map(parseScoreRule));
      part.add(trace);
      return part.state();
    });
    const whole = new Measures(rules.map(parseScoreRule));
    for (const part of parts.toReversed()) whole.merge(structuredClone(part));
    expect(whole.counts(rules)).toEqual(measured(rules));
  });
});

describe('a rule that applies to nothing', () => {
  const message = (rule: string): string | undefined => {
    const { rules, measures } = measured([rule]);
    return unmatchedRule(rules, measures)?.message;
  };

  test('names what is there, and what may be meant', () => {
    expect(message('groundednes<0.6')).toBe(
      'scores: no trace has a score or a column groundednes. Did you mean groundedness? ' +
        'Columns: groundedness (0.39 to 0.8), verified (false, true), quality.depth (always 2). ' +
        'Of the run: latency_ms (always 6500), latency_s (always 6.5)',
    );
  });

  test('says what a score holds instead of numbers', () => {
    expect(message('judge<0.5')).toBe(
      'scores: judge holds FAIL, nothing that judge<0.5 applies to; write judge=FAIL',
    );
  });

  test('says nothing where every rule applies', () => {
    expect(message('verified=false')).toBeUndefined();
  });
});
