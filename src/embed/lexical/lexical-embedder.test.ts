import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lexicalEmbedder } from './lexical-embedder.ts';

const embedder = lexicalEmbedder();

async function rows(texts: readonly string[]): Promise<Float32Array[]> {
  const { vectors, dimensions } = await embedder.embed(texts);
  return texts.map((_, row) => vectors.subarray(row * dimensions, (row + 1) * dimensions));
}

const dot = (a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);

test('texts on the same topic are closer than texts on different topics', async () => {
  const texts = [
    'refund_order failed: order acc_4471 not found',
    'refund_order failed: order acc_9920 not found in the shop',
    'The order acc_11 could not be refunded, it was not found',
    'I cannot help with medical questions, please see a doctor',
    'Sorry, I can not help you with that medical question',
    'Please see a doctor about medical questions',
  ];
  const [a, b, c, x, y, z] = await rows(texts);
  const within = [dot(a, b), dot(a, c), dot(b, c), dot(x, y), dot(x, z), dot(y, z)];
  const across = [a, b, c].flatMap((left) => [x, y, z].map((right) => dot(left, right)));
  expect(Math.min(...within)).toBeGreaterThan(Math.max(...across) + 0.3);
});

test('rows have length 1, empty texts are 0, and equal texts get equal vectors in every run', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.lorem({ maxCount: 12 }), fc.string({ unit: 'grapheme' })), {
        maxLength: 12,
      }),
      async (texts) => {
        const doubled = [...texts, ...texts];
        const found = await rows(doubled);
        for (const [i, text] of texts.entries()) {
          const hasWords = /[\p{L}\p{M}\p{N}]/u.test(text.normalize('NFKC'));
          expect(dot(found[i], found[i])).toBeCloseTo(hasWords ? 1 : 0, 4);
          expect(found[i]).toEqual(found[i + texts.length]);
        }
        expect(await rows(doubled)).toEqual(found);
      },
    ),
    { numRuns: 10, seed: 7 },
  );
});

test.each([
  { name: 'no text', texts: [], dimensions: 1 },
  { name: 'one text', texts: ['only me'], dimensions: 1 },
  { name: 'one empty text', texts: [''], dimensions: 1 },
  { name: 'two texts alike', texts: ['same words', 'same words'], dimensions: 2 },
])('$name gives $dimensions dimensions', async ({ texts, dimensions }) => {
  const embedding = await embedder.embed(texts);
  expect(embedding.dimensions).toBe(dimensions);
  expect(embedding.vectors).toHaveLength(texts.length * dimensions);
});

test('identical texts get identical vectors', async () => {
  const [first, ...others] = await rows(Array.from({ length: 20 }, () => 'the tool timed out'));
  for (const other of others) expect(dot(first, other)).toBeCloseTo(1, 5);
});

test('a text that shares no feature with the others is far from all of them', async () => {
  const texts = Array.from({ length: 80 }, (_, i) => `payment of invoice ${i % 9} was declined`);
  const vectors = await rows([...texts, 'qqqq zzzz xxxx']);
  const isolated = vectors.at(-1);
  const nearest = Math.max(...vectors.slice(0, -1).map((vector) => dot(vector, isolated)));
  expect(nearest).toBeLessThan(0.6);
});

test('keeps the head and tail of a text over 20,000 characters and counts it as truncated', async () => {
  const middle = 'filler '.repeat(5000);
  const texts = [`first ${middle} last`, 'first last', 'first last again', 'filler words'];
  const { truncated } = await embedder.embed(texts);
  expect(truncated).toBe(1);
});

test('fits on a sample of a large batch and still separates all topics', async () => {
  const topics = ['refund order missing', 'weather forecast rain', 'login password expired'];
  const texts = Array.from({ length: 4500 }, (_, i) => `${topics[i % 3]} case ${i % 50}`);
  const vectors = await rows(texts);
  for (let i = 0; i < 4497; i += 101) {
    expect(dot(vectors[i], vectors[i + 3])).toBeGreaterThan(dot(vectors[i], vectors[i + 1]) + 0.5);
  }
});

test('reports progress up to the number of texts and stops when aborted', async () => {
  const texts = Array.from({ length: 1200 }, (_, i) => `text ${i}`);
  const seen: number[] = [];
  await embedder.embed(texts, { progress: (done) => seen.push(done) });
  expect(seen).toEqual([500, 1000, 1200]);

  const abort = new AbortController();
  const run = embedder.embed(texts, {
    signal: abort.signal,
    progress: () => abort.abort(new Error('enough')),
  });
  await expect(run).rejects.toMatchObject({ code: 'aborted', cause: new Error('enough') });
});
