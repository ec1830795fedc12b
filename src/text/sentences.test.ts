import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentences } from './sentences.ts';

test('sentences keep abbreviations, initials and decimals whole', () => {
  expect(
    sentences('Dr. Smith paid 3.5 dollars. J. Doe left! "Why?" asked Ann.\nEnd').map(
      ({ text }) => text,
    ),
  ).toEqual(['Dr. Smith paid 3.5 dollars.', 'J. Doe left!', '"Why?" asked Ann.', 'End']);
});

test('sentences are where they say they are', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      for (const sentence of sentences(text)) {
        expect(text.slice(sentence.start, sentence.start + sentence.text.length)).toBe(
          sentence.text,
        );
      }
    }),
    { seed: 3, numRuns: 300 },
  );
});
