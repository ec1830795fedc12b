import { describe, expect, test } from 'vitest';
import type { Signal } from '../../contract/signal.ts';
import type { Score } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import { makeSignal } from '../../testing/signal.ts';
import { makeTrace } from '../../testing/trace.ts';
import { failuresOf, reasons } from './testing/reasons.ts';

describe('an evaluator that passed these failures', () => {
  const score = (name: string, parts: Partial<Score>): Score => ({
    name,
    value: null,
    label: null,
    explanation: null,
    annotator: 'model',
    spanId: null,
    ...parts,
  });
  const disliked = makeSignal({
    detector: 'negative_feedback',
    tier: 'filter',
    category: null,
    cause: ['thumbs_down'],
    evidence: [{ spanId: null, path: '/scores/0/label', quote: 'thumbs_down' }],
  });
  const scored = (second: Score, ...outcomes: readonly Signal[]): readonly Why[] =>
    reasons(
      'refusal_over_trigger',
      failuresOf(
        () =>
          makeTrace({
            scores: [score('feedback', { label: 'thumbs_down', annotator: 'human' }), second],
          }),
        { category: 'refusal_over_trigger' },
        ...outcomes,
      ),
    );

  test('is named, with both outcomes quoted', () => {
    expect(
      scored(score('answer_quality', { value: 1, explanation: 'Polite and clear.' }), disliked),
    ).toMatchObject([
      {
        statement:
          'Likely unnoticed because the evaluator `answer_quality` scored these failures as passed (8 of 8 examples)',
        layer: 'evaluation',
        evidence: [{ quote: 'Polite and clear.' }, { quote: 'thumbs_down' }],
      },
    ]);
  });

  test.each([
    ['it failed them too', [score('quality', { value: 0 }), disliked]],
    ['high is bad', [score('hallucination_quality', { value: 1 }), disliked]],
    ['it judges something else', [score('conciseness', { value: 1 }), disliked]],
    ['a person passed them', [score('quality', { value: 1, annotator: 'human' }), disliked]],
    ['no other outcome failed them', [score('quality', { value: 1 })]],
  ] satisfies [string, [Score, ...Signal[]]][])('is not named where %s', (_, [second, ...rest]) => {
    expect(scored(second as Score, ...(rest as Signal[]))).toEqual([]);
  });
});
