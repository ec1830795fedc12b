import { expect, test } from 'vitest';
import { parseEmbedderSpec } from './embedder-spec.ts';

test.each([
  ['', 'no such embedder'],
  ['word2vec', 'no such embedder'],
  ['OpenAI:x', 'no such embedder'],
  ['openai', 'as in openai:text-embedding-3-small'],
  ['openai:', 'as in openai:text-embedding-3-small'],
  ['transformers', 'as in transformers:./models/all-MiniLM-L6-v2'],
  ['static:x', 'takes no model'],
  ['lexical:', 'takes no model'],
])('rejects %j and says what to write instead', (spec, says) => {
  expect(() => parseEmbedderSpec(spec)).toThrow(
    expect.objectContaining({
      code: 'invalid_option',
      message: expect.stringMatching(new RegExp(`${says}.*Choose static, lexical, openai:MODEL`)),
    }),
  );
});
