import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Question } from '../../contract/judge.ts';
import { openAnswerCache } from '../../platform/answer-cache.ts';
import {
  type ChatAnswer,
  chatServer,
  completion,
  itemsIn,
  saying,
} from '../testing/chat-server.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { sendJson } from '../testing/json-server.ts';
import type { JudgeUsage } from './ask-missing.ts';
import type { JudgeEstimate } from './judge-prompt.ts';
import { openAiJudge } from './openai-judge.ts';

const schema = { type: 'object', properties: { verdict: { type: 'string' } } };
const question = (material: string, ...items: readonly string[]): Question => ({
  instructions: 'Judge the text.',
  material,
  items,
  answer: schema,
});

/** Answers every item with its text and the material. */
const echo: ChatAnswer = saying((system, user) => ({
  answers: itemsIn(system).map((text, index) => ({
    item: index + 1,
    verdict: `${text} of ${user}`,
  })),
}));
const answerOf = (text: string) => ({ verdict: text });

test('asks for all items of a text in one request, with key, schema, temperature 0 and seed', async () => {
  await using server = await chatServer(echo);
  const estimates: JudgeEstimate[] = [];
  const usages: JudgeUsage[] = [];
  const judge = openAiJudge({
    model: 'gpt-4o-mini-2024-07-18',
    baseUrl: `${server.baseUrl}/`,
    apiKey: 'sk-secret',
    parallel: 1,
    onEstimate: (estimate) => estimates.push(estimate),
    onUsage: (usage) => usages.push(usage),
  });
  const { answers, ...taken } = await judge.ask([
    question('one', 'A', 'B'),
    question('two', 'A'),
    question('one', 'B'),
    question('none'),
  ]);

  expect(answers).toEqual([
    [answerOf('A of one'), answerOf('B of one')],
    [answerOf('A of two')],
    [answerOf('B of one')],
    [],
  ]);
  expect(server.received.length).toBe(2);
  const [first] = server.received;
  expect(first).toMatchObject({
    path: '/v1/chat/completions',
    authorization: 'Bearer sk-secret',
    body: {
      model: 'gpt-4o-mini-2024-07-18',
      temperature: 0,
      seed: 42,
      max_tokens: 3_200,
      response_format: { type: 'json_schema', json_schema: { strict: true } },
      messages: [{ role: 'system' }, { role: 'user', content: 'one' }],
    },
  });
  expect(itemsIn(first?.body.messages[0]?.content ?? '')).toEqual(['A', 'B']);
  // $0.15 per million tokens in, $0.60 out: 2 requests of 1,000 and 100 tokens.
  expect(taken.cost).toBeCloseTo(0.0003 + 0.00012, 10);
  expect(taken).toMatchObject({ inputTokens: 2_000, outputTokens: 200 });
  expect(usages).toMatchObject([
    { requests: 2, cached: 0, inputTokens: 2_000, outputTokens: 200, unanswered: 0, why: null },
  ]);
  const sent = server.received.flatMap(({ body }) => body.messages.map(({ content }) => content));
  expect(estimates).toMatchObject([
    { requests: 2, cached: 0, inputTokens: Math.ceil(sent.join('').length / 4), outputTokens: 300 },
  ]);
  expect(judge.id).toBe(`openai:gpt-4o-mini-2024-07-18@${new URL(server.baseUrl).host}`);
});

test('does not ask again for a cached answer, only for a new item of the same text', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'culprit-judge-'));
  await using server = await chatServer(echo);
  const cache = await openAnswerCache(join(folder, 'answers.jsonl'));
  const usages: JudgeUsage[] = [];
  const judge = openAiJudge({
    model: 'm',
    baseUrl: server.baseUrl,
    cache,
    price: { input: 1, output: 10 },
    onUsage: (usage) => usages.push(usage),
  });
  const first = await judge.ask([question('one', 'A')]);
  expect(await judge.ask([question('one', 'A')])).toEqual(first);
  const third = await judge.ask([question('one', 'A', 'B')]);
  expect(third.answers).toEqual([[answerOf('A of one'), answerOf('B of one')]]);
  // 2 requests of 1,000 and 100 tokens at $1 and $10 per million, including the cached one.
  expect(third).toMatchObject({ inputTokens: 2_000, outputTokens: 200, cost: 0.004 });
  expect(server.received.map(({ body }) => itemsIn(body.messages[0]?.content ?? ''))).toEqual([
    ['A'],
    ['B'],
  ]);
  expect(usages.map(({ requests, cached }) => ({ requests, cached }))).toEqual([
    { requests: 1, cached: 0 },
    { requests: 0, cached: 1 },
    { requests: 1, cached: 1 },
  ]);
  await cache.close();
  await rm(folder, { recursive: true });
});

