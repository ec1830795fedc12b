import { createOpenAI } from '@ai-sdk/openai';
import { OpenTelemetry } from '@ai-sdk/otel';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { generateText, rerank, stepCountIs, streamText, tool } from 'ai';
import { MockRerankingModelV4 } from 'ai/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { JsonServer } from '../src/llm/testing/json-server.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { ANSWER, modelEndpoint, QUESTION, TOO_LONG } from './clients/model-endpoint.ts';
import { type ReceivedTrace, receivedTraces } from './clients/received-traces.ts';

/** The AI SDK with its own telemetry, an agent of which is one trace. */
let server: TestServer;
let model: JsonServer<unknown>;
beforeAll(async () => {
  server = await testServer();
  model = await modelEndpoint();
});
afterAll(async () => {
  await model[Symbol.asyncDispose]();
  await server.close();
  expect(server.errors).toEqual([]);
});

interface Application {
  readonly chat: ReturnType<ReturnType<typeof createOpenAI>>;
  readonly telemetry: {
    readonly functionId: string;
    readonly integrations: OpenTelemetry[];
  };
}

/** Runs an application and returns the one trace that came of it. */
async function traceOf(
  run: (application: Application) => PromiseLike<unknown>,
): Promise<ReceivedTrace> {
  const exporter = new OTLPTraceExporter({ url: `${server.url}/v1/traces` });
  const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
  const tracer = provider.getTracer('shop');
  const before = (await receivedTraces(server)).length;
  await run({
    chat: createOpenAI({ baseURL: model.baseUrl, apiKey: 'any' }).chat('small'),
    telemetry: {
      functionId: 'shop',
      integrations: [
        new OpenTelemetry({ tracer, usage: true, reranking: true, runtimeContext: true }),
      ],
    },
  });
  await provider.shutdown();
  const traces = await receivedTraces(server);
  expect(traces).toHaveLength(before + 1);
  return traces[before] as ReceivedTrace;
}

const findOrder = (execute: () => Promise<unknown>) =>
  tool({
    description: 'Finds an order.',
    inputSchema: z.object({ order: z.number() }),
    execute,
  });

test('an agent that calls a tool', async () => {
  const { trace, summary } = await traceOf(({ chat, telemetry }) =>
    generateText({
      model: chat,
      instructions: 'Be brief.',
      prompt: QUESTION,
      tools: { find_order: findOrder(async () => ({ status: 'shipped' })) },
      stopWhen: stepCountIs(3),
      runtimeContext: { userId: 'u1', sessionId: 's1' },
      telemetry: { ...telemetry, includeRuntimeContext: { userId: true, sessionId: true } },
    }),
  );
  expect(trace).toMatchObject({
    ...{ name: 'shop', user: 'u1', session: 's1', model: 'small-2026', provider: 'openai' },
    ...{ input: QUESTION, output: ANSWER, status: 'unset', gaps: [] },
    usage: { inputTokens: 31, outputTokens: 12 },
    tools: [{ name: 'find_order', parameters: { required: ['order'] } }],
  });
  expect(trace.messages).toMatchObject([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: QUESTION },
    { role: 'assistant', toolCalls: [{ name: 'find_order', arguments: { order: 17 } }] },
    { role: 'tool', name: 'find_order', content: '{"status":"shipped"}' },
    { role: 'assistant', content: ANSWER },
  ]);
  expect(trace.spans.map(({ kind, finishReason }) => [kind, finishReason])).toEqual([
    ['agent', 'stop'],
    ['step', null],
    ['model', 'tool_call'],
    ['tool', null],
    ['step', null],
    ['model', 'stop'],
  ]);
  expect(summary.failed).toBe(false);
});

test('a tool that fails, in a stream', async () => {
  const { trace, summary } = await traceOf(({ chat, telemetry }) =>
    streamText({
      model: chat,
      prompt: QUESTION,
      tools: { find_order: findOrder(() => Promise.reject(new Error('no such order'))) },
      stopWhen: stepCountIs(3),
      telemetry,
    }).consumeStream(),
  );
  expect(trace).toMatchObject({
    ...{ output: ANSWER, status: 'error', error: { message: 'no such order' } },
    usage: { inputTokens: 31, outputTokens: 12 },
  });
  expect(trace.spans.find(({ kind }) => kind === 'tool')).toMatchObject({
    status: 'error',
    toolCall: { name: 'find_order', arguments: { order: 17 } },
  });
  expect(summary).toMatchObject({ failed: true });
});

test('a model that refuses the request', async () => {
  const { trace, summary } = await traceOf(async ({ chat, telemetry }) => {
    const call = generateText({ model: chat, prompt: TOO_LONG, maxRetries: 0, telemetry });
    await expect(call).rejects.toThrow('8192 tokens');
  });
  expect(trace).toMatchObject({
    ...{ input: TOO_LONG, output: '', model: 'small', status: 'error' },
    error: { type: 'AI_APICallError', message: expect.stringContaining('8192 tokens') },
  });
  expect(summary.failed).toBe(true);
});

test('documents in their order after ranking', async () => {
  const { trace } = await traceOf(({ telemetry }) =>
    rerank({
      model: new MockRerankingModelV4({
        doRerank: async () => ({
          ranking: [
            { index: 1, relevanceScore: 0.9 },
            { index: 0, relevanceScore: 0.2 },
          ],
        }),
      }),
      query: QUESTION,
      documents: ['Returns take a week.', 'Order 17 was sent.'],
      telemetry,
    }),
  );
  expect(trace.documents).toMatchObject([
    { content: 'Order 17 was sent.', score: 0.9 },
    { content: 'Returns take a week.', score: 0.2 },
  ]);
});
