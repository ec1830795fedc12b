import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readModelFile } from './model-file.ts';
import { normalize, pieces } from './normalize.ts';
import { wordpiece } from './wordpiece.ts';

const golden: { cases: { text: string; tokens: string[] }[] } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../test/golden/wordpiece/cases.json'), 'utf8'),
);
const { vocabulary } = readModelFile(
  readFileSync(resolve(import.meta.dirname, 'model/minilm-l6-256.bin')),
);
const tokenize = wordpiece(vocabulary);

function tokensOf(text: string): string[] {
  const found: string[] = [];
  tokenize(text, (_word, tokens) => {
    found.push(
      ...(tokens.length === 0 ? ['[UNK]'] : tokens.map((token) => vocabulary[token] ?? '')),
    );
  });
  return found;
}

test('gives the tokens of the Rust tokenizers library for every text of the golden file', () => {
  expect(golden.cases.length).toBeGreaterThan(400);
  const different = golden.cases
    .map(({ text, tokens }) => ({ text, tokens, found: tokensOf(text) }))
    .filter(({ tokens, found }) => tokens.join(' ') !== found.join(' '));
  expect(different).toEqual([]);
});

test('the fast path for ASCII finds the same words as the general path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 80 }), (text) => {
      const words: string[] = [];
      tokenize(text, (word) => words.push(word));
      expect(words).toEqual(pieces(normalize(text)));
    }),
    { numRuns: 500, seed: 11 },
  );
});
