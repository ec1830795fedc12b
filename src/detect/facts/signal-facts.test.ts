import { expect, test } from 'vitest';
import type { Signal } from '../../contract/signal.ts';
import { makeSignal } from '../../testing/signal.ts';
import { sentence } from '../../text/statement.ts';
import { signalFacts } from './signal-facts.ts';

const keysOf = (signal: Partial<Signal>): string[] =>
  signalFacts([
    makeSignal({ statement: sentence('It failed'), evidence: [], tier: 'likely', ...signal }),
  ]).map(({ key }) => key);

test('what a detector says is a fact, a score that fails the trace is not', () => {
  expect(keysOf({ detector: 'groundedness_miss' })).toEqual([
    'signal|It failed',
    'finding|groundedness_miss',
  ]);
  expect(keysOf({ detector: 'score', category: 'groundedness_miss' })).toEqual([]);
});

test('a symptom is a fact of its own, which names no detector', () => {
  expect(keysOf({ detector: 'user_frustration', tier: 'symptom' })).toEqual(['symptom|It failed']);
});
