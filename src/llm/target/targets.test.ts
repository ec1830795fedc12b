import { describe, expect, test } from 'vitest';
import type { AttemptContext, AttemptRequest } from '../../contract/eval-target.ts';
import type { Json } from '../../contract/json.ts';
import { makeTrace, user } from '../../testing/trace.ts';
import { completion } from '../testing/chat-server.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { jsonServer, sendJson } from '../testing/json-server.ts';
import { fill, httpTarget } from './http-target.ts';
import { modelTarget } from './model-target.ts';

const request: AttemptRequest = {
  ...{ cause: 'c-1', case: 'guard-1', repeat: 0, seed: 7, input: 'Refund me' },
  messages: [{ ...user('Old prompt'), role: 'system' }, user('Refund me')],
  tools: [{ name: 'find', description: 'Finds.', parameters: { type: 'object' } }],
  documents: [],
};
const context: AttemptContext = {
  ...{ signal: new AbortController().signal, toolsUrl: null, replay: null },
};
const read = async (value: Uint8Array | object) =>
  makeTrace({
    output: value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value),
  });

describe('an http target', () => {
  const target = (url: string, parts: Partial<Parameters<typeof httpTarget>[0]> = {}) =>
    httpTarget({
      ...{ url, version: null, timeoutMs: 5_000, headers: {}, template: null, hash: null },
      ...{ path: [], read, ...parts },
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
  const model = (baseUrl: string) =>
    modelTarget({
      ...{
        model: 'm',
        baseUrl,
        apiKey: 'secret-key',
        version: 'v19',
        hash: null,
        timeoutMs: 5_000,
      },
      ...{ clock: fakeClock(), prompt: 'New prompt', tools: null, read },
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
      report: () => ({ unused: 0, different: 0, divergedAt: null }),
    };
    const answer = await model(server.baseUrl).ask(request, { ...context, replay });
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

  test('an endpoint that is overloaded is infrastructure, a refused request is not', async () => {
    await using down = await jsonServer((_, response) =>
      sendJson(response, 503, { error: { message: 'secret-key is overloaded' } }),
    );
    const answer = await model(down.baseUrl).ask(request, context);
    expect(answer).toMatchObject({ code: 'http_503', isInfrastructure: true });
    expect(JSON.stringify(answer)).not.toContain('secret-key');
    await using refusing = await jsonServer((_, response) =>
      sendJson(response, 400, { error: { message: 'no such model' } }),
    );
    expect(await model(refusing.baseUrl).ask(request, context)).toMatchObject({
      ...{ code: 'http_400', isInfrastructure: false },
    });
  });
});
