import { expect, test } from 'vitest';
import type { Score } from '../../../contract/trace.ts';
import { defaultOptions, makeTrace } from '../../../testing/trace.ts';
import { negativeFeedback } from '../negative-feedback/negative-feedback.ts';
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
  score.detect(makeTrace({ scores }), { ...defaultOptions, scores: rules.map(parseScoreRule) });

test.each([
  ['groundedness', 0.2, null, 'yes', 'groundedness_miss', 'score|groundedness|low'],
  ['groundedness', 0.9, null, 'no', null, ''],
  ['Faithfulness', 0.1, null, 'yes', 'groundedness_miss', 'score|faithfulness|low'],
  ['hallucination', 1, null, 'yes', 'groundedness_miss', 'score|hallucination|high'],
  ['hallucination', 0, null, 'no', null, ''],
  ['AnswerRelevancy', 0.3, null, 'yes', null, 'score|answer_relevancy|low'],
  ['ContextRecall', 0.3, null, 'yes', 'retrieval_miss', 'score|context_recall|low'],
  [
    'ragas.context_precision',
    0,
    null,
    'yes',
    'retrieval_miss',
    'score|ragas_context_precision|low',
  ],
  ['toxicity_score', 0.9, null, 'yes', null, 'score|toxicity_score|high'],
  ['correctness', null, 'incorrect', 'yes', null, 'score|correctness|label'],
  ['is_correct', null, 'False', 'yes', null, 'score|is_correct|label'],
  ['hallucinated', null, 'true', 'yes', 'groundedness_miss', 'score|hallucinated|label'],
  ['hallucinated', null, 'false', 'no', null, ''],
  ['my judge', null, 'FAIL', 'yes', null, 'score|my_judge|label'],
  ['my judge', null, 'pass', 'no', null, ''],
  ['my judge', 0.01, null, 'unknown', null, ''],
  ['my judge', null, 'true', 'unknown', null, ''],
  ['helpfulness', 4, null, 'unknown', null, ''],
  ['user_feedback', 0, null, 'unknown', null, ''],
] as const)('%s = %s (%s) says %s', (name, value, label, verdict, category, fingerprint) => {
  expect(judge([make(name, value, label)])).toMatchObject([{ verdict, category, fingerprint }]);
});

test('a rule overrides the known direction and judges unknown names', () => {
  expect(judge([make('groundedness', 0.65)], ['groundedness<0.7'])[0]?.verdict).toBe('yes');
  expect(judge([make('groundedness', 0.2)], ['groundedness<0.1'])[0]?.verdict).toBe('no');
  expect(judge([make('my judge', 7)], ['my judge>5'])[0]).toMatchObject({
    verdict: 'yes',
    fingerprint: 'score|my_judge|high',
    evidence: [{ path: '/scores/0/value', quote: '7' }],
  });
  expect(judge([make('grade', null, 'C')], ['grade!=A'])[0]?.verdict).toBe('yes');
  expect(judge([make('grade', 1)], ['grade=C'])[0]?.verdict).toBe('unknown');
});

test('without scores nothing is known', () => {
  expect(judge([])).toMatchObject([{ verdict: 'unknown', summary: 'no scores recorded' }]);
});

test.each([
  ['user-feedback', 0, null, null, 'negative_feedback|thumbs_down'],
  ['user-feedback', -1, null, null, 'negative_feedback|thumbs_down'],
  ['user-feedback', 1, null, null, null],
  ['thumbs', null, '👎', null, 'negative_feedback|label'],
  ['thumbs', null, 'thumbs-up', null, null],
  ['thumbs_down', 1, null, null, 'negative_feedback|thumbs_down'],
  ['rating', 2, null, null, 'negative_feedback|rating'],
  ['rating', 5, null, null, null],
  ['star_rating', 1, null, null, 'negative_feedback|rating'],
  ['csat', 1, null, null, 'negative_feedback|rating'],
  ['NPS', 6, null, null, 'negative_feedback|rating'],
  ['NPS', 9, null, null, null],
  ['feedback', null, null, 'That is wrong, I asked about Berlin', 'negative_feedback|comment'],
] as const)('feedback %s = %s %s %s', (name, value, label, explanation, fingerprint) => {
  const scores = [{ ...make(name, value, label), explanation }];
  const signals = negativeFeedback.detect(makeTrace({ scores }), defaultOptions);
  expect(signals.find(({ verdict }) => verdict === 'yes')?.fingerprint ?? null).toBe(fingerprint);
});

test('a rating of 1 alone may be a thumbs-up or the lowest of five, so nobody can tell', () => {
  const signals = negativeFeedback.detect(
    makeTrace({ scores: [make('rating', 1)] }),
    defaultOptions,
  );
  expect(signals[0]?.verdict).toBe('unknown');
});

test('a tag can carry feedback', () => {
  const signals = negativeFeedback.detect(
    makeTrace({ tags: ['beta', 'thumbs_down'] }),
    defaultOptions,
  );
  expect(signals[0]).toMatchObject({
    verdict: 'yes',
    evidence: [{ path: '/tags/1', quote: 'thumbs_down' }],
  });
});
