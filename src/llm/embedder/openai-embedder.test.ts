import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Embedding } from '../../contract/embedder.ts';
import { openVectorCache } from '../../platform/vector-cache.ts';
import { type Answer, answerWell, embeddingServer, vectorOf } from '../testing/embedding-server.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { sendJson } from '../testing/json-server.ts';
import type { EmbeddingUsage } from './embedding-run.ts';
import { openAiEmbedder } from './openai-embedder.ts';

const KEY = 'sk-secret';

const rows = ({ vectors, dimensions }: Embedding): number[][] =>
  Array.from({ length: vectors.length / dimensions }, (_, row) => [
    ...vectors.subarray(row * dimensions, (row + 1) * dimensions),
  ]);

const unit = (text: string): number[] => {
  const vector = vectorOf(text);
  return vector.map((value) => value / Math.hypot(...vector));
};

function expectRows(found: Embedding, expected: readonly (readonly number[])[]): void {
  expect(found.vectors).toHaveLength(expected.length * found.dimensions);
  for (const [i, row] of rows(found).entries()) {
    for (const [j, value] of row.entries())
      expect(value).toBeCloseTo(expected[i]?.[j] ?? Number.NaN, 6);
  }
}

test('sends model, texts and key to /embeddings and sorts the answer by index', async () => {
  await using server = await embeddingServer();
  const usages: EmbeddingUsage[] = [];
  const embedder = openAiEmbedder({
    model: 'text-embedding-3-small',
    baseUrl: `${server.baseUrl}/`,
    apiKey: KEY,
    dimensions: 3,
    onUsage: (usage) => usages.push(usage),
  });
  const found = await embedder.embed(['one', 'four', '', ' ', 'one']);

  expectRows(found, [unit('one'), unit('four'), [0, 0, 0], [0, 0, 0], unit('one')]);
  expect(found).toMatchObject({ dimensions: 3, truncated: 0 });
  expect(server.received).toEqual([
    {
      path: '/v1/embeddings',
      authorization: `Bearer ${KEY}`,
      body: {
        model: 'text-embedding-3-small',
        input: ['one', 'four'],
        encoding_format: 'float',
        dimensions: 3,
      },
    },
  ]);
  // 7 tokens at $0.02 per million.
  expect(usages).toEqual([{ requests: 1, tokens: 7, cost: 1.4e-7, cached: 0 }]);
  expect(embedder.id).toBe(`openai:text-embedding-3-small/3@${new URL(server.baseUrl).host}`);
});

test('sends no request for an empty list', async () => {
  await using server = await embeddingServer();
  const found = await openAiEmbedder({ model: 'm', baseUrl: server.baseUrl }).embed([]);
  expect(found).toEqual({ vectors: new Float32Array(), dimensions: 1, truncated: 0 });
  expect(server.received).toEqual([]);
});

test('batches by count and by characters, shortens long texts and reports progress', async () => {
  await using server = await embeddingServer();
  const seen: [number, number][] = [];
  const embedder = openAiEmbedder({
    model: 'm',
    baseUrl: server.baseUrl,
    batchTexts: 3,
    batchCharacters: 20,
    textCharacters: 12,
    parallel: 1,
  });
  const texts = ['a', 'b', 'c', 'd', 'eeeeeeeeee', 'ffffffffff', `head${'-'.repeat(50)}tail`];
  const found = await embedder.embed(texts, { progress: (...step) => seen.push(step) });
  expect(server.received.map((request) => request.body.input)).toEqual([
    ['a', 'b', 'c'],
    ['d', 'eeeeeeeeee'],
    ['ffffffffff'],
    ['head-- --tail'],
  ]);
  expect(found.truncated).toBe(1);
  expect(seen).toEqual([
    [0, 7],
    [3, 7],
    [5, 7],
    [6, 7],
    [7, 7],
  ]);
});

