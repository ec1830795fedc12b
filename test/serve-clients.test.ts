import { LangfuseClient } from '@langfuse/client';
import { OTLPLogExporter as GrpcLogExporter } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { Langfuse } from 'langfuse';
import { Client, RunTree } from 'langsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Trace } from '../src/contract/trace.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';

/** The clients that people use, against a server in this process. */
let server: TestServer;
beforeAll(async () => {
  server = await testServer({ grpcPort: 0 });
});
afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

interface Answer {
  readonly summary: { readonly failed: boolean; readonly signals: readonly string[] } | null;
  readonly trace: Trace;
}

/** The trace of that id, after everything rested. */
async function traceOf(id: string): Promise<Answer> {
  await server.rest(600_000);
  const response = await server.get(`/api/v1/traces/${id}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

const text = (role: string, content: string): string =>
  JSON.stringify([{ role, parts: [{ type: 'text', content }] }]);

describe.each([
  {
    protocol: 'protobuf',
    spans: () => new ProtobufExporter({ url: `${server.url}/v1/traces` }),
    events: () => new OTLPLogExporter({ url: `${server.url}/v1/logs` }),
  },
  {
    protocol: 'JSON',
    spans: () => new JsonExporter({ url: `${server.url}/v1/traces` }),
    events: () => new OTLPLogExporter({ url: `${server.url}/v1/logs` }),
  },
  {
    protocol: 'gRPC',
    spans: () => new GrpcExporter({ url: server.grpcUrl ?? '' }),
    events: () => new GrpcLogExporter({ url: server.grpcUrl ?? '' }),
  },
])('OpenTelemetry, $protocol', ({ spans, events }) => {
  test('agent, model, tool that fails, and a log event', async () => {
    const provider = new TracerProvider({
      spanProcessors: [new BatchSpanProcessor({ exporter: spans() })],
    });
    const tracer = provider.getTracer('shop');
    const root = tracer.startSpan('invoke_agent shop', {
      attributes: {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.input.messages': text('user', 'Refund order 17.'),
        'gen_ai.output.messages': text('assistant', 'Refunded.'),
      },
    });
    const { trace: api, context } = await import('@opentelemetry/api');
    const inside = api.setSpan(context.active(), root);
    const model = tracer.startSpan(
      'chat small',
      {
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': 'small',
          'gen_ai.response.finish_reasons': ['stop'],
          'gen_ai.usage.input_tokens': 12,
          'gen_ai.usage.output_tokens': 3,
        },
      },
      inside,
    );
    model.end();
    const tool = tracer.startSpan(
      'execute_tool refund',
      {
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'refund',
          'gen_ai.tool.call.arguments': '{"order":17}',
        },
      },
      inside,
    );
    tool.recordException(new Error('no such order'));
    tool.setStatus({ code: 2, message: 'no such order' });
    tool.end();
    root.end();
    await provider.shutdown();

    const logs = new LoggerProvider({
      processors: [new SimpleLogRecordProcessor({ exporter: events() })],
    });
    logs.getLogger('judge').emit({
      eventName: 'gen_ai.evaluation.result',
      attributes: { 'gen_ai.evaluation.name': 'helpfulness', 'gen_ai.evaluation.score.value': 0.2 },
      context: inside,
    });
    await logs.shutdown();

    const { summary, trace } = await traceOf(root.spanContext().traceId);
    expect(trace).toMatchObject({
      input: 'Refund order 17.',
      output: 'Refunded.',
      model: 'small',
      status: 'error',
      error: { message: 'no such order' },
      usage: { inputTokens: 12, outputTokens: 3 },
      scores: [{ name: 'helpfulness', value: 0.2 }],
    });
    const kinds = Object.fromEntries(trace.spans.map((span) => [span.kind, span]));
    expect(kinds['tool']).toMatchObject({ toolCall: { name: 'refund', arguments: { order: 17 } } });
    expect(kinds['model']).toMatchObject({ finishReason: 'stop' });
    expect(summary).toMatchObject({ failed: true });
  });
});

describe('Langfuse', () => {
  const keys = () => ({ publicKey: 'pk', secretKey: 'sk', baseUrl: server.url });

  test('a trace with a generation that is updated, and a score', async () => {
    const langfuse = new Langfuse(keys());
    const trace = langfuse.trace({
      name: 'ask',
      userId: 'u1',
      sessionId: 's1',
      tags: ['shop'],
      input: 'Where is my order?',
    });
    const generation = trace.generation({
      name: 'answer',
      model: 'small',
      input: [{ role: 'user', content: 'Where is my order?' }],
    });
    await langfuse.flushAsync();
    generation.end({ output: 'It is lost.', usage: { input: 9, output: 4 } });
    trace.update({ output: 'It is lost.' });
    trace.score({ name: 'user_feedback', value: 0, comment: 'not helpful' });
    await langfuse.shutdownAsync();

    const { summary, trace: found } = await traceOf(trace.id.replaceAll('-', ''));
    expect(found).toMatchObject({
      name: 'ask',
      user: 'u1',
      session: 's1',
      tags: ['shop'],
      input: 'Where is my order?',
      output: 'It is lost.',
      model: 'small',
      usage: { inputTokens: 9, outputTokens: 4 },
      scores: [{ name: 'user_feedback', value: 0, explanation: 'not helpful' }],
    });
    expect(summary).toMatchObject({ failed: true });
  });

  test('version 5 sends scores of traces that OpenTelemetry recorded', async () => {
    const provider = new TracerProvider({
      spanProcessors: [
        new BatchSpanProcessor({
          exporter: new JsonExporter({ url: `${server.url}/api/public/otel/v1/traces` }),
        }),
      ],
    });
    const span = provider.getTracer('langfuse-sdk').startSpan('ask', {
      attributes: {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.input': 'How long?',
        'langfuse.observation.output': 'Two days.',
        'langfuse.observation.model.name': 'small',
      },
    });
    span.end();
    await provider.shutdown();
    const { traceId, spanId } = span.spanContext();
    const client = new LangfuseClient(keys());
    client.score.create({ traceId, observationId: spanId, name: 'correct', value: 1 });
    await client.score.flush();
    const { trace } = await traceOf(traceId);
    expect(trace).toMatchObject({
      input: 'How long?',
      output: 'Two days.',
      scores: [{ name: 'correct', value: 1, spanId }],
    });
  });
});

describe('LangSmith', () => {
  test('a chain with a model call, sent when they begin and when they end, and feedback', async () => {
    const client = new Client({ apiUrl: server.url, apiKey: 'any' });
    const chain = new RunTree({
      name: 'ask',
      run_type: 'chain',
      inputs: { question: 'Where is my order?' },
      client,
      tracingEnabled: true,
    });
    await chain.postRun();
    const call = chain.createChild({
      name: 'ChatOpenAI',
      run_type: 'llm',
      inputs: { messages: [{ role: 'user', content: 'Where is my order?' }] },
    });
    await call.postRun();
    await client.awaitPendingTraceBatches();
    await call.end({
      choices: [{ message: { role: 'assistant', content: 'On its way.' }, finish_reason: 'stop' }],
      usage_metadata: { input_tokens: 9, output_tokens: 4, total_tokens: 13 },
    });
    await call.patchRun();
    await chain.end({ answer: 'On its way.' });
    await chain.patchRun();
    await client.awaitPendingTraceBatches();
    await client.createFeedback(chain.id, 'user_score', { score: 0, comment: 'wrong' });

    const { summary, trace } = await traceOf(chain.id.replaceAll('-', ''));
    expect(trace).toMatchObject({
      name: 'ask',
      input: 'Where is my order?',
      output: 'On its way.',
      usage: { inputTokens: 9, outputTokens: 4 },
      scores: [{ name: 'user_score', value: 0, explanation: 'wrong' }],
    });
    expect(trace.spans.map(({ kind }) => kind).sort()).toEqual(['model', 'workflow']);
    expect(summary).toMatchObject({ failed: true });
  });

  test('an error', async () => {
    const client = new Client({ apiUrl: server.url, apiKey: 'any' });
    const run = new RunTree({
      name: 'ask',
      run_type: 'chain',
      inputs: { question: 'Hello?' },
      client,
      tracingEnabled: true,
    });
    await run.postRun();
    await run.end(undefined, 'RateLimitError: 429');
    await run.patchRun();
    await client.awaitPendingTraceBatches();
    const { summary, trace } = await traceOf(run.id.replaceAll('-', ''));
    expect(trace).toMatchObject({
      input: 'Hello?',
      status: 'error',
      error: { type: 'RateLimitError' },
    });
    expect(summary).toMatchObject({ failed: true });
  });
});
