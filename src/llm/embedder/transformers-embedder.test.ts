import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { transformersEmbedder } from './transformers-embedder.ts';

const LONGEST = 5;

/** A fake of the package: the vector of a text is (its length, 1), normalized. */
function library(answer: (texts: readonly string[]) => unknown = tensorOf) {
  const calls: { task?: string; model?: string; options?: object; batches: string[][] } = {
    batches: [],
  };
  const env: Record<string, unknown> = { cacheDir: '/cache', localModelPath: '/models' };
  const extract = async (texts: string[], options: object) => {
    calls.batches.push(texts);
    calls.options = options;
    return answer(texts);
  };
  const tokenizer = Object.assign(() => {}, {
    model_max_length: LONGEST,
    encode: (text: string) => [...text],
  });
  const pipeline = async (task: string, model: string) => {
    Object.assign(calls, { task, model });
    if (model === 'missing') throw new Error('file was not found locally\nat all');
    return Object.assign(extract, { tokenizer });
  };
  return { calls, env, load: async () => ({ env, pipeline }) };
}

function tensorOf(texts: readonly string[]) {
  const rows = texts.map((text) => [text.length, 1].map((x) => x / Math.hypot(text.length, 1)));
  return { data: Float32Array.from(rows.flat()), dims: [texts.length, 2] };
}

test('embeds in batches of similar length and returns rows in text order', async () => {
  const { calls, env, load } = library();
  const embedder = transformersEmbedder({
    model: 'org/name',
    batchTexts: 2,
    cacheFolder: '/mine',
    load,
  });
  const seen: [number, number][] = [];
  const found = await embedder.embed(['a', 'ccc', '', 'too long'], {
    progress: (...step) => seen.push(step),
  });
  expect(calls).toEqual({
    task: 'feature-extraction',
    model: 'org/name',
    options: { pooling: 'mean', normalize: true },
    batches: [['too long', 'ccc'], ['a']],
  });
  expect(found).toEqual({
    vectors: Float32Array.of(
      ...[1, 1].map((x) => x / Math.SQRT2),
      ...[3, 1].map((x) => x / Math.sqrt(10)),
      ...[0, 0],
      ...[8, 1].map((x) => x / Math.sqrt(65)),
    ),
    dimensions: 2,
    truncated: 1,
  });
  expect(seen).toEqual([
    [2, 3],
    [3, 3],
  ]);
  expect(env).toMatchObject({ allowRemoteModels: false, cacheDir: '/mine' });
  expect(embedder.id).toBe('transformers:org/name');
});

test('passes a folder to the library as parent and name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'culprit-model-'));
  const { calls, env, load } = library();
  await transformersEmbedder({ model: folder, load }).embed([]);
  expect({ parent: env['localModelPath'], name: calls.model }).toEqual({
    parent: dirname(folder),
    name: basename(folder),
  });
  await rm(folder, { recursive: true });
});

test('returns no vectors for no texts', async () => {
  const { load } = library();
  expect(await transformersEmbedder({ model: 'm', load }).embed([])).toEqual({
    vectors: new Float32Array(),
    dimensions: 1,
    truncated: 0,
  });
});

test('says what to install if the package is missing', async () => {
  const absent: string = 'culprit-package-that-is-not-there';
  const embedder = transformersEmbedder({ model: 'm', load: () => import(absent) });
  await expect(embedder.embed(['a'])).rejects.toMatchObject({
    code: 'embedder_failed',
    message: expect.stringMatching(/npm install @huggingface\/transformers$/),
  });
});

test('says where it looked for the model', async () => {
  const { load } = library();
  await expect(transformersEmbedder({ model: 'missing', load }).embed(['a'])).rejects.toMatchObject(
    {
      code: 'embedder_failed',
      message: expect.stringMatching(
        /missing .*\(file was not found locally\): .*not in the cache \/cache/,
      ),
    },
  );
});

test.each([
  { name: 'no tensor', answer: () => null, says: 'no float32 tensor' },
  {
    name: 'three dimensions',
    answer: () => ({ data: new Float32Array(2), dims: [1, 1, 2] }),
    says: '1,1,2',
  },
  {
    name: 'too few rows',
    answer: () => ({ data: new Float32Array(2), dims: [1, 2] }),
    says: '1,2 for 2 texts',
  },
  {
    name: 'NaN',
    answer: () => ({ data: Float32Array.of(1, Number.NaN), dims: [2, 1] }),
    says: 'non-finite',
  },
])('reports a model that returns $name', async ({ answer, says }) => {
  const { load } = library(answer);
  await expect(transformersEmbedder({ model: 'm', load }).embed(['a', 'b'])).rejects.toMatchObject({
    code: 'embedder_failed',
    message: expect.stringContaining(says),
  });
});

test('stops between batches when aborted', async () => {
  const { calls, load } = library();
  const abort = new AbortController();
  const run = transformersEmbedder({ model: 'm', batchTexts: 1, load }).embed(['a', 'b', 'c'], {
    signal: abort.signal,
    progress: () => abort.abort(),
  });
  await expect(run).rejects.toMatchObject({ code: 'aborted' });
  expect(calls.batches).toHaveLength(1);
});
