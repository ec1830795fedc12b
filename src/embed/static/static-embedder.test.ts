import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Embedder } from '../../contract/embedder.ts';
import { staticEmbedder } from './static-embedder.ts';
import { modelBytes } from './testing/model-bytes.ts';

const shipped = readFileSync(resolve(import.meta.dirname, 'model/minilm-l6-256.bin'));
const alone = staticEmbedder(shipped, { common: 'keep' });
const embedder = staticEmbedder(shipped);

async function rows(of: Embedder, texts: readonly string[]): Promise<number[][]> {
  const { vectors, dimensions } = await of.embed(texts);
  return texts.map((_, row) => [...vectors.subarray(row * dimensions, (row + 1) * dimensions)]);
}

const dot = (a: readonly number[] = [], b: readonly number[] = []): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);

test('sums scaled rows times 1 + ln of the occurrences and scales to length 1', async () => {
  const tiny = staticEmbedder(
    modelBytes('tiny@1', [
      { token: 'pay', scale: 0.5, row: [4, 0] },
      { token: 'order', scale: 0.1, row: [0, 30] },
      { token: 'the', scale: 0, row: [9, 9] },
    ]),
    { common: 'keep' },
  );
  const [mixed, repeated, empty, stop] = await rows(tiny, [
    'Pay the ORDER',
    'pay pay pay order',
    ' ',
    'the',
  ]);
  // 0.5·4 = 2 and 0.1·30 = 3; then 2·(1 + ln 3) and 3.
  const expected = [
    [2, 3],
    [2 * (1 + Math.log(3)), 3],
  ].map((row) => row.map((x) => x / Math.hypot(...row)));
  for (const [i, row] of [mixed, repeated].entries()) {
    for (const [j, value] of (row ?? []).entries())
      expect(value).toBeCloseTo(expected[i]?.[j] ?? 0, 5);
  }
  expect([empty, stop]).toEqual([
    [0, 0],
    [0, 0],
  ]);
  expect(tiny.id).toBe('static:tiny@1+common');
});

// Pairs that share no content word: only the model can relate them.
test.each([
  ['The payment was declined', 'Your credit card was rejected', 'A storm is expected tonight'],
  ['refund the purchase', 'give the customer their money back', 'train a neural network'],
  ['The physician prescribed medicine', 'A doctor gave him drugs', 'The server returned an error'],
  ['database connection timed out', 'SQL server unreachable', 'bake bread in the oven'],
])('%j is closer to %j than to %j', async (text, near, far) => {
  const [a, b, c] = await rows(alone, [text, near, far]);
  expect(dot(a, b)).toBeGreaterThan(dot(a, c) + 0.15);
});

test('rows have length 1, equal texts have equal vectors, and with `common: keep` no text depends on the others', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.lorem({ maxCount: 12 }), fc.string({ unit: 'binary' })), {
        maxLength: 8,
      }),
      async (texts) => {
        const together = await rows(alone, texts);
        for (const [i, text] of texts.entries()) {
          expect(together[i]).toEqual((await rows(alone, [text]))[0]);
        }
        const centerd = await rows(embedder, [...texts, ...texts]);
        for (const [i, row] of together.entries()) {
          const length = dot(row, row);
          expect(Math.min(Math.abs(length - 1), length)).toBeLessThan(1e-4);
          expect(dot(centerd[i], centerd[i])).toBeCloseTo(length, 4);
          expect(centerd[i]).toEqual(centerd[i + texts.length]);
        }
      },
    ),
    { numRuns: 10, seed: 5 },
  );
});

test('words that all texts share count for less', async () => {
  const frame = 'The assistant of the web shop answered the customer as follows: ';
  const texts = [
    'the refund failed',
    'the refund was refused',
    'rain tomorrow',
    'sunny weather',
  ].map((text) => frame + text);
  const [a, b, c] = await rows(alone, texts);
  const [x, y, z] = await rows(embedder, texts);
  expect(dot(x, y) - dot(x, z)).toBeGreaterThan(2 * (dot(a, b) - dot(a, c)));
});

test('equal unknown words get equal vectors, different ones do not', async () => {
  const [a, b, c] = await rows(alone, ['🫠', '🫠 🫠', '𐐀𐐨']);
  expect(dot(a, b)).toBeCloseTo(1, 5);
  expect(Math.abs(dot(a, c))).toBeLessThan(0.3);
});

test('texts over 20,000 characters keep their head and tail and are counted as truncated', async () => {
  const long = `refund the order ${'. '.repeat(20_000)} medicine`;
  const [cut, whole] = await rows(alone, [long, `refund the order ${'. '.repeat(9991)} medicine`]);
  expect(dot(cut, whole)).toBeGreaterThan(0.99);
  expect((await alone.embed([long, 'short'])).truncated).toBe(1);
});

test('handles no texts, reports progress up to the number of texts, and stops when aborted', async () => {
  expect(await embedder.embed([])).toEqual({
    vectors: new Float32Array(),
    dimensions: 256,
    truncated: 0,
  });
  const texts = Array.from({ length: 4100 }, (_, i) => `text ${i}`);
  const seen: number[] = [];
  await embedder.embed(texts, { progress: (done) => seen.push(done) });
  expect(seen).toEqual([2000, 4000, 4100]);
  await expect(embedder.embed(texts, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'aborted',
  });
});
