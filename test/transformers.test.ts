import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { transformersEmbedder } from '../src/llm/embedder/transformers-embedder.ts';

/**
 * Tests the real package with a model of nine tokens. It is an optional peer dependency of 480 MB, looked up where it is
 * installed, or at TRANSFORMERS_LIBRARY: the folder of the package.
 */
const folder = process.env['TRANSFORMERS_LIBRARY'];
const name: string =
  folder === undefined
    ? '@huggingface/transformers'
    : pathToFileURL(resolve(folder, 'dist/transformers.node.mjs')).href;
const library: unknown = await import(name).catch(() => null);
if (library === null)
  console.warn(`skipped: ${name} is not installed; TRANSFORMERS_LIBRARY can name its folder`);

const GOLDEN = resolve(import.meta.dirname, 'golden/transformers');
const { texts, vectors } = JSON.parse(readFileSync(resolve(GOLDEN, 'cases.json'), 'utf8')) as {
  readonly texts: readonly string[];
  readonly vectors: readonly (readonly number[])[];
};

test.skipIf(library === null)('the package gives the vectors computed by hand', async () => {
  const model = resolve(GOLDEN, 'model');
  const found = await transformersEmbedder({ model, load: async () => library }).embed(texts);
  expect(found.dimensions).toBe(4);
  expect(found.truncated).toBe(1);
  for (const [at, value] of vectors.flat().entries())
    expect(found.vectors[at], `number ${at}`).toBeCloseTo(value, 5);
});

test.skipIf(library === null)('names a missing model and downloads nothing', async () => {
  const embedder = transformersEmbedder({ model: 'nobody/none', load: async () => library });
  await expect(embedder.embed(['a'])).rejects.toMatchObject({
    code: 'embedder_failed',
    message: expect.stringMatching(/nobody\/none cannot be loaded .*does not hold it/),
  });
});
