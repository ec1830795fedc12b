import { describe, expect, test } from 'vitest';
import type { AttemptContext, AttemptRequest } from '../../contract/eval-target.ts';
import type { Json } from '../../contract/json.ts';
import { assistant, call, makeTrace, result, user } from '../../testing/trace.ts';
import { openAiModel } from '../model/provider-model.ts';
import { completion } from '../testing/chat-server.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { jsonServer, sendJson } from '../testing/json-server.ts';
import { fill, httpTarget } from './http-target.ts';
import { promptOf } from './model-conversation.ts';
import { modelTarget } from './model-target.ts';

const request: AttemptRequest = {
  ...{ cause: 'c-1', case: 'guard-1', repeat: 0, seed: 7, input: 'Refund me' },
  messages: [{ ...user('Old prompt'), role: 'system' }, user('Refund me')],
  tools: [{ name: 'find', description: 'Finds.', parameters: { type: 'object' } }],
  documents: [],
};
const context: AttemptContext = {
  ...{ signal: new AbortController().signal, toolsUrl: null, replay: null },
  takeCall: async () => true,
};
const read = async (value: Uint8Array | object) =>
  makeTrace({
    output: value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value),
  });

describe('an http target', () => {
  const target = (url: string, parts: Partial<Parameters<typeof httpTarget>[0]> = {}) =>
    httpTarget({
      ...{ url, version: null, timeoutMs: 5_000, headers: {}, template: null, hash: null },
      ...{ path: [], secrets: ['secret-token'], clock: fakeClock(), read, ...parts },
    });

  test('is posted the template with the case, and answers at the path', async () => {
    await using server = await jsonServer<Json>((_, response) =>
      sendJson(response, 200, { choices: [{ text: 'Done' }] }),
    );
    const answer = await target(`${server.baseUrl}?key=secret`, {
      headers: { authorization: 'Bearer token' },
      template: { q: '{{input}}', all: '{{messages}}', text: 'case {{case}} {{nope}}' },
      path: ['choices', '0', 'text'],
    }).ask(request, context);
    expect(answer).toMatchObject({ kind: 'answered', trace: { output: '{"output":"Done"}' } });
    const [received] = server.received;
    expect(received?.authorization).toBe('Bearer token');
    expect(received?.body).toEqual({
      q: 'Refund me',
      all: request.messages,
      text: 'case guard-1 {{nope}}',
    });
    expect(target(`${server.baseUrl}?key=secret`).record.spec).toBe(server.baseUrl);
  });

  test('a text of the case is not filled in again', () => {
    const sly = { ...request, input: '{{seed}}' };
    expect(fill({ a: '{{input}}', b: 'x {{input}}' }, sly)).toEqual({
      a: '{{seed}}',
      b: 'x {{seed}}',
    });
  });

  test('says when to try again, in seconds or by a date', async () => {
    const now = fakeClock().now();
    for (const after of ['2', new Date(now + 2_000).toUTCString()]) {
      await using server = await jsonServer((_, response) =>
        sendJson(response, 429, { error: 'slow down, secret-token' }, { 'retry-after': after }),
      );
      const answer = await target(server.baseUrl).ask(request, context);
      expect(answer).toMatchObject({
        ...{ code: 'http_429', retryAfterMs: 2_000, usage: { tokens: 0, dollars: 0 } },
        message: 'status 429: {"error":"slow down, [key]"}',
      });
    }
  });

  test.each([
    { status: 503, code: 'http_503', isInfrastructure: true },
    { status: 429, code: 'http_429', isInfrastructure: true },
    { status: 400, code: 'http_400', isInfrastructure: false },
    { status: 302, code: 'http_421', isInfrastructure: false },
  ])('status $status is $code', async ({ status, code, isInfrastructure }) => {
    await using server = await jsonServer((_, response) =>
      sendJson(response, status, { error: 'no' }, { 'retry-after': '2', location: '/x' }),
    );
    const answer = await target(server.baseUrl).ask(request, context);
    expect(answer).toMatchObject({ kind: 'failed', code, isInfrastructure });
  });

  test('an address where nobody answers, an answer without the path, an answer that does not come', async () => {
    expect(await target('http://127.0.0.1:1/').ask(request, context)).toMatchObject({
      ...{ code: 'unreachable', isInfrastructure: true },
    });
    await using server = await jsonServer((_, response) => sendJson(response, 200, { a: 1 }));
    expect(await target(server.baseUrl, { path: ['b'] }).ask(request, context)).toMatchObject({
      code: 'unreadable_output',
      message: 'its answer cannot be used: there is nothing at b (no b)',
    });
    await using silent = await jsonServer(() => {});
    expect(await target(silent.baseUrl, { timeoutMs: 50 }).ask(request, context)).toMatchObject({
      ...{ code: 'timeout', isInfrastructure: true },
    });
  });
});

