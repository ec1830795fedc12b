import { expect, test } from 'vitest';
import type { Embedder } from '../contract/embedder.ts';
import { DEFAULT_EMBEDDER, embedder, parseEmbedderSpec } from './embed.ts';
import { modelBytes } from './static/testing/model-bytes.ts';

const named = (id: string): Embedder => ({
  id,
  embed: async () => ({ vectors: new Float32Array(), dimensions: 1, truncated: 0 }),
});
const sources = {
  staticModel: async () => modelBytes('tiny@1', [{ token: 'a', scale: 1, row: [1] }]),
  openai: (model: string) => named(`from openai ${model}`),
  transformers: async (model: string) => named(`from transformers ${model}`),
};

test.each([
  ['lexical', 'lexical@1'],
  ['static', 'static:tiny@1'],
  [' static ', 'static:tiny@1'],
  [DEFAULT_EMBEDDER, 'static:tiny@1'],
  ['openai:text-embedding-3-small', 'from openai text-embedding-3-small'],
  ['openai:nomic-embed-text:v1.5', 'from openai nomic-embed-text:v1.5'],
  ['transformers:Xenova/all-MiniLM-L6-v2', 'from transformers Xenova/all-MiniLM-L6-v2'],
  ['transformers:C:\\models\\minilm', 'from transformers C:\\models\\minilm'],
])('%j names %j', async (spec, id) => {
  expect((await embedder(spec, sources)).id).toBe(id);
});

test.each([
  ['', 'no such embedder'],
  ['word2vec', 'no such embedder'],
  ['OpenAI:x', 'no such embedder'],
  ['openai', 'as in openai:text-embedding-3-small'],
  ['openai:', 'as in openai:text-embedding-3-small'],
  ['transformers', 'as in transformers:./models/all-MiniLM-L6-v2'],
  ['static:x', 'takes no model'],
  ['lexical:', 'takes no model'],
])('%j is refused with what to write instead', (spec, says) => {
  expect(() => parseEmbedderSpec(spec)).toThrow(
    expect.objectContaining({
      code: 'invalid_option',
      message: expect.stringMatching(new RegExp(`${says}.*Choose static, lexical, openai:MODEL`)),
    }),
  );
});
