import { describe, expect, test } from 'vitest';
import type { Judge } from '../../../contract/judge.ts';
import { assistant, call, makeScore, makeTrace, result, user } from '../../../testing/trace.ts';
import { askCheck } from '../../testing/ask-check.ts';
import { detectorChecks } from './detector.ts';

const loop = makeTrace({
  messages: [
    user('Where is my parcel?'),
    ...Array.from({ length: 6 }, (_, index) => [
      assistant('', call('track_parcel', { id: 'P-1' }, String(index))),
      result(String(index), 'track_parcel', '{"status": "in transit"}'),
    ]).flat(),
    assistant('It is in transit.'),
  ],
});

describe('a detector as a check', () => {
  test('fails where it finds something, and quotes it', async () => {
    const outcome = await askCheck('agent_loop', {}, loop);
    expect(outcome).toMatchObject({
      verdict: 'fail',
      reason: '`track_parcel` was called 6 times with the same arguments',
    });
    expect(outcome.evidence[0]?.path).toMatch(/^\/messages\/\d+\/toolCalls\/0/);
  });

  test.each([
    { params: { cause: ['same call'] }, verdict: 'fail' },
    { params: { cause: ['same call', 'track_parcel'], tool: 'track_parcel' }, verdict: 'fail' },
    { params: { tool: 'refund_order' }, verdict: 'pass' },
    { params: { cause: ['cycle'] }, verdict: 'pass' },
    { params: { field: 'order_id' }, verdict: 'pass' },
  ])('narrowed to $params: $verdict', async ({ params, verdict }) => {
    expect((await askCheck('agent_loop', params, loop)).verdict).toBe(verdict);
  });

  test('cannot tell where the detector cannot', async () => {
    const outcome = await askCheck('outlier', {}, loop);
    expect(outcome.verdict).toBe('cannot_tell');
    expect(outcome.reason).not.toBe('');
  });

  test('is there for every detector', () => {
    expect(detectorChecks.length).toBeGreaterThanOrEqual(29);
  });
});

test('recorded_score and turns', async () => {
  const scores = [
    makeScore({ name: 'groundedness', value: 0.6 }),
    makeScore({ name: 'tone', value: 1 }),
  ];
  expect(
    await askCheck('recorded_score', { name: 'groundedness', min: 0.7 }, { scores }),
  ).toMatchObject({
    verdict: 'fail',
    value: 0.6,
  });
  expect((await askCheck('recorded_score', { name: 'other', min: 0 }, { scores })).verdict).toBe(
    'cannot_tell',
  );
  const messages = [user('a'), assistant('b'), user('c')];
  expect(await askCheck('turns', { most: 1 }, { messages })).toMatchObject({
    verdict: 'fail',
    value: 2,
  });
});

describe('judge', () => {
  const judgeSaying = (verdict: string, text: string): Judge => ({
    id: 'fake',
    ask: (questions) =>
      Promise.resolve({
        answers: questions.map(({ items }) =>
          items.map(() => ({ quotes: [{ step: 2, text }], reason: '', verdict, confidence: 1 })),
        ),
        ...{ inputTokens: null, outputTokens: null, cost: null },
      }),
  });
  const trace = makeTrace({ messages: [user('Hi'), assistant('Go away, you fool.')] });
  const ask = (judge: Judge | null) =>
    askCheck('judge', { failure: 'The answer is rude.' }, trace, { services: { judge } });

  test.each([
    { says: 'yes', quote: 'you fool', verdict: 'fail' },
    { says: 'yes', quote: 'you idiot', verdict: 'cannot_tell' },
    { says: 'no', quote: '', verdict: 'pass' },
    { says: 'unknown', quote: '', verdict: 'cannot_tell' },
    { says: 'perhaps', quote: '', verdict: 'cannot_tell' },
  ])('that says $says and quotes “$quote”: $verdict', async ({ says, quote, verdict }) => {
    expect((await ask(judgeSaying(says, quote))).verdict).toBe(verdict);
  });

  test('is missing where none was named', async () => {
    expect(await ask(null)).toMatchObject({
      verdict: 'cannot_tell',
      reason: expect.stringContaining('--judge'),
    });
  });
});

describe('script', () => {
  const ask = (answer: unknown) =>
    askCheck('script', { file: './my.ts', params: { limit: 3 } }, 'Hello there', {
      services: {
        script: (file) => {
          expect(file).toBe('./my.ts');
          return Promise.resolve((trace, params) => {
            expect([trace.output, params]).toEqual(['Hello there', { limit: 3 }]);
            if (answer instanceof Error) throw answer;
            return answer;
          });
        },
      },
    });

  test.each([
    { answer: true, verdict: 'pass' },
    { answer: false, verdict: 'fail' },
    { answer: { verdict: 'fail', reason: 'too short' }, verdict: 'fail' },
    { answer: { verdict: 'cannot_tell' }, verdict: 'cannot_tell' },
    { answer: 'yes', verdict: 'cannot_tell' },
    { answer: undefined, verdict: 'cannot_tell' },
    { answer: new Error('no network'), verdict: 'cannot_tell' },
  ])('that answers $answer: $verdict', async ({ answer, verdict }) => {
    expect((await ask(answer)).verdict).toBe(verdict);
  });

  test('has its quotes looked up', async () => {
    const quotes = ['Hello', 'Goodbye'].map((quote) => ({ path: '/output', quote }));
    const { evidence } = await ask({ verdict: 'fail', reason: 'greets', evidence: quotes });
    expect(evidence.map(({ quote }) => quote)).toEqual(['Hello there']);
  });
});