describe('a model target', () => {
  interface Body {
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly tools: readonly object[];
    readonly seed: number;
  }
  const calling = {
    ...completion('m', ''),
    choices: [
      {
        index: 0,
        finish_reason: 'tool_calls',
        message: {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'a', type: 'function', function: { name: 'find', arguments: '{"id":1}' } },
          ],
        },
      },
    ],
  };
  const model = async (baseUrl: string) =>
    modelTarget({
      model: await openAiModel({ model: 'm', baseUrl, apiKey: 'secret-key' }),
      ...{ spec: 'openai:m', version: 'v19', hash: null, timeoutMs: 5_000 },
      ...{ clock: fakeClock(), prompt: 'New prompt', tools: null, secrets: ['secret-key'], read },
      price: { input: 1, output: 10 },
    });

  test('gets the prompt, its calls are answered from the recording, and tokens are counted', async () => {
    await using server = await jsonServer<Body>((_, response, index) =>
      sendJson(response, 200, index === 0 ? calling : completion('m', 'Refunded')),
    );
    const replay = {
      call: (name: string, args: Json) => ({
        result: `${name} ${JSON.stringify(args)}`,
        isError: false,
      }),
      wasAsked: () => true,
      report: () => ({ unused: 0, different: 0, divergedAt: null }),
    };
    const answer = await (await model(server.baseUrl)).ask(request, { ...context, replay });
    expect(server.received.map(({ body }) => body.messages.map(({ role }) => role))).toEqual([
      ['system', 'user'],
      ['system', 'user', 'assistant', 'tool'],
    ]);
    const [first, second] = server.received;
    expect(first?.body).toMatchObject({ seed: 7, tools: [{ function: { name: 'find' } }] });
    expect(first?.body.messages[0]?.content).toBe('New prompt');
    expect(second?.body.messages[3]?.content).toBe('find {"id":1}');
    expect(answer).toMatchObject({ kind: 'answered', usage: { tokens: 2_200, dollars: 0.004 } });
    if (answer.kind === 'answered')
      expect(JSON.parse(answer.trace.output).messages.at(-1)).toEqual({
        role: 'assistant',
        content: 'Refunded',
      });
  });

  test('makes no step that the budget does not allow, and says what the others took', async () => {
    await using server = await jsonServer<Body>((_, response) => sendJson(response, 200, calling));
    let left = 2;
    const takeCall = async (): Promise<boolean> => left-- > 0;
    const answer = await (await model(server.baseUrl)).ask(request, { ...context, takeCall });
    expect(answer).toMatchObject({ code: 'over_budget', usage: { tokens: 3_300, dollars: 0.006 } });
    expect(server.received).toHaveLength(3);
  });

  test('an endpoint that is overloaded is infrastructure, a refused request is not', async () => {
    await using down = await jsonServer((_, response) =>
      sendJson(response, 503, { error: { message: 'secret-key is overloaded' } }),
    );
    const answer = await (await model(down.baseUrl)).ask(request, context);
    expect(answer).toMatchObject({ code: 'http_503', isInfrastructure: true });
    expect(JSON.stringify(answer)).not.toContain('secret-key');
    await using refusing = await jsonServer((_, response) =>
      sendJson(response, 400, { error: { message: 'no such model' } }),
    );
    expect(await (await model(refusing.baseUrl)).ask(request, context)).toMatchObject({
      ...{ code: 'http_400', isInfrastructure: false },
    });
  });
});

test('a conversation that was recorded without ids has one for each call, and its results follow', () => {
  const nameless = (id: number) => ({ ...call('find', { id }), id: null });
  const answer = (text: string) => ({ ...result('', 'find', text), toolCallId: null });
  const messages = [
    user('Two orders?'),
    assistant('', nameless(1), nameless(2)),
    answer('one'),
    { ...answer('two'), isError: true as const },
  ];
  expect(promptOf(messages).slice(1)).toEqual([
    {
      role: 'assistant',
      content: [
        { type: 'tool-call', toolCallId: 'call_1_0', toolName: 'find', input: { id: 1 } },
        { type: 'tool-call', toolCallId: 'call_1_1', toolName: 'find', input: { id: 2 } },
      ],
    },
    {
      role: 'tool',
      content: [
        {
          ...{ type: 'tool-result', toolCallId: 'call_1_0', toolName: 'find' },
          output: { type: 'text', value: 'one' },
        },
        {
          ...{ type: 'tool-result', toolCallId: 'call_1_1', toolName: 'find' },
          output: { type: 'error-text', value: 'two' },
        },
      ],
    },
  ]);
});