test.each([
  {
    refused: "Unsupported value: 'temperature' does not support 0 with this model.",
    when: (body: object) => 'temperature' in body,
    kept: { seed: 42, max_tokens: 2_600 },
    gone: 'temperature',
  },
  {
    refused: "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens'.",
    when: (body: object) => 'max_tokens' in body,
    kept: { temperature: 0, max_completion_tokens: 2_600 },
    gone: 'max_tokens',
  },
  {
    refused: 'Unknown parameter: seed',
    when: (body: object) => 'seed' in body,
    kept: { temperature: 0 },
    gone: 'seed',
  },
  {
    refused: "'response_format.type' must be 'json_object'",
    when: ({ response_format: format }: { response_format?: { type: string } }) =>
      format?.type === 'json_schema',
    kept: { response_format: { type: 'json_object' } },
    gone: null,
  },
  {
    refused: 'this server has no structured outputs',
    when: (body: object) => 'response_format' in body,
    kept: { temperature: 0 },
    gone: 'response_format',
  },
])('drops a parameter after "$refused"', async (example) => {
  await using server = await chatServer((request, response, index) => {
    if (example.when(request.body))
      sendJson(response, 400, { error: { message: example.refused } });
    else return echo(request, response, index);
  });
  const judge = openAiJudge({ model: 'm', baseUrl: server.baseUrl, parallel: 1 });
  const { answers } = await judge.ask([question('one', 'A'), question('two', 'A')]);
  expect(answers).toEqual([[answerOf('A of one')], [answerOf('A of two')]]);
  const bodies = server.received.map(({ body }) => body);
  const accepted = bodies.filter((body) => !example.when(body));
  expect(accepted.length).toBe(2);
  for (const body of accepted) {
    expect(body).toMatchObject(example.kept);
    if (example.gone !== null) expect(body).not.toHaveProperty(example.gone);
  }
  expect(bodies.at(-2)).toBe(accepted[0]);
});

test.each([
  { name: 'prose', text: 'I would rather not say.', finish: 'stop', why: /no answer to the items/ },
  { name: 'an answer cut short', text: '{"answers":[', finish: 'length', why: /length limit/ },
  { name: 'a filtered answer', text: 'x', finish: 'content_filter', why: /content filter/ },
])('$name is retried once and then left unanswered, but its cost counts', async (example) => {
  await using server = await chatServer((request, response, index) => {
    if (request.body.messages[1]?.content !== 'bad') return echo(request, response, index);
    sendJson(response, 200, completion('m', example.text, example.finish));
  });
  const usages: JudgeUsage[] = [];
  const judge = openAiJudge({
    model: 'm',
    baseUrl: server.baseUrl,
    parallel: 1,
    onUsage: (usage) => usages.push(usage),
  });
  const { answers } = await judge.ask([question('good', 'A'), question('bad', 'A')]);
  expect(answers).toEqual([[answerOf('A of good')], [null]]);
  expect(usages).toMatchObject([
    { requests: 3, inputTokens: 3_000, unanswered: 1, why: expect.stringMatching(example.why) },
  ]);
});

test('raises the token limit after a truncated answer, also for later requests', async () => {
  await using server = await chatServer((request, response, index) => {
    if ((request.body.max_tokens ?? 0) > 5_000) return echo(request, response, index);
    sendJson(response, 200, completion('m', '<think>Let me see', 'length'));
  });
  const judge = openAiJudge({ model: 'm', baseUrl: server.baseUrl, parallel: 1 });
  const { answers } = await judge.ask([question('one', 'A'), question('two', 'A')]);
  expect(answers).toEqual([[answerOf('A of one')], [answerOf('A of two')]]);
  expect(server.received.map(({ body }) => body.max_tokens)).toEqual([2_600, 20_800, 20_800]);
});

