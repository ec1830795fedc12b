import { expect, test } from 'vitest';
import { sanitizeForPrompt } from './sanitize-for-prompt.ts';

test('keeps words and removes invisible characters', () => {
  expect(sanitizeForPrompt('a\u200bb\u0007c\u202ed\tn\n\u{E0041}é')).toBe('abcd\tn\né');
  expect(sanitizeForPrompt('List<string> a <b> [INSTALL] x < y')).toBe(
    'List<string> a <b> [INSTALL] x < y',
  );
  expect(sanitizeForPrompt('<think>x</think> <|endoftext|> <<SYS>> [INST]')).toBe(
    '< think >x< /think > < |endoftext| > < <SYS> > [ INST ]',
  );
});
