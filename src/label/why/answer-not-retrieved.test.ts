import { describe, expect, test } from 'vitest';
import { makeTrace, result } from '../../testing/trace.ts';
import { asked, failuresOf, reasons, times } from './testing/reasons.ts';

describe('passages without the answer', () => {
  const miss = { category: 'retrieval_miss' };
  const question = 'When is my credit card debited?';

  test('are the reason where the expected answer is recorded and in none of them', () => {
    const trace = asked('', question, 'Shoes run small.', {
      metadata: { expected_answer: 'On dispatch' },
    });
    expect(
      reasons(
        'retrieval_miss',
        failuresOf(() => trace, miss),
      ),
    ).toMatchObject([
      {
        statement:
          'Likely because the passages do not contain the expected answer (8 of 8 examples)',
        layer: 'retrieval',
        evidence: [{ path: '/metadata/expected_answer' }, { path: '/documents/0/content' }],
      },
    ]);
    const there = asked('', question, 'The card is charged on  dispatch.', {
      metadata: { expected_answer: 'On dispatch' },
    });
    expect(
      reasons(
        'retrieval_miss',
        failuresOf(() => there, miss),
      ),
    ).toEqual([]);
  });

  test('are the reason where those of passing traces cover the question', () => {
    const failing = failuresOf(() => asked('', question, 'Shoes run small.'), miss);
    const good = times(30, () => asked('', question, 'Your credit card is debited on dispatch.'));
    expect(reasons('retrieval_miss', failing, good)).toMatchObject([
      {
        statement:
          'Likely because the passages do not cover the question (10 of 10 here, 0 of 30 passing traces)',
        layer: 'retrieval',
      },
    ]);
    const alike = times(30, () => asked('', question, 'Shoes run small.'));
    expect(reasons('retrieval_miss', failing, alike)).toEqual([]);
    expect(reasons('retrieval_miss', failing)).toEqual([]);
  });

  test('an empty search is a reason by itself', () => {
    const empty = {
      ...miss,
      cause: ['empty'],
      evidence: [{ spanId: null, path: '/messages/0/content', quote: 'No results' }],
    };
    const trace = makeTrace({ messages: [result('c', 'search', 'No results')] });
    expect(
      reasons(
        'retrieval_miss',
        failuresOf(() => trace, empty),
      ),
    ).toMatchObject([
      { statement: 'Likely because the search returned nothing', layer: 'retrieval' },
    ]);
  });
});