test('asks once more for skipped items only', async () => {
  await using server = await chatServer(
    saying((system) => ({ answers: [{ item: 1, verdict: itemsIn(system)[0] ?? '' }] })),
  );
  const { answers } = await openAiJudge({ model: 'm', baseUrl: server.baseUrl }).ask([
    question('one', 'A', 'B'),
  ]);
  expect(answers).toEqual([[answerOf('A'), answerOf('B')]]);
  expect(server.received.map(({ body }) => itemsIn(body.messages[0]?.content ?? ''))).toEqual([
    ['A', 'B'],
    ['B'],
  ]);
});

test('leaves only a text too long for the model unanswered', async () => {
  await using server = await chatServer((request, response, index) => {
    if (request.body.messages[1]?.content === 'long')
      sendJson(response, 400, { error: { message: 'maximum context length is 4096 tokens' } });
    else return echo(request, response, index);
  });
  const judge = openAiJudge({ model: 'm', baseUrl: server.baseUrl, parallel: 1 });
  const { answers } = await judge.ask([question('one', 'A'), question('long', 'A')]);
  expect(answers).toEqual([[answerOf('A of one')], [null]]);
});

test('gives up on a model without a usable answer after five texts', async () => {
  await using server = await chatServer(saying(() => 'Sure! Anything else?'));
  const judge = openAiJudge({ model: 'tiny', baseUrl: server.baseUrl, parallel: 1 });
  const texts = Array.from({ length: 50 }, (_, index) => question(`text ${index}`, 'A'));
  await expect(judge.ask(texts)).rejects.toMatchObject({
    code: 'judge_failed',
    message: expect.stringMatching(
      /Judging with tiny at .*Try another model: tiny does not answer in the requested format/,
    ),
  });
  expect(server.received.length).toBe(10);
});

test.each([
  { status: 401, says: /status 401: bad key.*Check the API key/, requests: 1 },
  { status: 404, says: /serves m\./, requests: 1 },
  { status: 429, says: /after 3 attempts.*Lower the rate/, requests: 3 },
  { status: 503, says: /after 3 attempts.*has a problem/, requests: 3 },
])('status $status ends the run with advice', async ({ status, says, requests }) => {
  await using server = await chatServer((_request, response) => {
    sendJson(response, status, { error: { message: 'bad key' } });
  });
  const clock = fakeClock();
  const judge = openAiJudge({
    model: 'm',
    baseUrl: server.baseUrl,
    attempts: 3,
    clock,
    parallel: 1,
  });
  await expect(judge.ask([question('one', 'A'), question('two', 'A')])).rejects.toMatchObject({
    code: 'judge_failed',
    message: expect.stringMatching(says),
  });
  expect(server.received.length).toBe(requests);
  expect(clock.pauses).toEqual(requests === 3 ? [500, 1_000] : []);
});

test('asks again after an unusable answer, and does not cache it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'culprit-judge-'));
  const cache = await openAnswerCache(join(folder, 'answers.jsonl'));
  await using server = await chatServer(saying(() => ({ answers: [{ verdict: 7 }] })));
  const usages: JudgeUsage[] = [];
  const options = { model: 'm', baseUrl: server.baseUrl, cache };
  const anything = openAiJudge({ ...options, onUsage: (usage) => usages.push(usage) });
  const isUsable = ({ verdict }: { readonly verdict?: unknown }) => typeof verdict === 'string';
  await anything.ask([question('kept by whom it is enough', 'A')]);
  for (const material of ['kept by whom it is enough', 'another'])
    await expect(openAiJudge(options).ask([question(material, 'A')], { isUsable })).rejects.toThrow(
      'no answer to the items asked in "{\\"answers\\":[{\\"verdict\\":7}]}"',
    );
  expect(server.received.length).toBe(5);
  await anything.ask([question('another', 'A')]);
  expect(usages.map(({ cached }) => cached)).toEqual([0, 0]);
  await cache.close();
  await rm(folder, { recursive: true });
});

test('does not wait for a used-up quota', async () => {
  await using server = await chatServer((_request, response) => {
    const message = 'You exceeded your current quota, please check your plan and billing details.';
    sendJson(response, 429, { error: { message, code: 'insufficient_quota' } });
  });
  const judge = openAiJudge({ model: 'm', baseUrl: server.baseUrl, clock: fakeClock() });
  await expect(judge.ask([question('one', 'A')])).rejects.toThrow(/status 429.*Check the quota/);
  expect(server.received.length).toBe(1);
});

