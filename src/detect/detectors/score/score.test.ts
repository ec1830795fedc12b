import { expect, test } from 'vitest';
import type { Score } from '../../../contract/trace.ts';
import { makeTrace, signalsOf } from '../../../testing/trace.ts';
import { score } from './score.ts';
import { parseScoreRule } from './score-rule.ts';

const make = (name: string, value: number | null, label: string | null = null): Score => ({
  name,
  value,
  label,
  explanation: null,
  annotator: 'model',
  spanId: null,
});

const judge = (scores: readonly Score[], rules: readonly string[] = []) =>
  signalsOf(score, makeTrace({ scores }), { scores: rules.map(parseScoreRule) });

test.each([
  ['groundedness', 0.2, null, 'yes', 'groundedness_miss', ['groundedness', 'low']],
  ['groundedness', 0.9, null, 'no', null, []],
  ['Faithfulness', 0.1, null, 'yes', 'groundedness_miss', ['faithfulness', 'low']],
  ['hallucination', 1, null, 'yes', 'groundedness_miss', ['hallucination', 'high']],
  ['hallucination', 0, null, 'no', null, []],
  ['AnswerRelevancy', 0.3, null, 'yes', null, ['answer_relevancy', 'low']],
  ['ContextRecall', 0.3, null, 'yes', 'retrieval_miss', ['context_recall', 'low']],
  ['ragas.context_precision', 0, null, 'yes', 'retrieval_miss', ['ragas_context_precision', 'low']],
  ['toxicity_score', 0.9, null, 'yes', null, ['toxicity_score', 'high']],
  ['correctness', null, 'incorrect', 'yes', null, ['correctness', 'label']],
  ['is_correct', null, 'False', 'yes', null, ['is_correct', 'label']],
  ['hallucinated', null, 'true', 'yes', 'groundedness_miss', ['hallucinated', 'label']],
  ['hallucinated', null, 'false', 'no', null, []],
  ['my judge', null, 'FAIL', 'yes', null, ['my_judge', 'label']],
  ['my judge', null, 'pass', 'no', null, []],
  ['my judge', 0.01, null, 'unknown', null, []],
  ['my judge', null, 'true', 'unknown', null, []],
  ['helpfulness', 4, null, 'unknown', null, []],
  ['user_feedback', 0, null, 'unknown', null, []],
])('%s = %s (%s): %s', (name, value, label, verdict, category, cause) => {
  expect(judge([make(name, value, label)])).toMatchObject([{ verdict, category, cause }]);
});

test('a rule overrides the known direction and judges unknown names', () => {
  expect(judge([make('groundedness', 0.65)], ['groundedness<0.7'])[0]?.verdict).toBe('yes');
  expect(judge([make('groundedness', 0.2)], ['groundedness<0.1'])[0]?.verdict).toBe('no');
  expect(judge([make('my judge', 7)], ['my judge>5'])[0]).toMatchObject({
    verdict: 'yes',
    cause: ['my_judge', 'high'],
    evidence: [{ path: '/scores/0/value', quote: '7' }],
  });
  expect(judge([make('grade', null, 'C')], ['grade!=A'])[0]?.verdict).toBe('yes');
  expect(judge([make('grade', 1)], ['grade=C'])[0]?.verdict).toBe('unknown');
});

test('without scores it cannot tell', () => {
  expect(judge([])).toMatchObject([
    { verdict: 'unknown', statement: { template: 'no scores recorded' } },
  ]);
});
