import { expect, test } from 'vitest';
import type { CallLine, CallRecord } from '../../contract/call-record.ts';
import type { ProposalPrompt } from '../../contract/proposer.ts';
import { openCallBook } from '../../platform/call-book.ts';
import { chatEndpoint } from '../judge/chat-endpoint.ts';
import { openAiChat } from '../judge/openai-chat.ts';
import { chatServer, completion } from '../testing/chat-server.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { sendJson } from '../testing/json-server.ts';
import { type MeteredModelOptions, meteredModel } from './metered-model.ts';
import { worstCase } from './worst-case.ts';

const prompt = (user: string): ProposalPrompt => ({
  ...{ version: 'test 1', system: 'Say something.', user, schema: {}, maxTokens: 1_000 },
});
const PRICE = { input: 1, output: 10 };

function recordOf(lines: CallLine[] = []): CallRecord {
  const book = openCallBook();
  for (const line of lines) book.add(line);
  return {
    ...book,
    write: (line) => {
      lines.push(line);
      book.add(line);
    },
  };
}

const model = (baseUrl: string, parts: Partial<MeteredModelOptions> = {}, timeoutMs = 20_000) => {
  const clock = fakeClock();
  return meteredModel({
    ...{ id: 'openai:m', price: PRICE, budget: {}, record: recordOf(), job: 'job', clock },
    request: chatEndpoint({
      ...openAiChat({ model: 'm', baseUrl, apiKey: null }),
      ...{ timeoutMs, seed: 1, clock, isLimited: true },
    }),
    ...parts,
  });
};

const answering = () =>
  chatServer(({ body }, response) => sendJson(response, 200, completion(body.model, '{"a":1}')));

test('the worst case is a token a byte, and the whole limit', () => {
  // 14 + 3 + 2 · 2 bytes and 1,000 around them, and 1,000 tokens out.
  expect(worstCase(prompt('€'), PRICE)).toBeCloseTo((1_021 * 1 + 1_000 * 10) / 1e6, 12);
  expect(worstCase(prompt('x'), null)).toBe(null);
});

test('every call is in the record before it is sent, with its prompt, and its answer after', async () => {
  const lines: CallLine[] = [];
  await using server = await chatServer(({ body }, response) => {
    expect(lines.map(({ kind }) => kind)).toEqual(['started']);
    sendJson(response, 200, completion(body.model, '{"a":1}'));
  });
  const answer = await model(server.baseUrl, { record: recordOf(lines) }).ask(prompt('x'));
  expect(answer).toEqual({ kind: 'answered', answer: { a: 1 } });
  expect(lines).toMatchObject([
    { kind: 'started', model: 'openai:m', prompt: 'test 1', job: 'job' },
    { kind: 'ended', outcome: 'answered', inputTokens: 1_000, outputTokens: 100, cost: 0.002 },
  ]);
  expect(server.received[0]?.body.max_tokens).toBe(1_000);
});

test('the same content is answered from the record, and two at once are one call', async () => {
  await using server = await answering();
  const lines: CallLine[] = [];
  const first = model(server.baseUrl, { record: recordOf(lines) });
  await Promise.all([first.ask(prompt('x')), first.ask(prompt('x'))]);
  const second = model(server.baseUrl, { record: recordOf(lines), budget: { dollars: 0.0001 } });
  expect(await second.ask(prompt('x'))).toMatchObject({ kind: 'answered' });
  expect(server.received.length).toBe(1);
  expect(second.usage()).toMatchObject({ calls: 0, kept: 1, dollars: 0 });
});

test('what an earlier process left open counts with its worst case, and is asked again only if told to', async () => {
  await using server = await answering();
  const lines: CallLine[] = [];
  await model(server.baseUrl, { record: recordOf(lines) }).ask(prompt('x'));
  lines.pop();
  const again = model(server.baseUrl, { record: recordOf(lines) });
  expect(await again.ask(prompt('x'))).toMatchObject({ kind: 'none', code: 'unclear' });
  const worst = worstCase(prompt('x'), PRICE)!;
  const full = model(server.baseUrl, { record: recordOf(lines), budget: { dollars: 1.9 * worst } });
  expect(await full.ask(prompt('y'))).toMatchObject({ kind: 'none', code: 'budget' });
  expect(server.received.length).toBe(1);
  const told = model(server.baseUrl, { record: recordOf(lines), askAgain: true });
  expect(await told.ask(prompt('x'))).toMatchObject({ kind: 'answered' });
  expect(recordOf(lines).soFar('job')).toEqual({
    calls: 2,
    dollars: expect.closeTo(worst + 0.002),
  });
});

test.each([
  {
    why: 'money',
    budget: { dollars: 0.0115 },
    says: /^0 of 0\.0115 USD are used, and this call may take/,
    requests: 0,
    at: 200,
  },
  {
    why: 'calls',
    budget: { calls: 1 },
    says: /^the budget of 1 calls is used up/,
    requests: 1,
    at: 1,
  },
])('a budget of $why ends it before the call', async ({ budget, says, requests, at }) => {
  await using server = await answering();
  const asked = model(server.baseUrl, { budget });
  if (at === 1) await asked.ask(prompt('first'));
  const answer = await asked.ask(prompt('x'.repeat(1_000)));
  expect(answer).toMatchObject({ kind: 'none', code: 'budget' });
  expect(answer.kind === 'none' && answer.why).toMatch(says);
  expect(server.received.length).toBe(requests);
});

test('a refusal costs nothing and is tried again; silence may have cost all, and is not', async () => {
  await using busy = await chatServer(({ body }, response, index) =>
    index < 2
      ? sendJson(response, 429, { error: { message: 'slow down' } }, { 'retry-after': '3' })
      : sendJson(response, 200, completion(body.model, '{"a":1}')),
  );
  const asked = model(busy.baseUrl);
  expect(await asked.ask(prompt('x'))).toMatchObject({ kind: 'answered' });
  expect(asked.usage()).toMatchObject({ calls: 3, dollars: 0.002 });

  await using silent = await chatServer(() => {});
  const lines: CallLine[] = [];
  const waiting = model(silent.baseUrl, { record: recordOf(lines) }, 1_000);
  expect(await waiting.ask(prompt('x'))).toMatchObject({ kind: 'none', code: 'unclear' });
  expect(await waiting.ask(prompt('x'))).toMatchObject({ kind: 'none', code: 'unclear' });
  expect(silent.received.length).toBe(1);
  expect(waiting.usage().dollars).toBeCloseTo(worstCase(prompt('x'), PRICE)!);

  const gone = await answering();
  await gone[Symbol.asyncDispose]();
  const nobody = model(gone.baseUrl, { attempts: 2 });
  expect(await nobody.ask(prompt('x'))).toMatchObject({ kind: 'none', code: 'failed' });
  expect(nobody.usage()).toMatchObject({ calls: 2, dollars: 0 });
});

test('an endpoint that refuses every limit of tokens is given up, because no worst case would hold', async () => {
  await using server = await chatServer(({ body }, response) =>
    'max_tokens' in body || 'max_completion_tokens' in body
      ? sendJson(response, 400, {
          error: {
            message: `unknown parameter ${'max_tokens' in body ? 'max_tokens' : 'max_completion_tokens'}`,
          },
        })
      : sendJson(response, 200, completion(body.model, '{"a":1}')),
  );
  const asked = model(server.baseUrl, { attempts: 1 });
  expect(await asked.ask(prompt('x'))).toMatchObject({ kind: 'none', code: 'failed' });
  expect(asked.usage()).toMatchObject({ calls: server.received.length, dollars: 0 });
});