test('waits for a per-minute quota, although the message is the same', async () => {
  await using server = await chatServer((request, response, index) => {
    if (index > 0) return echo(request, response, index);
    const message = 'You exceeded your current quota, please check your plan and billing details.';
    sendJson(response, 429, { error: { message, status: 'RESOURCE_EXHAUSTED' } });
  });
  const judge = openAiJudge({ model: 'm', baseUrl: server.baseUrl, clock: fakeClock() });
  expect((await judge.ask([question('one', 'A')])).answers).toEqual([[answerOf('A of one')]]);
});

test('hides a key that the endpoint repeats', async () => {
  await using server = await chatServer(({ authorization }, response) => {
    sendJson(response, 401, { error: { message: `no such key: ${authorization}` } });
  });
  const judge = openAiJudge({ model: 'm', baseUrl: server.baseUrl, apiKey: 'sk-secret' });
  await expect(judge.ask([question('one', 'A')])).rejects.toThrow('no such key: Bearer [key])');
});

test('retries after a connection that breaks within the answer', async () => {
  await using server = await chatServer((request, response, index) => {
    if (index > 0) return echo(request, response, index);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"id":', () => response.destroy());
  });
  const judge = openAiJudge({ model: 'm', baseUrl: server.baseUrl, clock: fakeClock() });
  expect((await judge.ask([question('one', 'A')])).answers).toEqual([[answerOf('A of one')]]);
  expect(server.received.length).toBe(2);
});

test('quotes an answer that is not a completion', async () => {
  await using server = await chatServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Sign in</title>');
  });
  const judge = openAiJudge({ model: 'm', baseUrl: server.baseUrl });
  await expect(judge.ask([question('one', 'A')])).rejects.toThrow(
    /unusable: .*<title>Sign in<\/title>\). Check that the address is an OpenAI-compatible chat/,
  );
});

test('waits as long as the endpoint asks and then goes on', async () => {
  await using server = await chatServer((request, response, index) => {
    if (index === 0)
      sendJson(response, 429, { error: { message: 'slow' } }, { 'retry-after': '7' });
    else return echo(request, response, index);
  });
  const clock = fakeClock();
  const judge = openAiJudge({ model: 'm', baseUrl: server.baseUrl, clock });
  expect((await judge.ask([question('one', 'A')])).answers).toEqual([[answerOf('A of one')]]);
  expect(clock.pauses).toEqual([7_000]);
});

test('names the address of an unreachable server', async () => {
  const judge = openAiJudge({
    model: 'm',
    baseUrl: 'http://127.0.0.1:9/v1',
    clock: fakeClock(),
  });
  await expect(judge.ask([question('one', 'A')])).rejects.toMatchObject({
    code: 'judge_failed',
    message: expect.stringMatching(/127\.0\.0\.1:9\/v1\/chat\/completions.*Check the base URL/),
  });
});

test('stops when aborted', async () => {
  const stop = new AbortController();
  await using server = await chatServer(() => stop.abort(new Error('enough')));
  const judge = openAiJudge({ model: 'm', baseUrl: server.baseUrl });
  await expect(judge.ask([question('one', 'A')], { signal: stop.signal })).rejects.toMatchObject({
    code: 'aborted',
  });
});

test('sends no more requests at once than allowed and reports progress', async () => {
  let under = 0;
  let most = 0;
  await using server = await chatServer(async (request, response, index) => {
    most = Math.max(most, ++under);
    await new Promise((resume) => setTimeout(resume, 10));
    under--;
    await echo(request, response, index);
  });
  const seen: number[] = [];
  const judge = openAiJudge({ model: 'm', baseUrl: server.baseUrl, parallel: 2 });
  await judge.ask(
    Array.from({ length: 6 }, (_, index) => question(`text ${index}`, 'A')),
    { progress: (done) => seen.push(done) },
  );
  expect(most).toBe(2);
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('rejects an invalid base URL', () => {
  expect(() => openAiJudge({ model: 'm', baseUrl: 'localhost:11434' })).toThrow(/not an http/);
});