test('sends no more requests at once than allowed', async () => {
  let under = 0;
  let most = 0;
  await using server = await embeddingServer(async (request, response, index) => {
    most = Math.max(most, ++under);
    await new Promise((resume) => setTimeout(resume, 20));
    under--;
    await answerWell(request, response, index);
  });
  const embedder = openAiEmbedder({
    model: 'm',
    baseUrl: server.baseUrl,
    batchTexts: 1,
    parallel: 2,
  });
  await embedder.embed(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(most).toBe(2);
});

test('starts requests no faster than the given rate', async () => {
  await using server = await embeddingServer();
  const clock = fakeClock();
  const embedder = openAiEmbedder({
    model: 'm',
    baseUrl: server.baseUrl,
    batchTexts: 1,
    parallel: 1,
    requestsPerMinute: 120,
    clock,
  });
  await embedder.embed(['a', 'b', 'c']);
  expect(clock.pauses).toEqual([500, 500]);
});

const failOnce =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (request, response, index) =>
    index === 0
      ? sendJson(response, status, { error: { message: 'not now' } }, headers)
      : answerWell(request, response, index);

test.each([
  { name: '500', answer: failOnce(500), pauses: [500] },
  { name: '429 without a hint', answer: failOnce(429), pauses: [500] },
  {
    name: '429 with Retry-After in seconds',
    answer: failOnce(429, { 'retry-after': '7' }),
    pauses: [7000],
  },
  {
    name: '503 with Retry-After as a date',
    answer: failOnce(503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:20 GMT' }),
    pauses: [20_000],
  },
  {
    name: '429 with retry-after-ms',
    answer: failOnce(429, { 'retry-after-ms': '1500' }),
    pauses: [1500],
  },
  {
    name: 'a connection that breaks',
    answer: ((request, response, index) =>
      index === 0
        ? void response.destroy()
        : answerWell(request, response, index)) satisfies Answer,
    pauses: [500],
  },
])('retries after $name', async ({ answer, pauses }) => {
  await using server = await embeddingServer(answer);
  const clock = fakeClock();
  const found = await openAiEmbedder({ model: 'm', baseUrl: server.baseUrl, clock }).embed(['one']);
  expectRows(found, [unit('one')]);
  expect(clock.pauses).toEqual(pauses);
});

test('doubles the pause each time and gives up after the last attempt', async () => {
  await using server = await embeddingServer((_request, response) =>
    sendJson(response, 500, { error: { message: 'broken inside' } }),
  );
  const clock = fakeClock();
  const embedder = openAiEmbedder({ model: 'm', baseUrl: server.baseUrl, clock, attempts: 5 });
  await expect(embedder.embed(['one'])).rejects.toMatchObject({
    code: 'embedder_failed',
    message: expect.stringMatching(
      /failed after 5 attempts \(status 500: broken inside.* try again later/,
    ),
  });
  expect(clock.pauses).toEqual([500, 1000, 2000, 4000]);
});

test('does not wait if the endpoint asks for an hour', async () => {
  await using server = await embeddingServer(failOnce(429, { 'retry-after': '3600' }));
  const clock = fakeClock();
  const run = openAiEmbedder({ model: 'm', baseUrl: server.baseUrl, clock }).embed(['one']);
  await expect(run).rejects.toMatchObject({ code: 'embedder_failed' });
  expect(clock.pauses).toEqual([]);
});

const answerWith =
  (...embeddings: readonly unknown[]): Answer =>
  (_request, response) =>
    sendJson(response, 200, { data: embeddings.map((embedding, index) => ({ index, embedding })) });

test.each([
  { name: 'a refused key', status: 401, says: /status 401.*Check the API key/ },
  { name: 'an unknown model', status: 404, says: /status 404.*serves missing-model/ },
  { name: 'a bad request', status: 400, says: /status 400.*Check the model name/ },
])('$name fails at once, says what to do and does not show the key', async ({ status, says }) => {
  await using server = await embeddingServer((_request, response) =>
    sendJson(response, status, { error: { message: 'no' } }),
  );
  const embedder = openAiEmbedder({ model: 'missing-model', baseUrl: server.baseUrl, apiKey: KEY });
  const error: Error = await embedder.embed(['one']).then(Promise.reject, (reason) => reason);
  expect(error).toMatchObject({ code: 'embedder_failed' });
  expect(error.message).toContain(`${server.baseUrl}/embeddings`);
  expect(error.message).toMatch(says);
  expect(error.message).not.toContain(KEY);
  expect(server.received).toHaveLength(1);
});

test.each<{ name: string; answer: Answer; says: string }>([
  { name: 'too few vectors', answer: answerWith([1, 2]), says: '1 vectors for 2 texts' },
  {
    name: 'two lengths',
    answer: answerWith([1, 2], [1]),
    says: 'vectors of different lengths, 2 and 1',
  },
  { name: 'empty vectors', answer: answerWith([], []), says: 'empty vectors' },
  { name: 'a vector of zeros', answer: answerWith([1, 2], [0, 0]), says: 'a vector of zeros' },
  { name: 'null for a number', answer: answerWith([1, 2], [1, null]), says: 'unusable' },
  {
    name: 'NaN for a number',
    answer: (_request, response) =>
      sendJson(response, 200, '{"data":[{"embedding":[NaN,1]},{"embedding":[1,2]}]}'),
    says: 'unusable',
  },
  {
    name: 'a number beyond float range',
    answer: (_request, response) =>
      sendJson(response, 200, '{"data":[{"embedding":[1e999,1]},{"embedding":[1,2]}]}'),
    says: 'unusable',
  },
  {
    name: 'a duplicate index',
    answer: (_request, response) =>
      sendJson(response, 200, { data: [0, 0].map((index) => ({ index, embedding: [1, 2] })) }),
    says: 'its indices do not match the texts',
  },
  {
    name: 'a web page',
    answer: (_request, response) => void response.end('<html>hello</html>'),
    says: 'unusable',
  },
])('an answer with $name is an error', async ({ answer, says }) => {
  await using server = await embeddingServer(answer);
  const run = openAiEmbedder({ model: 'm', baseUrl: server.baseUrl }).embed(['one', 'two']);
  await expect(run).rejects.toMatchObject({
    code: 'embedder_failed',
    message: expect.stringContaining(says),
  });
});

test('vectors of different lengths in two requests are an error', async () => {
  await using server = await embeddingServer((request, response, index) =>
    answerWith([1, 2, 3].slice(0, index + 2))(request, response, index),
  );
  const embedder = openAiEmbedder({
    model: 'm',
    baseUrl: server.baseUrl,
    batchTexts: 1,
    parallel: 1,
  });
  await expect(embedder.embed(['one', 'two'])).rejects.toMatchObject({
    code: 'embedder_failed',
    message: expect.stringContaining('vectors of different lengths, 2 and 3, in one run'),
  });
});

test('retries a server that does not answer in time, then names it', async () => {
  await using server = await embeddingServer(() => {});
  const embedder = openAiEmbedder({
    model: 'm',
    baseUrl: server.baseUrl,
    timeoutMs: 50,
    attempts: 2,
    clock: fakeClock(),
  });
  await expect(embedder.embed(['one'])).rejects.toMatchObject({
    code: 'embedder_failed',
    message: expect.stringMatching(/after 2 attempts \(no answer within 0.05 s\)/),
  });
  expect(server.received).toHaveLength(2);
});

test('names the address of an unreachable server', async () => {
  const server = await embeddingServer();
  await server[Symbol.asyncDispose]();
  const embedder = openAiEmbedder({ model: 'm', baseUrl: server.baseUrl, clock: fakeClock() });
  await expect(embedder.embed(['one'])).rejects.toMatchObject({
    code: 'embedder_failed',
    message: expect.stringMatching(
      /127\.0\.0\.1.*Check the base URL and that the server is running/,
    ),
  });
});

test('halves a text that is too long for the model until it fits, and counts it', async () => {
  const answer: Answer = (request, response, index) =>
    request.body.input.some((text) => text.length > 300)
      ? sendJson(response, 400, {
          error: { message: "This model's maximum context length is 300 tokens" },
        })
      : answerWell(request, response, index);
  await using server = await embeddingServer(answer);
  const embedder = openAiEmbedder({ model: 'm', baseUrl: server.baseUrl });
  const long = `${'x'.repeat(500)}${'y'.repeat(500)}`;
  const found = await embedder.embed(['one', long, 'four']);
  const cut = `${'x'.repeat(125)} ${'x'.repeat(0)}`;
  expect(found.truncated).toBe(1);
  expectRows(found, [unit('one'), unit(`${cut}${'y'.repeat(125)}`), unit('four')]);
});

test('an abort stops pending requests', async () => {
  const abort = new AbortController();
  await using server = await embeddingServer(() => abort.abort(new Error('enough')));
  const embedder = openAiEmbedder({ model: 'm', baseUrl: server.baseUrl, batchTexts: 1 });
  await expect(embedder.embed(['a', 'b', 'c'], { signal: abort.signal })).rejects.toMatchObject({
    code: 'aborted',
    cause: new Error('enough'),
  });
});

test('cached texts are not sent again, and models do not share entries', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'culprit-vectors-'));
  const cache = await openVectorCache(join(folder, 'vectors'));
  await using server = await embeddingServer();
  const usages: EmbeddingUsage[] = [];
  const embedder = (model: string) =>
    openAiEmbedder({
      model,
      baseUrl: server.baseUrl,
      cache,
      onUsage: (usage) => usages.push(usage),
    });
  const first = await embedder('m').embed(['one', 'two']);
  const second = await embedder('m').embed(['two', 'three', 'one']);
  await embedder('n').embed(['one']);
  expect(server.received.map(({ body }) => [body.model, body.input])).toEqual([
    ['m', ['one', 'two']],
    ['m', ['three']],
    ['n', ['one']],
  ]);
  expect(usages.map((usage) => usage.cached)).toEqual([0, 2, 0]);
  expect(rows(second)[2]).toEqual(rows(first)[0]);
  await cache.close();
  await rm(folder, { recursive: true });
});

test.each(['localhost:8080', 'ftp://example.com', 'http://'])('%j is no base URL', (baseUrl) => {
  expect(() => openAiEmbedder({ model: 'm', baseUrl })).toThrow(/http:\/\/localhost:11434\/v1/);
});
