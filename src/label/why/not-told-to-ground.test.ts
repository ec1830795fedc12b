import { describe, expect, test } from 'vitest';
import type { Why } from '../../contract/why.ts';
import { asked, failuresOf, reasons } from './testing/reasons.ts';

describe('a prompt that does not bind the answer to its sources', () => {
  const invented = (prompt: string): readonly Why[] =>
    reasons(
      'groundedness_miss',
      failuresOf(() => asked(prompt, 'How long can I return shoes?', 'Return shoes in 30 days.'), {
        category: 'groundedness_miss',
      }),
    );

  test('is the reason, with what it says instead', () => {
    expect(invented('You are the shop’s assistant. Answer in a friendly tone.')).toMatchObject([
      { layer: 'prompt', evidence: [{ quote: 'Answer in a friendly tone.' }] },
    ]);
  });

  test.each([
    'You answer questions only from the passages below.',
    'Use the following context to answer the question.',
    'You are an assistant. Never make anything up.',
    'If the passages do not help, say that you do not know.',
    'You answer based on the articles that the search returns.',
    'Sei freundlich und antworte kurz.',
  ])('is no reason: %s', (prompt) => {
    expect(invented(prompt)).toEqual([]);
  });
});
